"""What a reader must know about the workshop: language, time zone, where it is, what was said about columns before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from .agenda import When
from .clocks import Day


@dataclass(frozen=True)
class Setting:
    language: str = "en"
    zone: str = "UTC"
    columns: Mapping[str, str] = field(default_factory=dict)
    places: Collection[str] = ()

    def when(self, start: datetime, end: datetime | None) -> When:
        """Two moments as clocks at the workshop show them; without a zone of their own they are such already."""
        there = ZoneInfo(self.zone)
        begins = start.astimezone(there) if start.tzinfo else start
        ends = (end.astimezone(there) if end.tzinfo else end) if end else None
        stop = ends.time().replace(second=0, microsecond=0) if ends and ends.date() == begins.date() else None
        return When(Day(day=begins.date()), begins.time().replace(second=0, microsecond=0), stop)
