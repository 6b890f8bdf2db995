"""What organisers type about delegations, and what focal points type about their members."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.errors import RuleBroken
from workshop.platform.forms import LINE, BaseForm, CheckboxesField, WordsField, labelled, unix_lines
from workshop.platform.i18n import LANGUAGES
from workshop.secretariat.register.countries import country_choices
from workshop.secretariat.register.models import Category

from .statuses import Addressee, DelegationPart, Interpreter, RegistrationDetail, RegistrationMode

EMAIL = Email(_l("This does not look like an email address."))
SEATS = NumberRange(0, 9999, _l("Give a number from 0 to 9,999."))


def spoken() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


class DelegationForm(SharedForm):
    category = SelectField(
        _l("Category"), choices=labelled(Category), coerce=Category, default=Category.STATE_MEMBER.value
    )
    country = SelectField(_l("State or country"), default="")
    organisation = StringField(
        _l("Organisation"), [LINE], default="", description=_l("Left empty for a State, or for a person.")
    )
    invitee = StringField(_l("Person"), [LINE], default="", description=_l("Only where a person is invited by name."))
    addressee = SelectField(
        _l("A note verbale to this State goes to its"),
        choices=labelled(Addressee),
        coerce=Addressee,
        default=Addressee.MISSION.value,
    )
    body = StringField(
        _l("Body or unit"),
        [LINE],
        default="",
        description=_l("Tells two bodies of one State apart, such as “Ministry of Labour”."),
    )
    contact_name = StringField(_l("Focal point"), [LINE], default="")
    email = StringField(_l("Email"), [Optional(), EMAIL, LINE], default="")
    copy_email = StringField(
        _l("Copy to"),
        [Optional(), EMAIL, LINE],
        default="",
        description=_l("Such as the mission. A copy has no personal link."),
    )
    language = SelectField(_l("Language of correspondence"), choices=spoken())
    seats = IntegerField(
        _l("Seats"), [Optional(), SEATS], description=_l("Left empty, the number for all delegations applies.")
    )

    def __init__(self, formdata: object, *, language: str, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.country.choices = country_choices(language)

    def validate(self, extra_validators: object = None) -> bool:
        valid = super().validate(extra_validators)
        named = any((self.country.data, self.organisation.data, self.invitee.data))
        if not named:
            self.refuse(RuleBroken(_l("Choose the State, or name the organisation or the person."), "country"))
        return valid and named


class PlanForm(SharedForm):
    sender = WordsField(
        _l("Sender"),
        description=_l("With its article, as in “the Permanent Mission of …”."),
    )
    sender_is_plural = BooleanField(_l("The sender is plural (“they present their compliments”)"))
    reference_prefix = StringField(
        _l("References begin with"), [LINE], default="", description=_l("IDM gives IDM/2026/1, IDM/2026/2 …")
    )
    nominate_by = DateField(_l("Names are asked for by"), [Optional()])
    remind_before = StringField(
        _l("Reminders: days before that date"), [LINE], default="", description=_l("Such as 14, 3. Empty: none.")
    )
    edits_until = DateField(
        _l("People change their own entries until"), [Optional()], description=_l("Afterwards they ask for a change.")
    )
    letter_text = WordsField(
        _l("Paragraphs of your own"), lines=5, at_most=3000, description=_l("They follow the standard sentences.")
    )
    information_note = WordsField(
        _l("Information note"),
        lines=8,
        at_most=20000,
        description=_l("Arrival, badges, hotels, visas, health, data protection. Shown to everyone who is invited."),
    )

    def steps(self) -> list[int]:
        """The days before as numbers. Raises RuleBroken."""
        typed = str(self.remind_before.data or "").replace(";", ",").split(",")
        try:
            days = sorted({int(part) for part in typed if part.strip()}, reverse=True)
        except ValueError as error:
            raise RuleBroken(
                _l("Write whole numbers of days, separated by commas, such as 14, 3."), "remind_before"
            ) from error
        if len(days) > 8 or any(not 0 <= each <= 120 for each in days):
            raise RuleBroken(_l("At most 8 reminders, none earlier than 120 days before."), "remind_before")
        return days


class SeatsForm(SharedForm):
    mode = SelectField(_l("Registration"), choices=labelled(RegistrationMode), coerce=RegistrationMode)
    approves_by_hand = BooleanField(_l("The secretariat decides on each registration"))
    seats = IntegerField(_l("Seats in the workshop"), [Optional(), SEATS], description=_l("Empty: no limit."))
    delegation_seats = IntegerField(_l("Seats for each delegation"), [Optional(), SEATS])
    counts_support = BooleanField(_l("Interpreters and assistants take up seats"))
    asks = CheckboxesField(_l("The registration also asks for"), choices=labelled(RegistrationDetail))


for _category in Category:
    setattr(
        SeatsForm,
        f"category_{_category.value}",
        IntegerField(_category.label, [Optional(), SEATS]),
    )


class NomineeForm(SharedForm):
    part = SelectField(
        _l("Part in the delegation"),
        choices=labelled(DelegationPart),
        coerce=DelegationPart,
        default=DelegationPart.REPRESENTATIVE.value,
    )
    honorific = StringField(
        _l("Courtesy title"), [LINE], default="", description=_l("As it should be printed: H.E. Ms., Mr., Dr.")
    )
    given_name = StringField(_l("Given name"), [LINE], default="", description=_l("As in the passport."))
    family_name = StringField(
        _l("Family name"),
        [LINE],
        default="",
        description=_l("As in the passport. Leave it empty to keep a seat that is to be confirmed."),
    )
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
    email = StringField(
        _l("Email"),
        [Optional(), EMAIL, LINE],
        default="",
        description=_l("For the personal link to the registration. It is not published."),
    )
    phone = StringField(_l("Telephone"), [LINE], default="", description=_l("Not published."))
    language = SelectField(_l("Working language"), choices=spoken())
    interpreter = SelectField(
        _l("Interpretation"), choices=labelled(Interpreter), coerce=Interpreter, default=Interpreter.NONE.value
    )
    sponsored = BooleanField(_l("Travel is asked to be paid by the secretariat"))
    needs_visa = BooleanField(_l("A letter in support of a visa is needed"))
    arrives_on = DateField(_l("Arrival"), [Optional()])
    leaves_on = DateField(_l("Departure"), [Optional()])


class SubstituteForm(NomineeForm):
    substitution_reason = StringField(_l("Reason for the substitution"), [LINE], default="")


class ReplyForm(BaseForm):
    """The reply as a note or a letter, with its number, its date and a scan of it."""

    reply_reference = StringField(_l("Number of your note"), [LINE], default="")
    reply_on = DateField(_l("Date of your note"), [Optional()])
    file = FileField(_l("Scan of the note"), description=_l("PDF, JPEG, PNG or Word, at most 40 MB."))


class DeclineForm(BaseForm):
    reason = TextAreaField(
        _l("Reason"),
        [Length(max=1000)],
        filters=[unix_lines],
        default="",
        description=_l("Only the organisers read it."),
    )


class WishForm(BaseForm):
    wish = TextAreaField(
        _l("What should be changed"),
        [DataRequired(_l("Say what should be changed.")), Length(max=2000)],
        filters=[unix_lines],
    )
