"""What is typed to invite somebody, to change roles, and behind the link of an invitation."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields import EmailField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, Length

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, CheckboxesField, labelled
from workshop.platform.i18n import LANGUAGES
from workshop.secretariat.series.models import Role


def lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class OrganiserForm(BaseForm):
    """One address."""

    email = EmailField(
        _l("Email address"),
        [
            DataRequired(_l("Give an email address.")),
            Length(max=254),
            Email(_l("This is not an email address, such as name@example.org.")),
        ],
        filters=(lower,),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


def roles_field() -> CheckboxesField:
    return CheckboxesField(_l("Roles"), default=(), description=_l("One or several."))


class RolesForm(SharedForm):
    """The roles of a member, which a colleague may be changing too."""

    roles = roles_field()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = labelled(Role)

    @property
    def wanted(self) -> list[Role]:
        return [Role(each) for each in self.roles.data or ()]


class InviteForm(OrganiserForm):
    roles = roles_field()
    name = StringField(_l("Name"), [LINE], default="", description=_l("For the greeting of the letter."))
    language = SelectField(_l("Language of the letter"), choices=[SelectChoice(*each) for each in LANGUAGES.items()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = labelled(Role)

    @property
    def wanted(self) -> list[Role]:
        return [Role(each) for each in self.roles.data or ()]


class JoinForm(BaseForm):
    """Of somebody who has no account yet."""

    name = StringField(_l("Your name"), [DataRequired(_l("Give your name.")), LINE], render_kw={"autocomplete": "name"})
    password = PasswordField(
        _l("Password"),
        [DataRequired(_l("Please type a password.")), Length(max=1000)],
        description=_l("At least 12 characters. A few words in a row are easy to remember."),
        render_kw={"autocomplete": "new-password", "autocapitalize": "none", "spellcheck": "false"},
    )
