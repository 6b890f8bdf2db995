"""What organisers type about recipients, letters and dates."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from workshop.consultation.questionnaires.states import Anonymity
from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, CheckboxesField, MomentField, WordsField
from workshop.platform.i18n import LANGUAGES, language
from workshop.secretariat.register.countries import in_order
from workshop.secretariat.register.models import Category

from .letters import LONGEST
from .models import When


class RecipientForm(SharedForm):
    name = StringField(_l("Institution or person"), [DataRequired(), Length(max=200)])
    email = EmailField(_l("Email address"), [DataRequired(), Length(max=200)])
    language = SelectField(
        _l("Language of the emails"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )
    category = SelectField(
        _l("Category"),
        choices=[SelectChoice("", _l("None")), *(SelectChoice(c.value, c.label) for c in Category)],
        coerce=lambda value: Category(value) if value else None,
    )
    country = SelectField(_l("Country"))

    def __init__(self, formdata: object = None, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        none = SelectChoice("", _l("None, or an international body"))
        self.country.choices = [none, *(SelectChoice(code, name) for code, name in in_order(language()))]


class RegisterForm(BaseForm):
    organisations = CheckboxesField(_l("Organisations in the register"), coerce=int)


class ListForm(BaseForm):
    """A file, or cells pasted from a sheet; once it was read, its text is carried along until it is imported.

    `seen` is the fingerprint of the import report that was shown.
    """

    seen = HiddenField()
    file = FileField(_l("A file (CSV, XLSX, XLS or ODS)"))
    pasted = TextAreaField(
        _l("Or rows pasted from a sheet"),
        [Optional(), Length(max=1_000_000)],
        description=_l(
            "The first row names the columns: name, email, and if you have them language, category, country."
        ),
    )


class LetterForm(SharedForm):
    subject = WordsField(_l("Subject"), at_most=200)
    text = WordsField(_l("Text"), lines=10, at_most=LONGEST)


class ScheduleForm(SharedForm):
    anonymity = RadioField(
        _l("Link between people and answers"),
        [InputRequired()],
        choices=[SelectChoice(each.value, each.label) for each in Anonymity],
        coerce=Anonymity,
        description=_l("Respondents read this before they begin; it cannot be changed after the first answer."),
    )
    interim_at = MomentField(
        _l("Answers count for the interim results until"),
        [Optional()],
        description=_l("Those submitted later count only for the final results."),
    )
    accepts_late = BooleanField(_l("Accept answers after closing too; they are marked as late"))
    reminders = CheckboxesField(
        _l("Send email reminders to people who have not answered"),
        choices=[SelectChoice(w.value, w.label) for w in When],
        coerce=When,
    )


class NoticeForm(SharedForm):
    asked_by = WordsField(_l("Asked by"), lines=3, at_most=500)
    purpose = WordsField(_l("Purpose"), lines=3, at_most=1000)
    readers = WordsField(_l("Access to the answers"), lines=3, at_most=500)
    asks_publication = BooleanField(
        _l("Ask how the answers may be published"),
        description=_l("With our name, without it, or in totals only. Leave it out where a question asks the same."),
    )
    kept_until = DateField(
        _l("Kept until"),
        [Optional()],
        description=_l("After that day the answers and the list of recipients are erased; totals are kept."),
    )
