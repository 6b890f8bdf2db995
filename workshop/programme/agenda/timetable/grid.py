"""Where each session stands on the page: a grid for each day, rooms across, time down in steps of five minutes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workshop.platform.i18n import clock

from .plan import Entry, Hall, Programme

MINUTES = 5
ROWS_AN_HOUR = 60 // MINUTES
USUAL_HOURS = (9, 18)
MIDNIGHT = 24 * 60
Span = tuple[int, int]
LANES = 4


@dataclass(frozen=True)
class Column:
    """A room, from `track` on and as many tracks wide as it has sessions at once. `room` is None for those without."""

    room: Hall | None
    track: int
    lanes: int


@dataclass(frozen=True)
class Block:
    """A session on the grid: rows and tracks count from 1 below and beside the headings, times in minutes of the day."""

    entry: Entry
    row: int
    rows: int
    track: int
    tracks: int
    starts: int
    ends: int
    until: str = ""  # where it ends after midnight

    @property
    def clock(self) -> str:
        """From when to when."""
        return f"{at(self.starts)}–{self.until or at(self.ends)}"


@dataclass(frozen=True)
class Day:
    """One day. `hours` are those written down the side."""

    day: date
    hours: range
    columns: list[Column]
    blocks: list[Block]

    @property
    def tracks(self) -> int:
        return sum(column.lanes for column in self.columns)


def days_of(programme: Programme) -> list[date]:
    """Every day of the workshop, and any other on which a session stands."""
    held = [programme.first + timedelta(days=n) for n in range((programme.last - programme.first).days + 1)]
    return sorted({*held, *(day for each in programme.entries if (day := programme.day_of(each)))})


def unplaced_sessions(programme: Programme) -> list[Entry]:
    """Sessions without a time."""
    return [each for each in programme.entries if not each.place.starts_at]


def grid_of(programme: Programme, day: date) -> Day:
    entries = [each for each in programme.entries if programme.day_of(each) == day]
    spans = {each.id: _minutes(programme, each) for each in entries}
    entries.sort(key=lambda each: (spans[each.id][0], each.number))
    hours = _hours(spans.values())
    columns, lanes = _columns(programme, entries, spans)
    by_room = {column.room.id if column.room else None: column for column in columns}
    top = hours.start * 60
    return Day(
        day,
        hours,
        columns,
        [
            replace(
                _block(entry, spans[entry.id], by_room[entry.place.room], lanes[entry.id], top),
                until=_after_midnight(programme, entry),
            )
            for entry in entries
        ],
    )


def at(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _after_midnight(programme: Programme, entry: Entry) -> str:
    """The end on a later day, with its day; "" where it ends on the day on which it begins."""
    starts_at, ends_at = entry.place.starts_at, entry.place.ends_at
    if not starts_at or not ends_at or programme.local(starts_at).date() == programme.local(ends_at).date():
        return ""
    return clock(ends_at, programme.zone, starts_at)


def _minutes(programme: Programme, entry: Entry) -> Span:
    """From when to when, in minutes of the day at the place; without an end an hour, and never past midnight."""
    start = programme.local(entry.place.starts_at) if entry.place.starts_at else None
    begin = start.hour * 60 + start.minute if start else 0
    return begin, max(min(begin + (entry.length or 60), MIDNIGHT), begin + MINUTES)


def _hours(spans: Iterable[Span]) -> range:
    """From an hour before the first session to an hour after the last, so that there is room to move."""
    first, last = USUAL_HOURS
    for start, end in spans:
        first, last = min(first, start // 60 - 1), max(last, -(-end // 60) + 1)
    return range(max(first, 0), min(last, 24))


def _columns(
    programme: Programme, entries: list[Entry], spans: dict[int, Span]
) -> tuple[list[Column], dict[int, tuple[int, bool]]]:
    """Every room, before them those without one; and in which lane of its room each session goes."""
    lanes: dict[int, tuple[int, bool]] = {}
    columns, track = [], 1
    homeless = [each for each in entries if each.place.room is None]
    rooms: list[Hall | None] = [*([None] if homeless or not programme.rooms else []), *programme.rooms]
    for room in rooms:
        own = [each for each in entries if each.place.room == (room.id if room else None)]
        found = dict(_lanes(own, spans))
        wide = max((lane + 1 for lane, _alone in found.values()), default=1)
        columns.append(Column(room, track, wide))
        lanes |= found
        track += wide
    return columns, lanes


def _lanes(entries: list[Entry], spans: dict[int, Span]) -> Iterator[tuple[int, tuple[int, bool]]]:
    """The lane of each session, and whether it has the room to itself all the while."""
    ends: list[int] = []
    for entry in entries:
        start, end = spans[entry.id]
        free = next((lane for lane, until in enumerate(ends) if until <= start), len(ends))
        lane = min(free, LANES - 1)
        ends[lane:] = [end, *ends[lane + 1 :]]
        alone = not any(
            other.id != entry.id and spans[other.id][0] < end and start < spans[other.id][1] for other in entries
        )
        yield entry.id, (lane, alone)


def _block(entry: Entry, span: Span, column: Column, lane: tuple[int, bool], top: int) -> Block:
    start, end = span
    row, last = (start - top) // MINUTES, -(-(end - top) // MINUTES)
    place, alone = lane
    return Block(
        entry,
        row + 1,
        max(last - row, 1),
        track=column.track if alone else column.track + place,
        tracks=column.lanes if alone else 1,
        starts=start,
        ends=end,
    )
