"""The timetable as plain data: what stands where and who is needed there. Clashes, moves and the grid work on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workshop.platform.db import Words

from ..formats import Format, Part


class Place(NamedTuple):
    """Where and when a session is held; all None when it has no place yet."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: int | None = None


@dataclass(frozen=True)
class Entry:
    """A session in the timetable. `minutes` is what its items take together."""

    id: int
    number: int
    title: Words
    format: Format
    place: Place = Place()  # noqa: RUF009 (a tuple)
    interpreted: bool = False
    expected: int | None = None
    revision: int = 1
    minutes: int = 0

    @property
    def timed(self) -> bool:
        """Whether both times are known."""
        return bool(self.place.starts_at and self.place.ends_at)

    @cached_property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when; only of one that is `timed`."""
        start, end = self.place.starts_at, self.place.ends_at
        if not (start and end):
            raise ValueError("a session without times has no span")
        return start, end

    @cached_property
    def length(self) -> int | None:
        """In minutes."""
        return round((self.span[1] - self.span[0]).total_seconds() / 60) if self.timed else None

    @property
    def seen(self) -> str:
        """Names this state of this session: whoever sends another one back has an old page."""
        return f"{self.id}.{self.revision}"


class Needed(NamedTuple):
    """Somebody appears in a session. The page of the timetable alone needs a `name`."""

    session: int
    person: int
    part: Part
    organisation: int | None = None
    country: str = ""
    name: str = ""


class Hall(NamedTuple):
    """A room."""

    id: int
    name: str
    seats: int | None = None


@dataclass(frozen=True)
class Programme:
    """All of a workshop's timetable. `there` says for each person who told so when they can be there."""

    zone: str
    first: date
    last: date
    entries: tuple[Entry, ...] = ()
    rooms: tuple[Hall, ...] = ()
    people: tuple[Needed, ...] = ()
    there: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    hard_stops: tuple[str, ...] = ()
    teams: int | None = None

    @cached_property
    def clocks(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def by_id(self) -> dict[int, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def rooms_by_id(self) -> dict[int, Hall]:
        return {room.id: room for room in self.rooms}

    @cached_property
    def people_of(self) -> dict[int, list[Needed]]:
        """Who is needed in each session."""
        found: dict[int, list[Needed]] = {}
        for needed in self.people:
            found.setdefault(needed.session, []).append(needed)
        return found

    def local(self, at: datetime) -> datetime:
        """As clocks at the place show it, without a zone."""
        return at.astimezone(self.clocks).replace(tzinfo=None)

    @cached_property
    def days(self) -> dict[int, date]:
        """On which day each session stands that has a time."""
        return {each.id: self.local(each.place.starts_at).date() for each in self.entries if each.place.starts_at}

    def day_of(self, entry: Entry) -> date | None:
        return self.days.get(entry.id)

    def moved(self, places: dict[int, Place]) -> "Programme":
        """The same programme after some sessions were given another place."""
        return self.having(
            replace(each, place=places[each.id], revision=each.revision + 1) if each.id in places else each
            for each in self.entries
        )

    def having(self, entries: Iterable[Entry]) -> "Programme":
        return replace(self, entries=tuple(entries))
