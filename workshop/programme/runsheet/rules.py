"""Beginning and ending what is on the run sheet. No database, no request, no clock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.models import Role

from .expected_times import waits_for
from .models import Run
from .run_sheet import Entry

READERS = (Role.ORGANISER, Role.PROGRAMME, Role.CHAIR, Role.MODERATOR, Role.RAPPORTEUR, Role.NOTE_TAKER)
PRESSING = (Role.CHAIR, Role.NOTE_TAKER)  # beside organisers, and whoever serves the very session


@dataclass(frozen=True)
class Hand:
    """In which sessions somebody may begin and end things, and write stage notes."""

    everywhere: bool
    sessions: frozenset[int] = frozenset()

    def may_press(self, session: Session) -> bool:
        return self.everywhere or session.id in self.sessions


def presses_everywhere(roles: Collection[Role], limited: Collection[Role]) -> bool:
    """Organisers, chairs and note-takers of the workshop; whoever else serves sessions presses in these."""
    return Role.ORGANISER in roles or any(role in roles and role not in limited for role in PRESSING)


def is_rehearsal(day: date, runs: Iterable[Run], *, now: datetime, zone: str) -> bool:
    """Any other day than today can be rehearsed, unless it is over and was run in earnest."""
    return on_day(now, zone) != day and not any(not run.rehearsal for run in runs)


def clock(day: date, runs: Sequence[Run], *, now: datetime, zone: str) -> datetime | None:
    """What the clock of the sheet shows; None while it does not run.

    Today's is the real one. That of a rehearsal started with the first press, at the planned time of what was begun.
    """
    if on_day(now, zone) == day:
        return now
    if not runs or not runs[0].rehearsal:
        return None
    shown = now + (runs[0].started_at - runs[0].pressed_at)
    return shown if on_day(shown, zone) == day else None


def last_press(runs: Iterable[Run]) -> datetime | None:
    """When something last began or ended: another moment after every press, which names the state of a day."""
    return max((moment for run in runs for moment in (run.started_at, run.ended_at) if moment), default=None)


def next_of(entries: Sequence[Entry]) -> Entry | None:
    """What comes after all that has begun."""
    begun = [place for place, entry in enumerate(entries) if entry.run]
    after = begun[-1] + 1 if begun else 0
    return entries[after] if after < len(entries) else None


def begin(
    entry: Entry, entries: Sequence[Entry], *, at: datetime | None, pressed_at: datetime, by: int, rehearsal: bool
) -> Run:
    """It begins, and what it had to wait for ends. `at` is None for the first press of a rehearsal.

    Raises RuleBroken where it has begun before.
    """
    if entry.run:
        raise RuleBroken(_("This has begun already."))
    if at is None and any(each.run for each in entries):
        raise RuleBroken(_("The rehearsal of this day is over. Clear it before you begin another."))
    moment = at or entry.starts_at
    for each in entries:
        if each.run and each.is_running and waits_for(entry.slot, each.slot):
            each.run.ended_at = moment
    return Run(
        session_id=entry.session.id,
        item_id=entry.item.id if entry.item else None,
        started_at=moment,
        pressed_at=pressed_at,
        started_by=by,
        rehearsal=rehearsal,
    )


def end(entry: Entry, *, at: datetime | None) -> None:
    """It is over. Raises RuleBroken where it is not running."""
    if not entry.run or not entry.is_running:
        raise RuleBroken(_("This is not running."))
    entry.run.ended_at = at or entry.ends_at


def undo(runs: Sequence[Run]) -> list[Run]:
    """Take the last press back: what it ended runs on, and what it began is given back, to be deleted."""
    last = last_press(runs)
    if last is None:
        raise RuleBroken(_("There is nothing to undo."))
    for run in runs:
        if run.ended_at == last:
            run.ended_at = None
    return [run for run in runs if run.started_at == last]
