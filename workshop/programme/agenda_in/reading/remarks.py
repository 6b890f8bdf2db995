"""The description of a session as our own calendars and schedules write it, taken apart again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Part

from ..prose.clocks import Day
from ..prose.speaker_names import looks_like_person, read_person
from .agenda_file import Agenda, Item, Session, When
from .agenda_words import is_role_label, part_named, perspective_alone, perspective_in


def read_told(session: Session, text: str, agenda: Agenda) -> None:
    """Lines with a dash are guiding questions, with a bullet items, with a part before a colon people."""
    language = agenda.language
    before: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        label, colon, rest = line.partition(":")
        part = part_named(label) if colon and len(label) < 40 else None
        if line.startswith("– "):
            session.questions.append(Words({language: line[2:]}))
        elif line.startswith("• "):
            session.items.append(_item(line[2:], session.row, language))
        elif part and rest.strip():
            session.people.append(read_person(rest, session.row, part=part, language=language).person)
        elif not (session.questions or session.items or session.people):
            before.append(line)
    if (before and before[-1] == _("Guiding questions")) or (
        session.questions and len(before) > 0 and not before[-1].endswith(".")
    ):
        before.pop()
    if before and not session.note:
        session.note = Words({language: before[-1]})
    if len(before) > 1 and not session.subtitle:
        session.subtitle = Words({language: before[0]})


def _item(text: str, row: int, language: str) -> Item:
    """ "Title – Name, function, organisation; Name, …"; either may be missing."""
    pieces = text.split(" – ")
    at = next((n for n in range(len(pieces)) if looks_like_person(pieces[n])), len(pieces))
    title, people = " – ".join(pieces[:at]), " – ".join(pieces[at:])
    item = Item(row)
    if is_role_label(title):
        item.role_label = Words({language: title})
    elif perspective_alone(title):
        item.perspective = perspective_in(title)
    elif title:
        item.title = Words({language: title})
    for each in filter(None, people.split("; ")):
        item.people.append(read_person(each, row, part=Part.SPEAKER, language=language).person)
    return item


@dataclass(frozen=True)
class Setting:
    language: str = "en"
    zone: str = "UTC"
    columns: Mapping[str, str] = field(default_factory=dict)
    places: Collection[str] = ()

    def when(self, start: datetime, end: datetime | None) -> When:
        """Two moments as clocks at the workshop show them; without a zone of their own they are such already."""
        there = ZoneInfo(self.zone)
        begins = start.astimezone(there) if start.tzinfo else start
        ends = (end.astimezone(there) if end.tzinfo else end) if end else None
        stop = ends.time().replace(second=0, microsecond=0) if ends and ends.date() == begins.date() else None
        return When(Day(day=begins.date()), begins.time().replace(second=0, microsecond=0), stop)
