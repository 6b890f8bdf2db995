"""How much of known programmes is found again in each shape: entries, false entries, times, people."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import cast

from workshop.platform.foreign import agenda_formats
from workshop.platform.foreign.limits import AGENDA
from workshop.platform.foreign.sandbox import Unreadable
from workshop.platform.opened_files import OpenedAgenda
from workshop.programme.agenda_in.reading.agenda_file import Agenda, Session
from workshop.programme.agenda_in.reading.agenda_words import plain
from workshop.programme.agenda_in.reading.recognition import read_opened
from workshop.programme.agenda_in.reading.remarks import Setting

from .programmes import LANGUAGES, Entry, Programme, programme
from .tables import TABLES, WITHOUT_MODERATORS, WITHOUT_PEOPLE
from .texts import TEXTS

SHAPES = [*TEXTS, *TABLES]


@dataclass
class Tally:
    """Of one shape."""

    there: int = 0
    found: int = 0
    false: int = 0
    times: int = 0
    people_there: int = 0
    people_found: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in ("there", "found", "false", "times", "people_there", "people_found"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """Entries found, false entries, times right of those found, people right: in per cent."""
        return (
            100 * self.found / max(1, self.there),
            100 * self.false / max(1, self.there),
            100 * self.times / max(1, self.found),
            100 * self.people_found / self.people_there if self.people_there else 100.0,
        )


def content_of(shape: str, known: Programme) -> bytes:
    return TEXTS[shape](known).encode() if shape in TEXTS else TABLES[shape](known)


def measure(shape: str, seed: int, languages: tuple[str, ...] = LANGUAGES) -> Tally:
    """One programme in each language, written in this shape and read again."""
    whole = Tally()
    for language in languages:
        known = programme(seed, language)
        try:
            opened = agenda_formats.read_agenda(content_of(shape, known), AGENDA)
            agenda = read_opened(cast(OpenedAgenda, opened), Setting(language, "Europe/Zurich"))
        except Unreadable as refusal:
            whole.add(Tally(there=len(known.entries), missed=[f"{language}: {refusal.message}"]))
            continue
        whole.add(compare(shape, known, agenda))
    return whole


def compare(shape: str, known: Programme, agenda: Agenda) -> Tally:
    tally, left = Tally(there=len(known.entries)), list(agenda.sessions)
    for entry in known.entries:
        session = _find(entry, left)
        if shape not in WITHOUT_PEOPLE:
            tally.people_there += len(entry.speakers if shape in WITHOUT_MODERATORS else entry.everybody)
        if session is None:
            tally.missed.append(f"{known.language}: {entry.day} {entry.start:%H:%M} {entry.title}")
            continue
        left.remove(session)
        tally.found += 1
        right = _when(session) == (entry.day, entry.start, entry.end)
        if shape == "beginnings only":
            right = _when(session)[:2] == (entry.day, entry.start)
        tally.times += right
        if not right:
            tally.missed.append(f"{known.language}: time of {entry.title}: {_when(session)} for {entry.start}")
        if shape not in WITHOUT_PEOPLE:
            tally.people_found += _people_found(entry, session, tally, shape, known.language)
    tally.false = len(left)
    tally.missed += [f"{known.language}: false “{each.title}”" for each in left]
    return tally


def _people_found(entry: Entry, session: Session, tally: Tally, shape: str, language: str) -> int:
    names = {plain(f"{who.honorific} {who.name}"): who for who in session.everybody()}
    right = 0
    expected = entry.speakers if shape in WITHOUT_MODERATORS else entry.everybody
    for who in expected:
        there = names.get(plain(who.name))
        if there is not None:
            right += 1
        else:
            tally.missed.append(f"{language}: {who.line} on “{entry.title}”: {list(names)}")
    return right


def _when(session: Session) -> tuple[date | None, time | None, time | None]:
    return (session.when.day.day if session.when.day else None), session.when.start, session.when.end


def _find(entry: Entry, left: list[Session]) -> Session | None:
    same = [each for each in left if plain(entry.title) == plain(" ".join(each.title.values()))]
    return next((each for each in same if _when(each)[:2] == (entry.day, entry.start)), same[0] if same else None)
