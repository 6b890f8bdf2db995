"""When each thing of a day is to be expected, given what has happened so far. Pure arithmetic on moments.

Whatever runs late moves what comes after it, up to the next hard stop. What would end after the stop no longer fits:
it is left out and named, and what follows is tried in its place. Nothing is expected before its planned time, nothing
is shortened, and what was planned for after a stop keeps its time.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Slot:
    """Something planned. `track` is where it takes place while other things go on elsewhere; None concerns everybody.

    `began` and `ended` are what happened in fact.
    """

    starts_at: datetime
    ends_at: datetime
    track: Hashable = None
    began: datetime | None = None
    ended: datetime | None = None

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True)
class Expected:
    """When it begins and ends, or did. Both are None for what was passed over or no longer fits before `stop`."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    stop: datetime | None = None


def waits_for(later: Slot, earlier: Slot) -> bool:
    """Whether one can begin only when the other is over: planned one after the other, and not in different rooms."""
    together = later.track is None or earlier.track is None or later.track == earlier.track
    return together and earlier.ends_at <= later.starts_at


def expect_times(slots: Sequence[Slot], stops: Sequence[datetime], now: datetime | None) -> list[Expected]:
    """One answer for each slot, in their order. `now` is None where the clock of that day does not run."""
    found: list[Expected] = []
    for place, slot in enumerate(slots):
        before = [found[n] for n in range(place) if waits_for(slot, slots[n])]
        if slot.began:
            found.append(_in_fact(slot, _stop(slot, stops), now))
        elif any(waits_for(other, slot) and other.began for other in slots[place + 1 :]):
            found.append(Expected())
        else:
            found.append(_to_come(slot, before, _stop(slot, stops), now))
    return found


def _stop(slot: Slot, stops: Sequence[datetime]) -> datetime | None:
    """The hard stop that its plan respects: the first one that it was not planned to run over."""
    return min((stop for stop in stops if stop >= slot.ends_at), default=None)


def _in_fact(slot: Slot, stop: datetime | None, now: datetime | None) -> Expected:
    began = slot.began or slot.starts_at
    if slot.ended:
        return Expected(began, slot.ended)
    ends_at = began + slot.length
    cut = stop is not None and ends_at > stop
    ends_at = max(stop, began) if cut and stop else ends_at
    return Expected(began, max(ends_at, now or ends_at), stop if cut else None)


def _to_come(slot: Slot, before: Sequence[Expected], stop: datetime | None, now: datetime | None) -> Expected:
    starts_at = max([slot.starts_at, *(each.ends_at for each in before if each.ends_at), *([now] if now else [])])
    ends_at = starts_at + slot.length
    return Expected(stop=stop) if stop and ends_at > stop else Expected(starts_at, ends_at)
