"""The account of an import: what became of every row, what was odd, what changes, in sentences."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from .reading.agenda_file import Agenda, Remark

OUTCOMES = ("created", "updated", "unchanged")


@dataclass
class Account:
    """Grows while an agenda is compared with a workshop."""

    agenda: Agenda
    outcomes: dict[int, set[str]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    kept: list[Remark] = field(default_factory=list)

    def note(self, row: int, outcome: str, sentence: str = "") -> None:
        """Something of this row was created, updated or left; the row counts by its weightiest."""
        self.outcomes.setdefault(row, set()).add(outcome)
        if sentence:
            self.changes.append(sentence)

    def keep(self, row: int, message: str) -> None:
        """What the workshop says stays, although the file says otherwise."""
        self.kept.append(Remark(self.agenda.rows[row].place, str(message)))

    def outcome(self, row: int) -> str:
        if self.agenda.rows[row].rejected:
            return "rejected"
        found = self.outcomes.get(row, set())
        return next((each for each in OUTCOMES if each in found), "unchanged")

    def done(self) -> "Result":
        outcomes = [self.outcome(row) for row in range(len(self.agenda.rows))]
        rejected = [Remark(row.place, row.rejected) for row in self.agenda.rows if row.rejected]
        return Result(
            kind=self.agenda.kind,
            rows=len(outcomes),
            counts={name: outcomes.count(name) for name in (*OUTCOMES, "rejected")},
            lines=[(row.place, row.label, outcome) for row, outcome in zip(self.agenda.rows, outcomes, strict=True)],
            warnings=[*rejected, *self.kept, *self.agenda.remarks],
            kept=len(self.kept),
            changes=self.changes,
            totals=self.agenda.totals(),
        )


@dataclass(frozen=True)
class Result:
    """The account as it is shown: `lines` are place, label and outcome of every row."""

    kind: str
    rows: int
    counts: dict[str, int]
    lines: list[tuple[str, str, str]]
    warnings: list[Remark]
    kept: int
    changes: list[str]
    totals: dict[str, int]

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "rows": self.rows,
            **self.counts,
            "warnings": [asdict(each) for each in self.warnings],
            "totals": self.totals,
        }

    def fingerprint(self) -> str:
        """Tells whether the account that somebody agreed to is still the account."""
        said = json.dumps([self.counts, self.lines, self.changes], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:32]
