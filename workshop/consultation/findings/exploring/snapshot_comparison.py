"""Two snapshots of a questionnaire side by side, from what each of them shows. No database, no request, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..result_tables import Label, Row, Tabulation


@dataclass(frozen=True)
class Pair:
    """One figure in both; None where one of them has no such figure."""

    label: Label
    column: Label
    earlier: Row | None
    later: Row | None

    @property
    def change(self) -> int | None:
        """In points of percent, from the shares as they are printed."""
        if self.earlier is None or self.later is None:
            return None
        before, after = self.earlier.percent, self.later.percent
        return None if before is None or after is None else after - before


@dataclass(frozen=True)
class Comparison:
    """One question in both: `table` is that of the later one where it asks it."""

    table: Tabulation
    earlier: Tabulation | None
    later: Tabulation | None
    pairs: list[Pair]


def compare(earlier: Iterable[Tabulation], later: Iterable[Tabulation]) -> list[Comparison]:
    """Every question that either of them asks, in the order of the later one."""
    before, after = ({table.question: table for table in tables} for tables in (earlier, later))
    both = {**before, **after}
    return [_compared(both[name], before.get(name), after.get(name)) for name in dict.fromkeys([*after, *before])]


def _compared(table: Tabulation, earlier: Tabulation | None, later: Tabulation | None) -> Comparison:
    before, after = _figures(earlier), _figures(later)
    pairs = []
    for key in dict.fromkeys([*after, *before]):
        label, column, _row = after.get(key) or before[key]
        pairs.append(Pair(label, column, _row_of(before, key), _row_of(after, key)))
    return Comparison(table, earlier, later, pairs)


Figures = Mapping[tuple[str, str], tuple[Label, Label, Row]]


def _figures(table: Tabulation | None) -> Figures:
    return {(str(label), str(column)): (label, column, row) for label, column, row in _each(table)} if table else {}


def _each(table: Tabulation) -> Iterator[tuple[Label, Label, Row]]:
    for row in table.rows:
        yield row.label, "", row
    for line in table.grid:
        for cell in line.cells:
            yield line.label, cell.label, cell


def _row_of(figures: Figures, key: tuple[str, str]) -> Row | None:
    return figures[key][2] if key in figures else None
