"""One group among those that a column divides everybody into: English, French and Spanish answers side by side.

Whoever sees the tables of all groups but one, and that of everybody, has the last one by subtraction. So a figure of a group
is shown only where the cross-table of the column with the question would show it: that is safe as a whole.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind

from ..disclosing.crossing import line_of
from ..freezing import CHOSEN, FIRST, NO_ANSWER, NOT_ASKED
from ..models import Precision, SnapshotColumn
from ..result_tables import Row, Tabulation, at_precision
from ..suppression import Figure, Hidden, is_small, threshold
from ..tallies.partitions import Sheet

Line = Mapping[int, Figure]  # a row of a cross-table, by the codes of the other column


@dataclass(frozen=True)
class Groups:
    """The tabulated whole, the column that divides it, and the code of one group."""

    whole: Sheet
    name: str
    code: int

    def keep_apart(self, table: Tabulation, definition: Definition) -> Tabulation:
        """The table of the group with all that is hidden which the others would give away."""
        question = definition.question(table.question)
        if question is None or not table.has_figures:
            return table
        columns = self.whole.of(question)
        withheld = at_precision(table, Precision.WITHHELD, responses=self.whole.snapshot.responses)
        if question.type in {Kind.COUNTRY, Kind.RANK}:  # whose rows are sums of codes
            return table if all(self._is_plain(column, threshold(question)) for column in columns) else withheld
        lines = [line_of(self.whole, self.name, self.code, column.question) for column in columns]
        known = [line for line in lines if line is not None and not isinstance(line.get(NOT_ASKED, 0), Hidden)]
        if len(known) < len(lines):
            return withheld
        if question.type is Kind.MATRIX:
            grid = [
                replace(each, cells=_masked(each.cells, _codes(line, len(each.cells))))
                for each, line in zip(table.grid, known, strict=True)
            ]
            return replace(table, grid=grid)
        figures = _codes(known[0], len(table.rows))
        if question.type is Kind.MANY:
            figures = [*(line.get(CHOSEN, 0) for line in known), known[0].get(NO_ANSWER, 0)]
        rows = _masked(table.rows, figures)
        left_open = not any(row.hidden for row in rows)
        answered = None if rows[-1].hidden else table.answered
        return replace(table, rows=rows, answered=answered, median=table.median if left_open else None)

    def _is_plain(self, column: SnapshotColumn, k: int) -> bool:
        """Whether no answer is small in any group."""
        groups = self.whole.columns[self.name].codes
        return not any(is_small(count, k) for count in Counter(zip(groups, column.codes, strict=True)).values())


def _codes(line: Line, length: int) -> list[Figure]:
    """The figures of a table's rows: its options in order, then those who gave no answer."""
    return [*(line.get(FIRST + place, 0) for place in range(length - 1)), line.get(NO_ANSWER, 0)]


def _masked(rows: Sequence[Row], figures: Sequence[Figure]) -> list[Row]:
    return [
        replace(row, count=None, share=None, hidden=Hidden.WITHHELD)
        if row.hidden is None and isinstance(figure, Hidden)
        else row
        for row, figure in zip(rows, figures, strict=True)
    ]
