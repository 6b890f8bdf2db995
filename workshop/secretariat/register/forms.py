"""What an organiser types about an organisation."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, WordsField
from workshop.platform.i18n import language_name
from workshop.secretariat.series.languages import OFFERED

from .countries import country_choices
from .models import Category


class OrganisationForm(SharedForm):
    name = WordsField(_l("Name"), [DataRequired(_l("Give the name in at least one language."))])
    category = SelectField(
        _l("Category"),
        choices=[SelectChoice("", _l("Not stated")), *(SelectChoice(each.value, each.label) for each in Category)],
        coerce=lambda value: Category(value) if value else None,
    )
    country = SelectField(_l("Country"), default="")
    umbrella = SelectField(
        _l("Member of"),
        coerce=lambda value: int(value) if value else None,
        description=_l("The federation, council or other umbrella body that it belongs to."),
    )

    def __init__(
        self, formdata: object, *, language: str, umbrellas: Iterable[SelectChoice] = (), **kwargs: object
    ) -> None:
        super().__init__(formdata, **kwargs)
        self.country.choices = country_choices(language)
        self.umbrella.choices = [SelectChoice("", _l("None")), *umbrellas]


class AliasForm(BaseForm):
    alias = StringField(_l("Another name"), [DataRequired(_l("Write the name first.")), LINE], default="")
    in_language = SelectField(_l("Language of the name"), default="")

    def __init__(self, formdata: object, *, languages: Iterable[str]) -> None:
        super().__init__(formdata)
        codes = dict.fromkeys((*languages, *OFFERED))
        named = [SelectChoice(code, language_name(code)) for code in codes]
        self.in_language.choices = [SelectChoice("", _l("Any: an acronym, for instance")), *named]
