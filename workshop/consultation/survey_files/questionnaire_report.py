"""What became of every row of a file: created, updated, unchanged, structural or unsupported, with the reasons."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Remark:
    """Something about rows of a sheet. Rows are numbered as in the file; `column` and `text` where there is one."""

    reason: str
    rows: tuple[int, ...] = ()
    sheet: str = ""
    column: str = ""
    text: str = ""

    @property
    def row(self) -> int | None:
        return self.rows[0] if self.rows else None

    def as_json(self) -> dict[str, object]:
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


@dataclass
class Account:
    """The account of one file. `taken` maps each row that went into a question to that question's code;
    `state_of` says what became of the question where there was one before."""

    format: str
    rows: int = 0
    structural: int = 0
    taken: dict[int, str] = field(default_factory=dict)
    unsupported: list[Remark] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    questions: int = 0
    state_of: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    said: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)

    @property
    def warnings(self) -> list[Remark]:
        """What of the rows taken was not taken with them."""
        return [
            Remark(reason, tuple(rows), sheet, column, text)
            for (reason, sheet, column, text), rows in self.said.items()
        ]

    def refuse(self, row: int, reason: str, *, sheet: str = "", text: str = "") -> None:
        """A row that is not taken."""
        self.unsupported.append(Remark(reason, (row,), sheet, text=text))

    def warn(self, reason: str, *rows: int, sheet: str = "", column: str = "", text: str = "") -> None:
        """Something of a row that is not taken, though the row is. The same about several rows is said once."""
        self.said.setdefault((str(reason), sheet, column, text[:300]), []).extend(rows)

    def count(self, state: str) -> int:
        """How many rows went into questions that are "created", "updated" or "unchanged"."""
        return sum(self.state_of.get(code, "created") == state for code in self.taken.values())

    @property
    def counts(self) -> Iterator[tuple[str, int]]:
        """Every row once: the numbers add up to `rows`."""
        for state in ("created", "updated", "unchanged"):
            yield state, self.count(state)
        yield "structural", self.structural
        yield "unsupported", len(self.unsupported)

    def as_json(self) -> dict[str, object]:
        counts = {state: number for state, number in self.counts if state != "unsupported"}
        return {
            "format": self.format,
            "rows": self.rows,
            **counts,
            "unsupported": [remark.as_json() for remark in self.unsupported],
            "warnings": [remark.as_json() for remark in self.warnings],
            "languages": self.languages,
            "questions": self.questions,
            "removed": self.removed,
        }
