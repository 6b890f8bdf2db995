"""What an organiser types about a group, its questions and the people who serve it."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.db import Words
from workshop.platform.forms import BaseForm, CheckboxesField, ClockField, WordsField, labelled, whole
from workshop.platform.i18n import language, language_name
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.question_wordings import QuestionText
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode, Workshop

from .rules import PARTS


def line(label: str, *validators: Any) -> StringField:
    return StringField(label, [*validators, Length(max=200)], default="")


def one_of(kind: Any) -> Any:
    """Reads a choice as a member of the enum, nothing as None."""
    return lambda value: kind(value) if value else None


class QuestionForm(BaseForm):
    """One guiding question inside the form of its group."""

    class Meta(BaseForm.Meta):
        csrf = False

    id = HiddenField(filters=(whole,))
    text = WordsField(_l("Question"), lines=3, at_most=1000)
    place = StringField(_l("Position"), filters=(whole,), render_kw={"inputmode": "numeric", "size": "3"})
    remove = BooleanField(_l("Remove this question"))


class QuestionsForm(SharedForm):
    """All that a group is asked."""

    questions = FieldList(FormField(QuestionForm), _l("Guiding questions"), max_entries=40)

    def validate(self, extra_validators: object = None) -> bool:
        good = super().validate(extra_validators)
        said = [message for entry in self.questions for field in entry.form for message in field.errors]
        if said:
            self.questions.errors = said  # the summary on top can name a plain message, not a nested one
        return good

    def typed_questions(self) -> list[QuestionText]:
        """What was typed; a question that is ticked for removal has no text left."""
        return [
            QuestionText(text=Words() if each["remove"] else each["text"], id=each["id"], place=each["place"])
            for each in self.questions.data
        ]


class GroupForm(SharedForm):
    """A group as the organisers describe it."""

    session = SelectField(_l("Session"), [InputRequired()], coerce=whole)
    topic = WordsField(_l("Topic"), [DataRequired(_l("Give the topic in at least one language."))], lines=2)
    room = line(_l("Room"))
    seats = IntegerField(_l("Seats"), [Optional(), NumberRange(1, 10_000)])
    languages = CheckboxesField(
        _l("Languages spoken"), description=_l("None ticked: those of the workshop."), default=()
    )
    start = ClockField(_l("Starts at"), [Optional()])
    end = ClockField(_l("Ends at"), [Optional()])
    mode = SelectField(_l("Attribution"), coerce=one_of(MeetingMode), default="")

    @classmethod
    def of(cls, workshop: Workshop, sessions: Sequence[Session]) -> Callable[..., "GroupForm"]:
        """The form with the choices of that workshop."""

        def make(*args: object, **kwargs: object) -> GroupForm:
            form = cls(*args, **kwargs)
            titles = [(each.id, f"{each.number} {each.title.in_(language(), 'en')[0]}") for each in sessions]
            form.session.choices = [SelectChoice(str(id), title) for id, title in titles]
            form.languages.choices = [SelectChoice(code, language_name(code)) for code in workshop.languages]
            form.mode.choices = labelled(MeetingMode, _("As in its session"))
            return form

        return make


class PartForm(BaseForm):
    """A member of the workshop and what she does in the group."""

    member = SelectField(_l("Member"), [InputRequired()], coerce=whole)
    part = SelectField(_l("Part"), [InputRequired()], choices=labelled(PARTS), coerce=Part)

    def __init__(self, *, members: Sequence[User], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.member.choices = [SelectChoice(str(each.id), each.name) for each in members]


class CodeForm(BaseForm):
    code = line(_l("Code"), DataRequired(_l("Type the code.")))


class GuestForm(BaseForm):
    name = line(_l("Your name"), DataRequired(_l("Give your name.")))
