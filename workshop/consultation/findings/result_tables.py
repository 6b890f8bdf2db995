"""What is shown of a question: rows, grids and figures, each either open or hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Kind, Section
from workshop.platform.db import Words

from .models import TIMES, Precision
from .suppression import Figure, Hidden, K, nearest

BANDED = {Kind.INTEGER, Kind.DECIMAL, Kind.YEAR}
COMPARED = _l(
    "Withheld: compared with results that were shown earlier, it would reveal the answers of the few people who are in "
    "only one of them."
)

Label = Words | str  # a text of the questionnaire, or one of ours that waits to be translated


@dataclass(frozen=True)
class Spread:
    """Where figures lie: never one answer alone. `lower` and `upper` are None where too few answered for them."""

    median: Decimal
    lowest: Decimal
    highest: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True)
class Worth:
    """What the median of a currency was worth in another one on a day, and who says so."""

    median: Decimal
    into: str
    on: date
    source: str = ""


@dataclass(frozen=True)
class Row:
    """One figure with its label. `count` is None where it is hidden; `share` (0 to 1) is of those asked, and None
    where that or the count is not shown."""

    label: Label
    count: int | None
    share: float | None = None
    hidden: Hidden | None = None
    k: int = K
    spread: Spread | None = None
    worth: Worth | None = None

    @property
    def suppressed(self) -> bool:
        return self.hidden is not None

    @property
    def percent(self) -> int | None:
        """The share as it is printed everywhere: rounded once, halves up."""
        if self.share is None:
            return None
        return int((Decimal(str(self.share)) * 100).quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def mark(self) -> str:
        """What is printed in place of a hidden figure."""
        return self.hidden.label_at(self.k) if self.hidden else ""


@dataclass(frozen=True)
class GridRow:
    """A row of a matrix, or an option of a ranking: one cell for each of the tabulation's columns. An option also has its
    points, where they may be shown: as many as there are places for each first one, one less for each second."""

    label: Label
    cells: Sequence[Row]
    points: int | None = None


@dataclass(frozen=True)
class Tabulation:
    """The results of one question.

    `asked` and `answered` are None where that number is hidden. `rows` hold the options (for a matrix or a ranking
    `grid` does, under `columns`), then those who gave no answer. `spread` is that of figures without a currency, `median`
    that of a scale. `number` counts the tables of a snapshot; `chosen` is the title that a person gave this one.
    """

    question: str
    section: Section
    title: Words
    kind: Kind
    asked: int | None
    answered: int | None = None
    rows: Sequence[Row] = ()
    columns: Sequence[Label] = ()
    grid: Sequence[GridRow] = ()
    spread: Spread | None = None
    unit: str = ""
    k: int = K
    notes: Sequence[str] = ()
    precision: Precision = Precision.EXACT
    median: Decimal | None = None
    number: int = 0
    chosen: Words = field(default_factory=Words)

    @property
    def name(self) -> Words:
        """What the table is called: as a person chose, language by language, else the question."""
        return Words({**self.title, **self.chosen})

    @property
    def code(self) -> str:
        """The code of its question, by which it is found again; a cross-table has those of its questions in its title."""
        return "" if TIMES in self.question else self.question

    @property
    def has_figures(self) -> bool:
        return bool(self.rows or self.grid)

    @property
    def scale(self) -> int:
        """What a bar of full length stands for: all who were asked; in a grid, and where that is hidden, the largest
        figure shown."""
        shown = [cell.count or 0 for each in self.grid for cell in each.cells] or [row.count or 0 for row in self.rows]
        return max(shown, default=0) or 1 if self.grid or not self.asked else self.asked


def row(label: Label, figure: Figure, *, asked: int | None, k: int = K, spread: Spread | None = None) -> Row:
    """A row of a figure as it may be shown."""
    if isinstance(figure, Hidden):
        return Row(label, None, hidden=figure, k=k, spread=spread)
    return Row(label, figure, figure / asked if asked else None, k=k, spread=spread)


def at_precision(table: Tabulation, precision: Precision | None, *, responses: int) -> Tabulation:
    """The table as closely as it may be shown. Rounded, it has no shares: they would lead back to the figures."""
    if precision is Precision.WITHHELD:
        kept = Tabulation(table.question, table.section, table.title, table.kind, None, k=table.k, notes=(COMPARED,))
        return replace(kept, precision=precision)
    if precision is not Precision.ROUNDED:
        return table
    rows = [_rounded(row, table.k) for row in table.rows]
    return replace(
        table,
        precision=precision,
        asked=table.asked if table.asked == responses else _nearest(table.asked, table.k),  # n is told anyway
        answered=_nearest(table.answered, table.k),
        median=None,
        rows=rows[-1:] if table.kind in BANDED else rows,  # bands would tell one answer from the next
        grid=[
            replace(each, cells=[_rounded(cell, table.k) for cell in each.cells], points=None) for each in table.grid
        ],
        notes=(*table.notes, _rounding(table.k)),
    )


def _rounding(k: int) -> str:
    return _l(
        "Figures are rounded to the nearest %(k)s, so that no one can be identified by comparing them with later results.",
        k=k,
    )


def _rounded(row: Row, k: int) -> Row:
    return replace(row, count=_nearest(row.count, k), share=None)


def _nearest(count: int | None, k: int) -> int | None:
    return count and nearest(count, k)
