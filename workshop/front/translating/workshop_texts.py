"""Every text of a workshop that is said in its languages, part by part. No database, no request, no clock."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.db import Words
from workshop.programme.agenda.models import Room, Session
from workshop.programme.agenda.question_wordings import reword
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import Workshop

A_LINE, A_TEXT = 300, 8000
ABOUT, ROOMS = "about", "rooms"
OF_WORKSHOP = (
    ("title", _l("Title"), A_LINE),
    ("short_title", _l("Short title"), A_LINE),
    ("place", _l("Place"), A_LINE),
    ("venue", _l("Venue"), A_LINE),
    ("introduction", _l("Introduction"), A_TEXT),
    ("session_before", _l("Session before"), A_LINE),
    ("session_after", _l("Session after"), A_LINE),
    ("disclaimer", _l("Disclaimer of the funders"), A_TEXT),
    ("notice", _l("Notice"), A_TEXT),
)
OF_SESSION = (
    ("title", _l("Title"), A_LINE),
    ("subtitle", _l("Subtitle"), A_LINE),
    ("lens", _l("Lens"), A_LINE),
    ("note", _l("Note"), A_TEXT),
)


@dataclass(frozen=True)
class Text:
    """One text: its address within its part, what it is, what it says in each language, and how to say it anew."""

    key: str
    what: str
    words: Words
    put: Callable[[Words], None]
    longest: int = A_TEXT

    def lacks(self, language: str) -> bool:
        return not self.words.get(language)

    def say(self, language: str, text: str) -> None:
        if self.words.get(language, "") != text:
            self.put(self.words.having(language, text))


@dataclass(frozen=True)
class TextPart:
    """The texts that stand on one page; those without a word in any language are left out."""

    code: str
    title: str
    texts: Sequence[Text]

    def missing(self, language: str) -> int:
        return sum(text.lacks(language) for text in self.texts)


def parts_of(
    workshop: Workshop, sessions: Iterable[Session], groups: Iterable[Group], rooms: Iterable[Room]
) -> list[TextPart]:
    """The workshop itself, its rooms, and each session and group; parts without texts are left out."""
    found = [
        TextPart(ABOUT, _("About the workshop"), written_texts(about(workshop))),
        TextPart(ROOMS, _("Rooms"), written_texts(map(room_name, rooms))),
        *(
            TextPart(f"session-{each.number}", _numbered_session(each), written_texts(of_session(each)))
            for each in sessions
        ),
        *(TextPart(f"group-{each.number}", _numbered_group(each), written_texts(of_group(each))) for each in groups),
    ]
    return [part for part in found if part.texts]


def written_texts(texts: Iterable[Text]) -> list[Text]:
    return [text for text in texts if any(text.words.values())]


def _numbered_session(session: Session) -> str:
    return _("Session %(number)s", number=session.number)


def _numbered_group(group: Group) -> str:
    return _("Group %(number)s", number=group.number)


def fields_of(row: Any, key: str, names: Iterable[tuple[str, object, int]]) -> Iterator[Text]:
    for name, what, longest in names:
        yield Text(f"text-{key}{name}", str(what), getattr(row, name), partial(setattr, row, name), longest)


def about(workshop: Workshop) -> Iterator[Text]:
    yield from fields_of(workshop, "", OF_WORKSHOP)
    for name, what in (("objectives", _("Objective")), ("outcomes", _("Expected outcome"))):
        for place, words in enumerate(getattr(workshop, name)):
            put = partial(_put_in_list, workshop, name, place)
            yield Text(f"{name}-{place}", f"{what} {place + 1}", words, put, A_LINE)


def _put_in_list(workshop: Workshop, name: str, place: int, words: Words) -> None:
    texts = list(getattr(workshop, name))
    texts[place] = words
    setattr(workshop, name, texts)


def room_name(room: Room) -> Text:
    return Text(f"room-{room.id}", _("Room"), room.words, partial(_name_room, room), A_LINE)


def _name_room(room: Room, words: Words) -> None:
    """The name in the working language tells rooms apart; it is not said twice."""
    room.names = words.having(room.workshop.languages[0], "")


def of_session(session: Session) -> Iterator[Text]:
    for text in fields_of(session, "", OF_SESSION):
        yield Text(text.key, text.what, text.words, partial(_put_in_session, session, text), text.longest)
    yield from questions_of(session.questions)
    for item in session.items:
        which = _("Item %(number)s", number=item.position)
        yield from fields_of(item, f"item-{item.id}-", (("title", which, A_LINE), ("role_label", which, A_LINE)))
    for who in session.appearances:
        name = who.person.display_name
        parts = (("function", _("Function of %(name)s", name=name), A_LINE), ("role_label", name, A_LINE))
        yield from fields_of(who, f"person-{who.id}-", parts)


def _put_in_session(session: Session, text: Text, words: Words) -> None:
    """Who has the form of the session open is told that it was changed."""
    session.revision += 1
    text.put(words)


def of_group(group: Group) -> Iterator[Text]:
    yield from fields_of(group, "", (("topic", _("Topic"), A_LINE),))
    yield from questions_of(group.questions)


def questions_of(questions: Iterable[Any]) -> Iterator[Text]:
    for question in questions:
        what = _("Guiding question %(number)s", number=question.position)
        yield Text(f"question-{question.id}", what, question.text, partial(reword, question))
