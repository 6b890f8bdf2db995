"""The description of a session as our own calendars and schedules write it, taken apart again."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.i18n import LANGUAGES
from workshop.programme.agenda.formats import Part

from ..prose.calendar_days import Day
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
    if is_role_label(title) and not perspective_alone(title):
        item.role_label = Words({language: title})
    elif perspective_alone(title):
        item.perspective = perspective_in(title)
    elif title:
        item.title = Words({language: title})
    for each in filter(None, people.split("; ")):
        item.people.append(read_person(each, row, part=Part.SPEAKER, language=language).person)
    return item


def language_code(said: str) -> str:
    """The ISO code of a language given as a code or a tag (de-CH) or by its name; "" for none."""
    code = said.strip().casefold().replace("_", "-")
    if found := re.fullmatch(r"([a-z]{2,3})(?:-[a-z0-9]{2,8})*", code):
        return found[1] if found[1] in known_languages() else ""
    return known_language_names().get(code, "")


@cache
def known_languages() -> frozenset[str]:
    """Every language that the world's locale data knows by code."""
    return frozenset(Locale("en").languages)


@cache
def known_language_names() -> dict[str, str]:
    """Languages by their own names and those in the languages of the interface."""
    names = {str(name).casefold(): code for at in LANGUAGES for code, name in Locale(at).languages.items()}
    return names | {name.casefold(): code for code, name in LANGUAGES.items()}


@dataclass(frozen=True)
class Setting:
    language: str = "en"
    zone: str = "UTC"
    columns: Mapping[str, str] = field(default_factory=dict)
    places: Collection[str] = ()
    month_first: bool | None = None

    def when(self, start: datetime, end: datetime | None) -> When:
        """Two moments as clocks at the workshop show them; without a zone of their own they are such already."""
        there = ZoneInfo(self.zone)
        begins = start.astimezone(there) if start.tzinfo else start
        ends = (end.astimezone(there) if end.tzinfo else end) if end else None
        nights = (ends.date() - begins.date()).days if ends else 0
        if ends and ends <= begins:
            ends, nights = None, 0
        stop = ends.time().replace(second=0, microsecond=0) if ends else None
        return When(Day(day=begins.date()), begins.time().replace(second=0, microsecond=0), stop, nights)
