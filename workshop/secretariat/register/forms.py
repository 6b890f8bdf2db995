"""What an organiser types about an organisation."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, WordsField

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

    def __init__(self, formdata: object, *, language: str, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.country.choices = country_choices(language)


class AliasForm(BaseForm):
    alias = StringField(_l("Another name"), [DataRequired(_l("Write the name first.")), LINE], default="")
