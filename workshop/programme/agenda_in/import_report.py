"""The import report of an agenda, while its file is compared with a workshop and once that is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, cast

from workshop.platform.intake import ImportReport, Line, Outcome, PackedReport, Remark

from .reading import agenda_file
from .reading.agenda_file import Agenda

WEIGHTIEST_FIRST = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)


class PackedAgendaReport(PackedReport):
    kept: int
    totals: dict[str, int]


@dataclass(frozen=True)
class AgendaReport(ImportReport):
    """`kept` counts what the workshop says although the file says otherwise, `totals` what the file holds."""

    kept: int = 0
    totals: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return super().as_json() | {"totals": dict(self.totals)}

    def packed(self) -> dict[str, object]:
        return super().packed() | {"kept": self.kept, "totals": dict(self.totals)}

    @classmethod
    def unpacked(cls, packed: PackedReport) -> Self:
        own = cast(PackedAgendaReport, packed)
        return replace(super().unpacked(packed), kept=own["kept"], totals=own["totals"])

    def as_stored(self) -> dict[str, object]:
        """As it is kept with the import."""
        lines = [[line.place, line.label, line.outcome.value] for line in self.lines]
        return self.as_json() | {"kept": self.kept, "kind": self.kind, "changes": [*self.changes], "lines": lines}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "AgendaReport":
        """What was kept. The rows that were left out stand among its warnings."""
        return cls(
            rows=stored["rows"],
            counts={outcome: stored[outcome] for outcome in (*WEIGHTIEST_FIRST, Outcome.REJECTED)},
            warnings=[Remark(each["message"], place=each["place"]) for each in stored["warnings"]],
            changes=stored["changes"],
            lines=[Line(place, label, Outcome(outcome)) for place, label, outcome in stored["lines"]],
            kind=stored["kind"],
            kept=stored["kept"],
            totals=stored["totals"],
        )


@dataclass
class Comparison:
    """Grows into the report while an agenda is compared with a workshop."""

    agenda: Agenda
    outcomes: dict[int, set[Outcome]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    kept: list[agenda_file.Remark] = field(default_factory=list)

    def note(self, row: int, outcome: Outcome, sentence: str = "") -> None:
        """Something of this row was created, updated or left; the row counts by its weightiest."""
        self.outcomes.setdefault(row, set()).add(outcome)
        if sentence:
            self.changes.append(sentence)

    def keep(self, row: int, message: str) -> None:
        """What the workshop says stays, although the file says otherwise."""
        self.kept.append(agenda_file.Remark(self.agenda.rows[row].place, str(message)))

    def outcome(self, row: int) -> Outcome:
        if self.agenda.rows[row].rejected:
            return Outcome.REJECTED
        found = self.outcomes.get(row, set())
        return next((each for each in WEIGHTIEST_FIRST if each in found), Outcome.UNCHANGED)

    def report(self, *, overwrite: bool = False) -> AgendaReport:
        lines = [Line(row.place, row.label, self.outcome(index)) for index, row in enumerate(self.agenda.rows)]
        outcomes = [line.outcome for line in lines]
        odd = [*self.kept, *self.agenda.remarks]
        return AgendaReport(
            rows=len(self.agenda.rows),
            counts={outcome: outcomes.count(outcome) for outcome in (*WEIGHTIEST_FIRST, Outcome.REJECTED)},
            rejected=[Remark(row.rejected, place=row.place) for row in self.agenda.rows if row.rejected],
            warnings=[Remark(each.message, place=each.place) for each in odd],
            changes=self.changes,
            lines=lines,
            kind=self.agenda.kind,
            compared_with="all" if overwrite else "some",
            kept=len(self.kept),
            totals=self.agenda.totals(),
        )
