"""What a speaker fills in behind her link, and what organisers type when they invite."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, ValidationError

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, CheckboxesField, ClockField, Typed, WordsField
from workshop.platform.i18n import LANGUAGES
from workshop.platform.i18n import day as in_words
from workshop.secretariat.register.countries import country_choices
from workshop.secretariat.series.models import Workshop

from .models import Use
from .rules import LONGEST_BIOGRAPHY


def in_these(languages: list[str]) -> list[SelectChoice]:
    return [SelectChoice(code, LANGUAGES.get(code, code)) for code in languages]


class DeclineForm(BaseForm):
    reason = TextAreaField(_l("Reason"), [Length(max=1000)], default="", description=_l("Only the organisers read it."))


class EntryForm(SharedForm):
    honorific = StringField(
        _l("Form of address"), [LINE], default="", description=_l("As it should be printed: H.E., S.E., Dr.")
    )
    given_name = StringField(_l("Given name"), [LINE], default="")
    family_name = StringField(
        _l("Family name"),
        [DataRequired(_l("Give the family name. A single name goes here.")), LINE],
        default="",
    )
    name_as_published = StringField(
        _l("Name as listed"), [LINE], default="", description=_l("Only where it is not given name, then family name.")
    )
    function = WordsField(_l("Function"), description=_l("Your title or office, in each language you can give."))
    organisation = StringField(_l("Organisation"), [LINE], default="")


class PortraitForm(SharedForm):
    biography = WordsField(
        _l("Biography"),
        lines=8,
        at_most=LONGEST_BIOGRAPHY,
        description=_l("At most 1,500 characters in each language. It is shown only if you allow it."),
    )
    photo = FileField(
        _l("Photo"), description=_l("JPEG, PNG or WebP, at most 8 MB. Place and camera are removed from it.")
    )


class SpanForm(BaseForm):
    """From when to when on one day of the workshop."""

    class Meta(BaseForm.Meta):
        csrf = False

    day = SelectField(_l("Day"), coerce=lambda value: date.fromisoformat(value) if value else None)
    start = ClockField(_l("From"), [Optional()])
    end = ClockField(_l("Until"), [Optional()])


class PresenceForm(SharedForm):
    throughout = RadioField(
        _l("When can you be there?"),
        default="yes",
        choices=[SelectChoice("yes", _l("Throughout the workshop")), SelectChoice("no", _l("Only at these times:"))],
    )
    spans = FieldList(FormField(SpanForm), _l("Times"), max_entries=20)
    language = SelectField(_l("Language in which we write to you"), [DataRequired()])
    needs = TextAreaField(
        _l("What you need"),
        [Length(max=2000)],
        default="",
        description=_l("Access, diet, interpretation, technical equipment. Only the organisers read it."),
    )

    def __init__(self, formdata: object, *, workshop: Workshop, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.language.choices = in_these(list(LANGUAGES))
        length = (workshop.ends_on - workshop.starts_on).days + 1
        self.days = [workshop.starts_on + timedelta(days=each) for each in range(length)]
        self._offer_days()

    def taking(self, merged: Mapping[str, object]) -> "PresenceForm":
        super().taking(merged)
        self._offer_days()
        return self

    def _offer_days(self) -> None:
        for entry in self.spans:
            entry.form.day.choices = [
                SelectChoice("", "–"),
                *(SelectChoice(each.isoformat(), in_words(each)) for each in self.days),
            ]

    def validate(self, extra_validators: object = None) -> bool:
        good = super().validate(extra_validators)
        said = [message for entry in self.spans for field in entry.form for message in field.errors]
        if said:
            self.spans.errors = said  # the summary on top can name a plain message, not a nested one
        return good


class ConsentForm(BaseForm):
    """One box for each use; none is ticked until she ticks it."""

    uses = CheckboxesField(_l("I agree:"), coerce=Use)


class ContactForm(SharedForm):
    email = StringField(
        _l("Email address"), [Optional(), Email(_l("This does not look like an email address.")), LINE], default=""
    )
    language = SelectField(_l("Language of the emails"), [DataRequired()])

    def __init__(self, formdata: object, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.language.choices = in_these(list(LANGUAGES))


class ContactRow(BaseForm):
    """One person among those to be invited."""

    class Meta(BaseForm.Meta):
        csrf = False  # the form around the rows carries the token

    email = StringField(
        _l("Email address"),
        [DataRequired(_l("Give the email address.")), Email(_l("This does not look like an email address.")), LINE],
        default="",
    )
    language = SelectField(_l("Language of the emails"), [DataRequired()])


class PlaceForm(SharedForm):
    place = IntegerField(
        _l("Place in the list by country"),
        [Optional(), NumberRange(1, 999)],
        description=_l("1 is the top. Leave it empty to follow the order of protocol."),
    )
    place_reason = StringField(_l("Reason"), [LINE], default="", description=_l("Only the organisers read it."))

    def validate_place_reason(self, field: Field) -> None:
        if self.place.data and not field.data:
            raise ValidationError(_("Say why the order of protocol does not apply here."))


class PlanForm(SharedForm):
    """The wording of the mails and the days of reminding."""

    answer_by = DateField(_l("Reply by"), [Optional()])
    remind_before = StringField(
        _l("Reminders: days before the due date"),
        [LINE],
        default="",
        description=_l("People who have not answered get one email on each of these days: 14, 7, 2"),
    )
    subject = WordsField(_l("Subject of the invitation"), lines=2)
    text = WordsField(_l("Invitation"), lines=14, at_most=5000)
    reminder_subject = WordsField(_l("Subject of the reminder"), lines=2)
    reminder_text = WordsField(_l("Reminder"), lines=12, at_most=5000)

    def validate_remind_before(self, field: Field) -> None:
        parts = split_words(field.data)
        if not all(part.isdecimal() and int(part) <= 365 for part in parts) or len(parts) > 10:
            raise ValidationError(_("Write numbers of days, such as 14, 7, 2; at most ten."))
        if parts and not self.answer_by.data:
            raise ValidationError(_("First give the day to reply by."))

    @property
    def days(self) -> list[int]:
        """The numbers typed, the earliest day of reminding first."""
        return sorted({int(part) for part in split_words(self.remind_before.data)}, reverse=True)


def split_words(text: str | None) -> list[str]:
    return (text or "").replace(",", " ").replace(";", " ").split()


class ReplaceForm(BaseForm):
    reason = StringField(_l("Reason"), [LINE], default="", description=_l("Only the organisers read it."))
    honorific = StringField(_l("Form of address"), [LINE], default="", description=_l("As supplied: H.E., S.E., Dr."))
    given_name = StringField(_l("Given name"), [LINE], default="")
    family_name = StringField(
        _l("Family name"),
        [DataRequired(_l("Give the family name. A single name goes here.")), LINE],
        default="",
    )
    function = WordsField(_l("Function"))
    organisation = StringField(
        _l("Organisation"),
        [LINE],
        default="",
        description=_l("An organisation known by this name or acronym is found."),
    )
    country = SelectField(_l("Country"), default="")

    def __init__(self, *args: object, language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = country_choices(language)

    def typed_as(self, kind: type[Typed]) -> Typed:
        """What was typed, as a dataclass that has more fields than this form."""
        return kind(**{each.name: self[each.name].data for each in fields(kind) if each.name in self})  # type: ignore[arg-type]
