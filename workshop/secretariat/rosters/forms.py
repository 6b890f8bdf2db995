"""What an organiser types about a contact, and the list she sends."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, Length, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, CheckboxesField, labelled
from workshop.platform.i18n import LANGUAGES
from workshop.secretariat.register.countries import country_choices
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Role


def line(label: str) -> StringField:
    return StringField(label, [Length(max=200)], default="")


class RosterForm(BaseForm):
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("CSV with any separator, Excel (XLSX, XLS), OpenDocument (ODS) or vCard."),
    )


class MembersForm(BaseForm):
    """The roles of all who are invited at once."""

    roles = CheckboxesField(_l("Roles"), default=(), description=_l("One or several, for all selected."))

    def __init__(self) -> None:
        super().__init__()
        self.roles.choices = labelled(Role)

    @property
    def wanted(self) -> list[Role]:
        return [Role(each) for each in self.roles.data or ()]


class ContactForm(SharedForm):
    given_name = line(_l("Given name"))
    family_name = line(_l("Family name"))
    honorific = line(_l("Form of address"))
    function = line(_l("Function"))
    organisation = line(_l("Organisation"))
    email = StringField(
        _l("Email address"), [Optional(), Email(_l("This is not an email address.")), Length(max=200)], default=""
    )
    country = SelectField(_l("Country"), default="")
    language = SelectField(
        _l("Language"),
        choices=[SelectChoice("", _l("Not stated")), *(SelectChoice(code, name) for code, name in LANGUAGES.items())],
        default="",
    )
    category = SelectField(
        _l("Category"),
        choices=[SelectChoice("", _l("Not stated")), *(SelectChoice(each.value, each.label) for each in Category)],
        coerce=lambda value: Category(value) if value else None,
    )

    def __init__(self, formdata: object, *, shown_in: str, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.country.choices = country_choices(shown_in)
