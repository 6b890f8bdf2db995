"""What people register with, and what the secretariat types about them."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from workshop.participation.delegations.statuses import DelegationPart, Interpreter, RegistrationDetail
from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, WordsField, labelled, unix_lines
from workshop.platform.i18n import LANGUAGES
from workshop.secretariat.register.countries import country_choices
from workshop.secretariat.register.models import Category

from .models import ListKind
from .participation_counts import Sex

EMAIL = Email(_l("This does not look like an email address."))
NAMELESS = _l("Give the family name. A single name goes here.")
ASKED_FIELDS = {
    RegistrationDetail.SEX: ("sex",),
    RegistrationDetail.DIET: ("diet",),
    RegistrationDetail.ACCESS: ("access",),
    RegistrationDetail.PHONE: ("phone",),
    RegistrationDetail.DATES: ("arrives_on", "leaves_on"),
}


def spoken() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


class ListingForm(SharedForm):
    """How somebody is listed: names and titles as they give them."""

    honorific = StringField(
        _l("Courtesy title"), [LINE], default="", description=_l("As it should be printed: H.E. Ms., Mr., Dr.")
    )
    given_name = StringField(_l("Given name"), [LINE], default="")
    family_name = StringField(_l("Family name"), [DataRequired(NAMELESS), LINE], default="")
    name_as_listed = StringField(
        _l("Name for the list"),
        [LINE],
        default="",
        description=_l("Only where it is not given name, then family name."),
    )
    function = WordsField(
        _l("Functional title"), description=_l("As it should be printed, in each language you can give.")
    )
    institution = StringField(_l("Ministry or institution"), [LINE], default="")
    place = StringField(_l("City"), [LINE], default="")
    email = StringField(_l("Email"), [Optional(), EMAIL, LINE], default="", description=_l("It is not published."))
    language = SelectField(_l("Working language"), choices=spoken())
    interpreter = SelectField(
        _l("Interpretation"), choices=labelled(Interpreter), coerce=Interpreter, default=Interpreter.NONE.value
    )


class OwnForm(ListingForm):
    """What a participant says of themselves; what the secretariat does not ask for is not there."""

    phone = StringField(_l("Telephone on site"), [LINE], default="", description=_l("Not published."))
    arrives_on = DateField(_l("Arrival"), [Optional()])
    leaves_on = DateField(_l("Departure"), [Optional()])
    sex = RadioField(
        _l("Sex"),
        [Optional()],
        choices=[SelectChoice("", _l("I prefer not to say")), *(SelectChoice(each.value, each.label) for each in Sex)],
        default="",
        description=_l("For counts only; small numbers are withheld."),
    )
    diet = TextAreaField(
        _l("Diet"),
        [Length(max=500)],
        filters=[unix_lines],
        default="",
        description=_l("Seen by those who cater. Erased after the meeting."),
    )
    access = TextAreaField(
        _l("Accessibility"),
        [Length(max=1000)],
        filters=[unix_lines],
        default="",
        description=_l("What you need in order to take part. Seen by those who host. Erased after the meeting."),
    )

    def __init__(self, formdata: object = None, *, asks: Collection[str], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        for asked, names in ASKED_FIELDS.items():
            if asked.value not in asks:
                for name in names:
                    del self[name]


class OpenForm(OwnForm):
    """Asking for a seat without having been invited or nominated."""

    category = SelectField(_l("I come from"), choices=labelled(Category), coerce=Category, default=Category.NGO.value)
    organisation = StringField(_l("Organisation"), [LINE], default="")
    country = SelectField(_l("State or country"), default="")

    def __init__(self, formdata: object = None, *, interface: str, asks: Collection[str], **kwargs: object) -> None:
        super().__init__(formdata, asks=asks, **kwargs)
        self.country.choices = country_choices(interface)
        self.email.validators = [
            DataRequired(_l("Give your email address: the link to your registration goes there.")),
            EMAIL,
        ]
        self.email.flags.required = True


class ParticipantForm(ListingForm):
    """The same for the secretariat, with what only it decides."""

    part = SelectField(
        _l("Part in the delegation"),
        choices=labelled(DelegationPart),
        coerce=DelegationPart,
        default=DelegationPart.REPRESENTATIVE.value,
    )
    category = SelectField(_l("Category"), choices=labelled(Category), coerce=Category, default=Category.EXPERT.value)
    organisation = StringField(_l("Organisation"), [LINE], default="")
    country = SelectField(_l("State or country"), default="")
    phone = StringField(_l("Telephone"), [LINE], default="")
    sponsored = BooleanField(_l("Travel is paid by the secretariat"))
    needs_visa = BooleanField(_l("A letter in support of a visa is needed"))
    hidden = BooleanField(_l("Not on the list of participants"))

    def __init__(self, formdata: object = None, *, interface: str, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.country.choices = country_choices(interface)


class ConsentForm(BaseForm):
    listed = BooleanField(_l("My name may appear on the list of participants"))
    photo = BooleanField()
    contact = BooleanField()


class RefusalForm(BaseForm):
    reason = TextAreaField(
        _l("Reason"), [Length(max=1000)], filters=[unix_lines], default="", description=_l("The person is told it.")
    )


class WishForm(BaseForm):
    wish = TextAreaField(
        _l("What should be changed"),
        [DataRequired(_l("Say what should be changed.")), Length(max=2000)],
        filters=[unix_lines],
    )


class EditionForm(BaseForm):
    kind = RadioField(
        _l("List"),
        [InputRequired()],
        choices=labelled(ListKind),
        coerce=ListKind,
        default=ListKind.PROVISIONAL.value,
    )
    corrections_by = DateField(_l("Corrections until"), [Optional()], description=_l("Printed on a provisional list."))
