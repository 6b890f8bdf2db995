"""Reminders: which step has come, and who is still to be written to. No database, no request, no clock.

A package says from what its steps are counted, whom it reminds, and when that is over; its tables keep what was written.
Everything else is the same for all:

- A step is reminded of once, and nobody who was written to since its day began is written to at it.
- Of steps that were missed only the last is made up for.
- Steps move with the date they are counted from. One that has passed by being moved is given up: everybody would be
  written to at once, and nobody asked for that.
- What is closed reminds nobody.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Step(Generic[Key]):
    """One time of reminding. `key` is its name in the tables of the package, `day` the day at the place on which it comes."""

    key: Key
    at: datetime
    day: date


def step_at(key: Key, at: datetime, zone: str) -> Step[Key]:
    """The step that comes at a moment; "now" for one taken by hand."""
    return Step(key, at, at.astimezone(ZoneInfo(zone)).date())


def steps_from(day: date | None, numbers: Iterable[int], zone: str) -> list[Step[int]]:
    """Steps that many days after a day, or before it where the number is negative; none as long as there is no day."""
    if day is None:
        return []
    days = {number: day + timedelta(days=number) for number in numbers}
    return [Step(number, began(each, zone), each) for number, each in days.items()]


def began(day: date, zone: str) -> datetime:
    """The first moment of a day at the place."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class Schedule(Generic[Key]):
    """The steps towards one date, and whether reminding is over."""

    steps: Sequence[Step[Key]]
    closed: bool = False

    def ahead(self, at: datetime) -> list[Step[Key]]:
        """The steps that are still to come, the next one first."""
        return sorted((step for step in self.steps if step.at > at), key=lambda step: step.at)

    def come(self, at: datetime, *, planned: datetime | None = None) -> Step[Key] | None:
        """The last step that has come. `planned` is when it was to come: any that is before that was moved, and is given up."""
        come = [step for step in self.steps if step.at <= at and (planned is None or step.at >= planned)]
        return max(come, key=lambda step: step.at, default=None)

    def due(self, at: datetime, *, planned: datetime | None = None) -> Step[Key] | None:
        """The step to be reminded of now."""
        return None if self.closed else self.come(at, planned=planned)


@dataclass(frozen=True)
class LettersWritten(Generic[Key]):
    """What was written before: at which steps to whom, and on which day somebody was written to last."""

    steps: Collection[tuple[Hashable, Key]] = ()
    last: Mapping[Hashable, date] = field(default_factory=dict)

    def covers(self, who: Hashable, step: Step[Key]) -> bool:
        """Whether that person is not to be written to at this step."""
        return (who, step.key) in self.steps or self.last.get(who, date.min) >= step.day
