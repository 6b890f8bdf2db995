"""A time zone as a calendar file describes it: when its clocks change."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@lru_cache(maxsize=64)
def vtimezone(zone: str, first: int, last: int) -> "Timezone":
    """The VTIMEZONE of a zone, good from the beginning of one year to the end of another.

    Every change is written out with its date: calendar programs agree on that, but not on rules of repetition.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # here because few requests need them

    rules = ZoneInfo(zone)
    component = Timezone()
    component.add("TZID", zone)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    before = begin.astimezone(rules).utcoffset() or timedelta()
    for change in [begin, *changes(rules, begin, datetime(last + 1, 1, 1, tzinfo=UTC))]:
        there = change.astimezone(rules)
        after = there.utcoffset() or timedelta()
        observance = TimezoneDaylight() if there.dst() else TimezoneStandard()
        observance.add("DTSTART", (change + before).replace(tzinfo=None))  # by the clock as it was until then
        observance.TZOFFSETFROM, observance.TZOFFSETTO = before, after
        observance.add("TZNAME", there.tzname() or zone)
        component.add_component(observance)
        before = after
    return component


def changes(rules: tzinfo, begin: datetime, end: datetime) -> list[datetime]:
    """The moments, in UTC, at which clocks are put forward or back."""
    found, day = [], begin
    while day < end:
        if offset(rules, day) != offset(rules, day + DAY):
            before, after = day, day + DAY
            while after - before > SECOND:
                middle = before + (after - before) / 2
                before, after = (middle, after) if offset(rules, middle) == offset(rules, day) else (before, middle)
            found.append(after.replace(microsecond=0))
        day += DAY
    return found


def offset(rules: tzinfo, moment: datetime) -> tuple[timedelta | None, timedelta | None]:
    there = moment.astimezone(rules)
    return there.utcoffset(), there.dst()
