"""Whether a table may be shown beside those that were shown before of the same questionnaire, and how closely.

Two snapshots side by side show what the people said who are in one of them only. So a table that was shown with exact
figures is shown exactly again only where no figure differs by one to k-1, and the same figures are hidden. Where that is
not so it is rounded to k, and where even that would tell, withheld. Of what was shown rounded, later figures may be exact:
each rounded one leaves k values possible.

The reader is taken to know all tables, the number of answers, k and that answers are mostly added, seldom withdrawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.consultation.questions.question import Kind, Question

from ..freezing import FIRST, NO_ANSWER, NOT_ASKED
from ..models import Precision, SnapshotColumn
from ..suppression import Figure, Hidden, Range, is_small, nearest
from ..tallies.partitions import Sheet

MARKS = {NOT_ASKED: "/", NO_ANSWER: "-"}  # no option is called so


@dataclass(frozen=True)
class Cell:
    """One figure of a partition of all who answered, and whether readers see it."""

    count: int
    hidden: Hidden | None = None


Cells = Mapping[str, Cell]


@dataclass(frozen=True)
class TableFacts:
    """All that a table tells: partitions of everybody, and figures answered, if any."""

    partitions: Mapping[str, Cells]
    figures: Mapping[str, object]
    responses: int
    k: int


def table_of(sheet: Sheet, question: Question) -> TableFacts:
    """What the table of a question tells once it was tabulated."""
    columns = sheet.of(question)
    partitions = {column.question: _cells(sheet, column, ranked=question.type is Kind.RANK) for column in columns}
    responses, (column, *_others) = sheet.snapshot.responses, columns
    k = sheet.strictest(question)
    for code, number in column.named.items():
        named = Cell(number, Hidden.UNDER if is_small(number, k) else None)
        partitions[f"{column.question}:{code}"] = {"named": named, "not named": Cell(responses - number, named.hidden)}
    return TableFacts(partitions, column.figures, responses, k)


def _cells(sheet: Sheet, column: SnapshotColumn, *, ranked: bool) -> Cells:
    marks: Mapping[int, Figure] = sheet.hidden.get(column.question, {})
    cells = {}
    for code in range(FIRST + len(column.options)):
        count = column.codes.count(code)
        if count:
            mark = marks.get(code)
            name = MARKS.get(code) or column.options[code - FIRST]
            cells[name] = Cell(count, mark if isinstance(mark, Hidden) else None)
    if ranked:
        figure = sheet.ranked.get(column.question)
        hidden = figure if isinstance(figure, Hidden) else None
        return {name: Cell(cell.count, hidden) for name, cell in cells.items()}
    return cells


def closest(new: TableFacts, earlier: Iterable[tuple[TableFacts, Precision]], *, rounded: bool) -> Precision:
    """How closely a table may be shown, given how the same one was shown before."""
    precision = Precision.ROUNDED if rounded else Precision.EXACT
    alone = precision is Precision.EXACT or _rounds_safely(new)
    safe = alone and all(_is_safe(old, before, new, precision) for old, before in earlier)
    return precision if safe else Precision.WITHHELD


def _rounds_safely(table: TableFacts) -> bool:
    """Whether the number of answers, which is told exactly, leaves several values possible for each rounded figure."""
    for cells in table.partitions.values():
        ranges = narrow(_ranges(cells, Precision.ROUNDED, table), table.responses)
        if any(low == high and cells[name].count != table.responses for name, (low, high) in ranges.items()):
            return False
    return True


def _range(cell: Cell, precision: Precision, table: TableFacts) -> Range:
    k = table.k
    if cell.hidden is Hidden.UNDER or is_small(cell.count, k):
        return 1, k - 1
    if cell.hidden:
        return 0, table.responses
    if precision is Precision.EXACT or cell.count in {0, table.responses}:
        return cell.count, cell.count
    middle = nearest(cell.count, k)
    return max(k, middle - k // 2), middle - k // 2 + k - 1


def _ranges(cells: Cells, precision: Precision, table: TableFacts) -> dict[str, Range]:
    return {name: _range(cell, precision, table) for name, cell in cells.items()}


def narrow(ranges: Mapping[str, Range], total: int) -> dict[str, Range]:
    """What remains possible for each figure of a partition whose sum is known."""
    lows, highs = sum(low for low, _ in ranges.values()), sum(high for _, high in ranges.values())
    return {
        name: (max(low, total - (highs - high)), min(high, total - (lows - low)))
        for name, (low, high) in ranges.items()
    }


def _is_safe(old: TableFacts, before: Precision, new: TableFacts, now: Precision) -> bool:
    if Precision.WITHHELD in {before, now}:
        return True
    exact = before is now is Precision.EXACT
    if exact and old.figures != new.figures:
        return False
    k = max(old.k, new.k)
    empty: Cells = {}
    for name in old.partitions.keys() | new.partitions.keys():
        cells = old.partitions.get(name, empty), new.partitions.get(name, empty)
        if not (_same_but_for_many(*cells, k) if exact else _leaves_open(cells, (old, new), (before, now), k)):
            return False
    return True


def _same_but_for_many(old: Cells, new: Cells, k: int) -> bool:
    """Whether each figure is the same or differs by k or more, and the same ones are hidden."""
    nothing = Cell(0)
    pairs = [(old.get(name, nothing), new.get(name, nothing)) for name in old.keys() | new.keys()]
    return all(not is_small(abs(a.count - b.count), k) and a.hidden == b.hidden for a, b in pairs)


def _leaves_open(
    cells: tuple[Cells, Cells], tables: tuple[TableFacts, TableFacts], precisions: tuple[Precision, Precision], k: int
) -> bool:
    """Whether no difference is known to be small, and no hidden figure can be worked out, where one table is rounded."""
    names = list(cells[0].keys() | cells[1].keys())
    ranges = [
        narrow({name: _range(each.get(name, Cell(0)), precision, table) for name in names}, table.responses)
        for each, precision, table in zip(cells, precisions, tables, strict=True)
    ]
    older, newer = _grown(ranges[0], ranges[1], tables) or (ranges[0], ranges[1])
    for name in names:
        least, most = newer[name][0] - older[name][1], newer[name][1] - older[name][0]
        if (least > 0 or most < 0) and _tells_few(min(abs(least), abs(most)), max(abs(least), abs(most)), k):
            return False
        for side, known in zip(cells, (older, newer), strict=True):
            cell = side.get(name)
            if cell and is_small(cell.count, k) and known[name][0] == known[name][1]:
                return False
    return True


def _tells_few(least: int, most: int, k: int) -> bool:
    """Whether a difference is known to be from 1 to k-1, and more of it than that."""
    return most < k and (least, most) != (1, k - 1)


def _grown(
    older: dict[str, Range], newer: dict[str, Range], tables: Sequence[TableFacts]
) -> tuple[dict[str, Range], dict[str, Range]] | None:
    """What remains possible where answers were only added; None where some were taken back."""
    for _turn in range(len(older) + 1):
        older = {name: (low, min(high, newer[name][1])) for name, (low, high) in older.items()}
        newer = {name: (max(low, older[name][0]), high) for name, (low, high) in newer.items()}
        older, newer = narrow(older, tables[0].responses), narrow(newer, tables[1].responses)
    if any(low > high for ranges in (older, newer) for low, high in ranges.values()):
        return None
    return older, newer
