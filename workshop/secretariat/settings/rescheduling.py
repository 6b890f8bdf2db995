"""When the days or the zone of a workshop change, everything planned in it goes along: each package moves its own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from workshop.platform.db import Database
from workshop.platform.providers import Provided
from workshop.secretariat.series.models import Workshop


@dataclass(frozen=True)
class Moved:
    """What a change of days or zone means for everything with a time: so many days on, the clock at the place kept."""

    days: timedelta
    zone_before: str

    def __bool__(self) -> bool:
        return bool(self.days) or bool(self.zone_before)


planned_days = Provided[[Database, Workshop], Collection[date]]("The days at the place on which something is planned.")
rescheduled = Provided[[Database, Workshop, Moved], None]("Moves what is planned along with the workshop.")


def days_used(session: Database, workshop: Workshop) -> set[date]:
    return {day for days in planned_days(session, workshop) for day in days}


def reschedule(session: Database, workshop: Workshop, moved: Moved) -> None:
    if moved:
        rescheduled(session, workshop, moved)


def moved_moment(at: datetime, workshop: Workshop, moved: Moved) -> datetime:
    """The same time of day at the place, as many days on. The workshop has its new zone already."""
    zone_before = ZoneInfo(moved.zone_before or workshop.zone)
    there = at.astimezone(zone_before).replace(tzinfo=None) + moved.days
    return there.replace(tzinfo=ZoneInfo(workshop.zone)).astimezone(UTC)


def moved_moments(moments: Iterable[datetime | None], workshop: Workshop, moved: Moved) -> list[datetime | None]:
    return [moved_moment(at, workshop, moved) if at else None for at in moments]
