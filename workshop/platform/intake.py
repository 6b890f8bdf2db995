"""The import report: what becomes of every row of a file, the same for each kind of file. No database, no request, no clock."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Self, TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.errors import RuleBroken
from workshop.platform.labels import Labelled


class Outcome(Labelled):
    """What becomes of a row."""

    CREATED = "created", _l("created"), "good"
    UPDATED = "updated", _l("updated"), "good"
    UNCHANGED = "unchanged", _l("unchanged")
    STRUCTURAL = "structural", _l("beginnings and ends of groups")
    REJECTED = "rejected", _l("rejected"), "bad"


@dataclass(frozen=True)
class Remark:
    """Something about the file, and where: rows as they are numbered in it, or a `place` in words."""

    reason: str
    rows: tuple[int, ...] = ()
    sheet: str = ""
    column: str = ""
    text: str = ""
    place: str = ""

    @property
    def row(self) -> int | None:
        return self.rows[0] if self.rows else None

    def as_json(self) -> dict[str, object]:
        if self.place:
            return {"place": self.place, "message": self.reason}
        told = {
            "sheet": self.sheet,
            "row": self.row,
            "rows": list(self.rows),
            "column": self.column,
            "text": self.text,
            "reason": self.reason,
        }
        if len(self.rows) < 2:
            del told["rows"]
        return {key: value for key, value in told.items() if value not in ("", None, [])}


class PackedRemark(TypedDict):
    """As JSON keeps a remark."""

    reason: str
    rows: list[int]
    sheet: str
    column: str
    text: str
    place: str


class PackedReport(TypedDict):
    """As JSON keeps a report: outcomes by their values, lines as lists of three."""

    rows: int
    counts: dict[str, int]
    rejected: list[PackedRemark]
    warnings: list[PackedRemark]
    changes: list[str]
    lines: list[tuple[str, str, str]]
    kind: str


@dataclass(frozen=True)
class Line:
    """One row of the file."""

    place: str
    label: str
    outcome: Outcome


@dataclass(frozen=True)
class ImportReport:
    """What an import does, or did. Every row of the file is counted once.

    `rejected` says why rows are left out, `warnings` what else was odd; `changes` are sentences. `compared_with` names
    the state of what is here already, where the rest of the report would not show that it has changed.
    """

    rows: int
    counts: Mapping[Outcome, int]
    rejected: Sequence[Remark] = ()
    warnings: Sequence[Remark] = ()
    changes: Sequence[str] = ()
    lines: Sequence[Line] = ()
    kind: str = ""
    compared_with: str = ""

    def __post_init__(self) -> None:
        if sum(self.counts.values()) != self.rows:
            raise ValueError(f"{self.rows} rows in the file, {sum(self.counts.values())} in the report: {self.counts}")

    @property
    def imported(self) -> int:
        """How many rows are not left out."""
        return self.rows - self.counts.get(Outcome.REJECTED, 0)

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "rows": self.rows,
            **{outcome.value: number for outcome, number in self.counts.items()},
            "warnings": [remark.as_json() for remark in (*self.rejected, *self.warnings)],
        }

    def without_names(self) -> Self:
        """As it is kept for good: how many rows, and which were left out why, but nothing that stood in them."""
        left_out = [replace(remark, text="") for remark in self.rejected]
        return replace(self, lines=(), rejected=left_out, warnings=[replace(each, text="") for each in self.warnings])

    def packed(self) -> dict[str, object]:
        """As a worker that made it hands it on; `unpacked` gives it back, but for what it was compared with."""
        return {
            "rows": self.rows,
            "counts": {outcome.value: number for outcome, number in self.counts.items()},
            "rejected": [asdict(remark) for remark in self.rejected],
            "warnings": [asdict(remark) for remark in self.warnings],
            "changes": [*self.changes],
            "lines": [[line.place, line.label, line.outcome.value] for line in self.lines],
            "kind": self.kind,
        }

    @classmethod
    def unpacked(cls, packed: PackedReport) -> Self:
        return cls(
            rows=packed["rows"],
            counts={Outcome(outcome): number for outcome, number in packed["counts"].items()},
            rejected=[_remark(each) for each in packed["rejected"]],
            warnings=[_remark(each) for each in packed["warnings"]],
            changes=packed["changes"],
            lines=[Line(place, label, Outcome(outcome)) for place, label, outcome in packed["lines"]],
            kind=packed["kind"],
        )

    def fingerprint(self) -> str:
        """Names this report, so that a preview and the import that follows can be told to be the same."""
        lines = [(line.place, line.label, line.outcome) for line in self.lines]
        rejected = [remark.as_json() for remark in self.rejected]
        said = [self.compared_with, dict(self.counts), lines, rejected, [*self.changes]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]

    def refuse_unseen(self, seen: str | None) -> None:
        """What is imported is what was seen: `seen` is the fingerprint of the preview that a person agreed to."""
        if seen != self.fingerprint():
            raise RuleBroken(
                _("Nothing was imported: the preview has changed since you opened it. Check it, then import again.")
            )


def _remark(packed: PackedRemark) -> Remark:
    return Remark(
        packed["reason"],
        rows=tuple(packed["rows"]),
        sheet=packed["sheet"],
        column=packed["column"],
        text=packed["text"],
        place=packed["place"],
    )
