"""One question being counted: its cells, what may be shown of them, and the tabulation they make."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict, Unpack

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Question, Section

from .freezing import FIRST, NO_ANSWER
from .models import SnapshotColumn
from .result_tables import GridRow, Label, Row, Spread, Tabulation, row
from .suppression import Figure, Hidden, Range, protect
from .tallies.partitions import Sheet, Untold

NO_ANSWER_LABEL = _l("No answer")
OTHER_LABEL = _l("Other")
NOTHING_SHOWN = _l("No figure can be shown here without revealing a small one.")
ALL_THE_SAME = _l(
    "All who answered gave the same answer, so this reveals something about each of them: use it with care."
)
ASKED_WITHHELD = _l("The number asked is withheld: it would reveal a small figure of an earlier question.")


class TabulationParts(TypedDict, total=False):
    """What a tabulation may have beside its rows."""

    columns: Sequence[Label]
    grid: Sequence[GridRow]
    spread: Spread | None
    median: Decimal | None


@dataclass
class Count:
    """One question being counted. `untold` is what readers must not know of how many were not asked."""

    sheet: Sheet
    section: Section
    question: Question
    asked: int
    untold: Untold | None
    k: int

    @property
    def known(self) -> int | None:
        """How many were asked, where readers may know it."""
        return None if self.untold else self.asked

    @property
    def columns(self) -> list[SnapshotColumn]:
        return self.sheet.of(self.question)

    def tally(self, column: SnapshotColumn) -> list[int]:
        """How often each code stands in a column: no answer first, then the options."""
        return [column.codes.count(code) for code in range(NO_ANSWER, FIRST + len(column.options))]

    def protect(self, counts: Sequence[int], no_answer: int) -> tuple[list[Figure], Figure]:
        """Cells that with those who gave no answer make up all who were asked."""
        beside = (self.untold.rest, self.untold.possible) if self.untold else None
        *cells, left = protect([*counts, no_answer], beside=beside, k=self.k)
        return cells, left

    def known_sum(self, inside: Sequence[Figure], outside: Sequence[Figure]) -> Range | None:
        """The least and most that readers can think the sum of some cells of a partition is, given those outside
        as well; None where they know it."""
        all_withheld = all(figure is Hidden.WITHHELD for figure in (*inside, *outside))
        total = self.asked + (self.untold.rest if self.untold else 0)
        spans = {Hidden.UNDER: (1, self.k - 1), Hidden.WITHHELD: (0 if all_withheld else self.k, total)}
        within, without = (
            [spans[figure] if isinstance(figure, Hidden) else (figure, figure) for figure in side]
            for side in (inside, outside)
        )
        without += [self.untold.possible] if self.untold else []
        least = max(sum(low for low, _ in within), total - sum(high for _, high in without))
        most = min(sum(high for _, high in within), total - sum(low for low, _ in without))
        return (least, most) if least < most else None

    def row(self, label: Label, figure: Figure, spread: Spread | None = None) -> Row:
        return row(label, figure, asked=self.known, k=self.k, spread=spread)

    def result(
        self, left: Figure, rows: Sequence[Row], notes: Sequence[str] = (), **more: Unpack[TabulationParts]
    ) -> Tabulation:
        """The tabulation with its rows, and one for those who gave no answer."""
        answered = None if self.known is None or isinstance(left, Hidden) else self.known - left
        rows = (*rows, self.row(NO_ANSWER_LABEL, left))
        return self.bare(answered=answered, rows=rows, notes=notes, **more)

    def bare(
        self,
        notes: Sequence[str] = (),
        *,
        answered: int | None = None,
        rows: Sequence[Row] = (),
        **more: Unpack[TabulationParts],
    ) -> Tabulation:
        """The tabulation without rows."""
        q = self.question
        notes = (*notes, *((ASKED_WITHHELD,) if self.untold else ()))
        return Tabulation(
            question=q.code,
            section=self.section,
            title=q.text,
            kind=q.type,
            asked=self.known,
            k=self.k,
            unit=q.unit,
            notes=notes,
            answered=answered,
            rows=rows,
            **more,
        )


def labels_of(question: Question) -> list[Label]:
    """The labels of a question's options, in the order of its columns."""
    return [option.label for option in question.options] + ([OTHER_LABEL] if question.other else [])


def remarks(counts: Sequence[int], cells: Sequence[Figure]) -> tuple[str, ...]:
    """What to say of a partition: that nothing could be shown, or that everybody is in one cell."""
    if cells and all(isinstance(cell, Hidden) for cell in cells):
        return (NOTHING_SHOWN,)
    return (ALL_THE_SAME,) if sum(1 for count in counts if count) == 1 else ()
