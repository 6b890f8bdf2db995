"""What an organiser types about a session, an item, a person. Each may be open in two browsers at once."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.db import Words
from workshop.platform.forms import BaseForm, ClockField, WordsField, labelled, whole
from workshop.platform.i18n import language
from workshop.platform.labels import Labelled
from workshop.secretariat.register.countries import in_order
from workshop.secretariat.series.models import MeetingMode

from .formats import Format, Part, Perspective
from .models import Item

Member = TypeVar("Member", bound=Labelled)


def one_of(kind: type[Member]) -> Callable[[str | None], Member | None]:
    """Reads a choice as a member of the enum, nothing as None."""
    return lambda value: kind(value) if value else None


def line(label: str, *validators: Callable[..., object], description: str = "") -> StringField:
    """One line of text, which may stay empty unless a validator says otherwise."""
    return StringField(label, [*validators, Length(max=200)], default="", description=description)


def all_countries() -> list[SelectChoice]:
    return [
        SelectChoice("", _l("None, or an international body")),
        *(SelectChoice(code, name) for code, name in in_order(language())),
    ]


class QuestionForm(BaseForm):
    """One guiding question inside the form of its session."""

    class Meta(BaseForm.Meta):
        csrf = False

    id = HiddenField(filters=(whole,))
    text = WordsField(_l("Question"), lines=3, at_most=1000)
    place = StringField(_l("Position"), filters=(whole,), render_kw={"inputmode": "numeric", "size": "3"})
    remove = BooleanField(_l("Remove this question"))


class SessionForm(SharedForm):
    """What a session is and says, apart from its questions."""

    title = WordsField(_l("Title"), [DataRequired(_l("Give the session a title in at least one language."))], lines=2)
    subtitle = WordsField(_l("Subtitle"), lines=2)
    day = DateField(_l("Day"), [Optional()])
    start = ClockField(_l("Starts at"), [Optional()])
    end = ClockField(_l("Ends at"), [Optional()])
    until = DateField(_l("Ends on"), [Optional()], description=_l("Only if it ends on a later day."))
    room = line(_l("Room"))
    format = SelectField(
        _l("Format"), [DataRequired()], choices=labelled(Format), coerce=Format, default=Format.PLENARY
    )
    mode = SelectField(
        _l("Meeting mode"),
        coerce=one_of(MeetingMode),
        choices=labelled(MeetingMode, _l("As for the whole workshop")),
    )
    interpreted = BooleanField(_l("Interpreted"))
    expected = IntegerField(_l("People expected"), [Optional(), NumberRange(0, 100_000)])
    note = WordsField(_l("Note"), lines=3, at_most=2000)
    lens = WordsField(
        _l("Instruction to the break-out groups"),
        lines=3,
        at_most=2000,
        description=_l("What every group and its report must address. Only for a session with break-out groups."),
    )


class QuestionsForm(SharedForm):
    """The guiding questions of a session, in order."""

    questions = FieldList(FormField(QuestionForm), _l("Guiding questions"), max_entries=40)

    def validate(self, extra_validators: object = None) -> bool:
        good = super().validate(extra_validators)
        said = [message for entry in self.questions for field in entry.form for message in field.errors]
        if said:
            self.questions.errors = said  # the summary on top can name a plain message, not a nested one
        return good


class AddSessionForm(QuestionsForm, SessionForm):
    """A new session with its first questions."""


class ItemForm(SharedForm):
    title = WordsField(_l("Title"), lines=2, description=_l("May stay empty if the speaker gave no title."))
    role_label = WordsField(
        _l("Role of the speaker"), lines=2, description=_l("Printed as it is: Speaker from country of origin.")
    )
    perspective = SelectField(_l("Perspective"), choices=labelled(Perspective, _l("None")), coerce=one_of(Perspective))
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(1, 600)])


class NamedForm(SharedForm):
    """A person as named in print, with function, organisation and country."""

    honorific = line(_l("Form of address"), description=_l("As supplied: H.E., S.E., Dr."))
    given_name = line(_l("Given name"))
    family_name = line(_l("Family name"), DataRequired(_l("Give the family name. A single name goes here.")))
    name_as_published = line(_l("Name as listed"), description=_l("Only where it is not given name, then family name."))
    honorifics = WordsField(
        _l("Form of address by language"),
        description=_l("Only as supplied, where a language has its own: S.E., Excmo. Sr."),
    )
    function = WordsField(_l("Function"))
    organisation = line(_l("Organisation"), description=_l("An organisation known by this name or acronym is found."))
    country = SelectField(_l("Country"), choices=all_countries, default="")


class PersonForm(NamedForm):
    part = SelectField(_l("Appears as"), [DataRequired()], choices=labelled(Part), coerce=Part, default=Part.SPEAKER)
    item = SelectField(_l("Appears in"), coerce=whole)
    role_label = WordsField(
        _l("Role as listed"), description=_l("In place of the part above: Speaker from country of origin.")
    )
    perspective = SelectField(_l("Perspective"), choices=labelled(Perspective, _l("None")), coerce=one_of(Perspective))
    deliverer_given_name = line(_l("Delivered by: given name"))
    deliverer_family_name = line(_l("Delivered by: family name"))
    deliverer_function = WordsField(_l("Function of the person who delivers it"))

    def __init__(self, formdata: object, *, items: Sequence[Item], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        whole_session = SelectChoice("", _l("The session as a whole"))
        self.item.choices = [whole_session, *(SelectChoice(str(each.id), name_of(each)) for each in items)]


def name_of(item: Item) -> str:
    """What to call an item in a list: its title, else the role in it."""
    said = words_of(item.title) or words_of(item.role_label) or _("untitled")
    return f"{item.position}. {said}"


def words_of(text: Words) -> str:
    """A text in the language of the page, or whichever it has."""
    return text.in_(language(), "en")[0]
