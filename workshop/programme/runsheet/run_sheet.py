"""A day as a list of what happens one after the other: each item, or the session where it has none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workshop.programme.agenda.models import Appearance, Item, Session
from workshop.programme.papers.models import Document

from .expected_times import Expected, Slot, expect_times
from .models import Run, StageNote

Track = tuple[str, int]  # what goes on side by side: the sessions of a room, or one without a room

Key = tuple[int, int | None]  # session, item


@dataclass
class Entry:
    """One line of the run sheet. `shared_out` says that nobody gave its minutes."""

    session: Session
    item: Item | None
    starts_at: datetime
    ends_at: datetime
    shared_out: bool = False
    track: Track | None = None
    run: Run | None = None
    note: str = ""
    session_note: str = ""
    documents: list[Document] = field(default_factory=list)
    due: Expected = field(default_factory=Expected)

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.session.id}-{self.item.id if self.item else 0}"

    @property
    def slot(self) -> Slot:
        begun, ended = (self.run.started_at, self.run.ended_at) if self.run else (None, None)
        return Slot(self.starts_at, self.ends_at, self.track, begun, ended)

    @property
    def is_running(self) -> bool:
        return self.run is not None and self.run.ended_at is None

    @property
    def is_first(self) -> bool:
        return self.item is None or self.item.position == min(each.position for each in self.session.items)

    @property
    def people(self) -> list[Appearance]:
        """Who is due: those of the item; with its first line also those of the session as a whole."""
        return [
            who
            for who in self.session.appearances
            if (who.item is not None and who.item is self.item) or (who.item is None and self.is_first)
        ]

    @property
    def late(self) -> int:
        """By how many whole minutes it begins, or began, after its planned time."""
        return int((self.due.starts_at - self.starts_at).total_seconds() // 60) if self.due.starts_at else 0


def entries(sessions: Sequence[Session]) -> list[Entry]:
    """What happens in these sessions of one day, in order. Sessions without a time are left out."""
    timed = [session for session in sessions if session.starts_at and session.ends_at]
    return [entry for session in timed for entry in _of_session(session, _track(session, timed))]


def _track(session: Session, sessions: Iterable[Session]) -> Track | None:
    """A session that others overlap goes on in its room, or alone; any other has everybody in it."""
    if not any(other is not session and _overlap(session, other) for other in sessions):
        return None
    return ("room", session.room.id) if session.room else ("session", session.id)


def _overlap(one: Session, other: Session) -> bool:
    begins, ends = max(_span(one)[0], _span(other)[0]), min(_span(one)[1], _span(other)[1])
    return begins < ends


def _of_session(session: Session, track: Track | None) -> list[Entry]:
    begins, ends = _span(session)
    if not session.items:
        return [Entry(session, None, begins, ends, track=track)]
    found, at = [], begins
    share = _share(session.items, ends - begins)
    for item in session.items:
        until = at + (timedelta(minutes=item.minutes) if item.minutes else share)
        found.append(Entry(session, item, at, until, shared_out=not item.minutes, track=track))
        at = until
    return found


def _share(items: Sequence[Item], length: timedelta) -> timedelta:
    """What is left of the session, in equal whole minutes for each item whose minutes nobody gave."""
    given = sum(item.minutes or 0 for item in items)
    without = sum(not item.minutes for item in items)
    left = max(int(length.total_seconds()) // 60 - given, 0)
    return timedelta(minutes=left // without if without else 0)


def _span(session: Session) -> tuple[datetime, datetime]:
    assert session.starts_at and session.ends_at, "only sessions with a time are on a run sheet"  # noqa: S101, PT018
    return session.starts_at, session.ends_at


def fill_entries(
    found: list[Entry], runs: Iterable[Run], notes: Iterable[StageNote], documents: Iterable[Document]
) -> list[Entry]:
    """The same entries with what happened, what to note, and what has not come yet."""
    ran = {(run.session_id, run.item_id): run for run in runs}
    noted = {(note.session_id, note.item_id): note.text for note in notes}
    waiting = list(documents)
    for entry in found:
        key: Key = (entry.session.id, entry.item.id if entry.item else None)
        entry.run, entry.note = ran.get(key), noted.get(key, "")
        entry.session_note = noted.get((key[0], None), "") if entry.item and entry.is_first else ""
        places = {key[1], None} if entry.is_first else {key[1]}
        entry.documents = [each for each in waiting if each.session_id == key[0] and each.item_id in places]
    return found


def expect(found: list[Entry], stops: Sequence[datetime], now: datetime | None) -> list[Entry]:
    """The same entries with when each is to be expected."""
    for entry, due in zip(found, expect_times([entry.slot for entry in found], stops, now), strict=True):
        entry.due = due
    return found


def no_longer_fitting(found: Iterable[Entry]) -> list[tuple[datetime, list[Entry]]]:
    """What no longer fits, under the stop it had to fit before."""
    under: dict[datetime, list[Entry]] = {}
    for entry in found:
        if entry.due.stop:
            under.setdefault(entry.due.stop, []).append(entry)
    return sorted(under.items())


def stops_of(day: date, hard_stops: Iterable[str], zone: str) -> list[datetime]:
    """The moments of that day at which the interpreters leave."""
    return sorted(datetime.combine(day, time.fromisoformat(stop), ZoneInfo(zone)) for stop in hard_stops)
