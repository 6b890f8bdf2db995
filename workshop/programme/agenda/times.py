"""From a day and times of day, as people write them, to moments in UTC, and back."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import dates
from workshop.platform.i18n import day as in_words
from workshop.secretariat.series.models import Workshop

from .models import Session

Span = tuple[datetime | None, datetime | None]


def moment(day: date, clock: time, zone: str, *, field: str) -> datetime:
    """The moment in UTC. When clocks go back and a time comes twice, the first is meant.

    Raises RuleBroken for a time that is skipped because clocks go forward.
    """
    found = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    if local(found, zone) != (day, clock):
        raise RuleBroken(
            _("There is no %(time)s on that day: clocks go forward then.", time=clock.strftime("%H:%M")), field
        )
    return found


def local(at: datetime, zone: str) -> tuple[date, time]:
    """The day and the time of day, as clocks at the place show them."""
    there = at.astimezone(ZoneInfo(zone))
    return there.date(), there.time().replace(microsecond=0)


def span(day: date | None, start: time | None, end: time | None, workshop: Workshop, until: date | None = None) -> Span:
    """When a session begins and ends, in UTC; (None, None) when all is left open. `until` is its last day, if another.

    Raises RuleBroken when only some are given, when the day is not one of the workshop's, when it ends too early.
    """
    if day is None and start is None and end is None and until is None:
        return None, None
    if day is None or start is None or end is None:
        missing = "day" if day is None else "start" if start is None else "end"
        raise RuleBroken(_("Give the day, the start and the end, or leave all three empty."), missing)
    if not workshop.starts_on <= day <= workshop.ends_on:
        held = dates(workshop.starts_on, workshop.ends_on)
        given = in_words(day, "long")
        raise RuleBroken(_("%(day)s is outside the dates of the workshop: %(dates)s.", day=given, dates=held), "day")
    starts_at = moment(day, start, workshop.zone, field="start")
    if until is not None and not day <= until <= workshop.ends_on + timedelta(days=1):
        raise RuleBroken(
            _("The last day must not be before the first, nor later than the night after the workshop."), "until"
        )
    ends_at = moment(until or day, end, workshop.zone, field="end")
    if ends_at <= starts_at:
        raise RuleBroken(
            _(
                "The session must end after it starts. If it ends on a later day, for example after midnight, give that day."
            ),
            "end",
        )
    return starts_at, ends_at


def as_form_times(starts_at: datetime | None, ends_at: datetime | None, zone: str) -> dict[str, date | time | None]:
    """The opposite of `span`, as a form shows it: `day`, `start`, `end`, and `until` where the last day is another."""
    if starts_at is None:
        return {"day": None, "start": None, "end": None, "until": None}
    day, start = local(starts_at, zone)
    last, end = local(ends_at, zone) if ends_at else (day, None)
    return {"day": day, "start": start, "end": end, "until": last if last != day else None}


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """By time; those without a time come last."""
    return sorted(sessions, key=lambda each: (each.starts_at or datetime.max.replace(tzinfo=UTC), each.number))


def by_day(sessions: Iterable[Session], zone: str) -> list[tuple[date | None, list[Session]]]:
    """The sessions of each day in order of time; those without a time come last, under no day."""
    days: dict[date | None, list[Session]] = {}
    for session in in_order(sessions):
        days.setdefault(local(session.starts_at, zone)[0] if session.starts_at else None, []).append(session)
    return list(days.items())
