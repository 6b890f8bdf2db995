"""What is shown of a question: rows, grids and figures, each either open or hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workshop.consultation.questions.question import Kind, Section
from workshop.platform.db import Words

from .suppression import Figure, Hidden, K

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
class Row:
    """One figure with its label. `count` is None where it is hidden; `share` (0 to 1) is of those asked, and None
    where that or the count is not shown."""

    label: Label
    count: int | None
    share: float | None = None
    hidden: Hidden | None = None
    k: int = K
    spread: Spread | None = None

    @property
    def suppressed(self) -> bool:
        return self.hidden is not None

    @property
    def mark(self) -> str:
        """What is printed in place of a hidden figure."""
        return self.hidden.label_at(self.k) if self.hidden else ""


@dataclass(frozen=True)
class GridRow:
    """A row of a matrix, or an option of a ranking: one cell for each of the tabulation's columns."""

    label: Label
    cells: Sequence[Row]


@dataclass(frozen=True)
class Tabulation:
    """The results of one question.

    `asked` and `answered` are None where that number is hidden. `rows` hold the options (for a matrix or a ranking
    `grid` does, under `columns`), then those who gave no answer. `spread` is that of figures without a currency.
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
