"""What the page of the timetable shows."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from markupsafe import Markup, escape

from ..models import Move
from . import grid
from .clash_phrases import Wording
from .clashes import PRESIDING, Clash, Level, Tally, tally
from .forms import NewSessionForm, PlaceForm
from .moves import Step, Then, length_of
from .plan import Entry, Programme

ALL = "all"
NAMES = 4  # of the people in a session; more would make its place taller than its time


@dataclass(frozen=True)
class Screen:
    """The timetable as one organiser has it before her: `day` is a date, "all", or None for the first with sessions.

    `chosen` is the session whose form is open, `stale` what to say when somebody else moved it first, `move` the move
    just made, `said` a refusal. `clashes` are all there are, `sentences` tell the first of them.
    """

    programme: Programme
    words: Wording
    day: date | str | None = None
    chosen: Entry | None = None
    form: PlaceForm | None = None
    new: NewSessionForm | None = None
    stale: object = None
    move: Move | None = None
    said: str = ""
    clashes: list[Clash] = field(default_factory=list)
    sentences: list[tuple[Markup, Level]] = field(default_factory=list)

    @cached_property
    def days(self) -> list[date]:
        return grid.days_of(self.programme)

    @cached_property
    def shown(self) -> date | str:
        """The day that is shown, or "all"."""
        if self.day and (self.day == ALL or self.day in self.days):
            return self.day
        if self.chosen and (day := self.programme.day_of(self.chosen)):
            return day
        used = {self.programme.day_of(each) for each in self.programme.entries}
        return next((day for day in self.days if day in used), self.days[0])

    @property
    def grids(self) -> list[grid.Day]:
        days = [self.shown] if isinstance(self.shown, date) else self.days
        return [grid.grid_of(self.programme, day) for day in days]

    @property
    def unplaced(self) -> list[Entry]:
        return grid.unplaced_sessions(self.programme)

    @cached_property
    def marks(self) -> dict[int, Tally]:
        """How many clashes and gaps each session has part in."""
        found: dict[int, Tally] = {}
        for clash in self.clashes:
            for id in clash.sessions:
                found[id] = found.get(id, Tally()).plus(clash.rule)
        return found

    def people_in(self, entry: Entry) -> tuple[list[str], int]:
        """Who is needed there, each once, those who preside first; and how many there are beside those named."""
        needed = self.programme.people_of.get(entry.id, [])
        placed = sorted(needed, key=lambda each: each.part not in PRESIDING)
        names = list({each.person: each.name for each in placed}.values())
        return names[:NAMES], max(len(names) - NAMES, 0)

    @property
    def tally(self) -> Tally:
        return tally(self.clashes)

    @property
    def moved(self) -> Entry | None:
        """The session just moved, unless it was removed since."""
        return self.programme.by_id.get(self.move.before[0]["id"]) if self.move else None

    @property
    def along(self) -> int:
        """How many others moved along."""
        return len(self.move.before) - 1 if self.move else 0

    def on(self, day: date) -> int:
        """How many sessions stand on that day."""
        return sum(self.programme.day_of(each) == day for each in self.programme.entries)

    @property
    def thens(self) -> tuple[Then, ...]:
        return tuple(Then)

    @cached_property
    def _steps(self) -> dict[Step, tuple[Markup, Markup]]:
        """Written out once: every session has the same buttons."""
        return {step: (escape(step.value), escape(str(step.label))) for step in Step}

    @cached_property
    def _order_of_rooms(self) -> dict[int | None, int]:
        return {room.id: place for place, room in enumerate(self.programme.rooms)}

    def steps(self, entry: Entry) -> list[tuple[Markup, Markup]]:
        """The buttons that lead somewhere from where this session stands, each with its label."""
        day, at = self.programme.day_of(entry), self._order_of_rooms.get(entry.place.room, -1)
        if day is None:
            return []
        missing = {
            Step.ROOM_BEFORE: at < 1,
            Step.ROOM_AFTER: at == len(self.programme.rooms) - 1,
            Step.DAY_BEFORE: day <= self.programme.first,
            Step.DAY_AFTER: day >= self.programme.last,
        }
        return [self._steps[step] for step in Step if not missing.get(step)]

    def length(self, entry: Entry) -> int:
        return length_of(entry)
