"""Answers to one question crossed with those to another, or with who answered: everybody, in rows and columns.

Those who were not asked and those who gave no answer are a row and a column as well, so that the sums are those of the
tables of each question and nothing new is told by them. Figures under k are hidden, and others with them until no hidden
one can be worked out from the rest; where that cannot be had, nothing is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind, Question
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

from ..counting import NO_ANSWER_LABEL, OTHER_LABEL
from ..freezing import FIRST, NO_ANSWER, NOT_ASKED, OTHER
from ..models import TIMES, SnapshotColumn
from ..result_tables import Label
from ..suppression import Figure, Hidden, K, Range, is_small, protect, threshold
from ..tallies.partitions import Sheet
from ..tallies.traits import ANOTHER_CURRENCY, BAND, LABELS, TRAIT, label_of_band, label_of_trait
from .flows import SINK, SOURCE, Edge, Network

NOT_ASKED_LABEL = _l("Not asked")
CHOSEN_LABELS = {"not chosen": _l("Not chosen"), "chosen": _l("Chosen")}
ANOTHER_CURRENCY_LABEL = _l("Another currency")
CROSSED = {Kind.ONE, Kind.SCALE}
MOST = 14  # rows or columns that can be read


@dataclass(frozen=True)
class Side:
    """What stands in the rows or in the columns: one column of the snapshot, its codes in order, and their words."""

    column: SnapshotColumn
    title: Label
    codes: Sequence[int]
    labels: Sequence[Label]
    sums: Sequence[Figure]
    k: int


@dataclass(frozen=True)
class Crossing:
    """A cross-table. `cells` are None where nothing can be shown."""

    name: str
    rows: Side
    columns: Side
    cells: Sequence[Sequence[Figure]] | None
    responses: int
    k: int


def choices(sheet: Sheet) -> list[tuple[str, Label]]:
    """What can be crossed: questions with one answer of few, each option of several, bands of figures, traits."""
    titles = ((name, _offered(sheet, name)) for name in sheet.columns)
    return [(name, title) for name, title in titles if title is not None]


def _offered(sheet: Sheet, name: str) -> Label | None:
    """The title of a column that can be crossed; None where it cannot."""
    column = sheet.columns.get(name)
    if column is None:
        return None
    codes = sum(1 for code in range(FIRST + len(column.options)) if code in column.codes)
    if not 2 <= codes <= MOST or (name.startswith(BAND) and not _tells_no_more(sheet, column)):
        return None
    return _title(sheet.definition, name)


def _tells_no_more(sheet: Sheet, column: SnapshotColumn) -> bool:
    """Whether the bands of a figure can stand beside the table of its question: where that hides how many answered, or a
    band is so small that the table joins it with the next, the one would tell what the other hides."""
    counts = (column.codes.count(FIRST + place) for place in range(len(column.options)))
    small = any(is_small(count, _threshold(sheet.definition, column.question)) for count in counts)
    return not small and not sheet.hidden.get(column.question.removeprefix(BAND).partition(".")[0])


def options_of(sheet: Sheet) -> Iterator[tuple[str, Label, list[tuple[int, Label]]]]:
    """Each column that can be crossed, with its title, and the codes in it with their words."""
    for name, title in choices(sheet):
        column = sheet.columns[name]
        codes = [code for code in range(NOT_ASKED, FIRST + len(column.options)) if code in column.codes]
        yield name, title, [(code, _label(sheet.definition, column, code)) for code in codes]


def cross(sheet: Sheet, rows: str, columns: str) -> Crossing:
    """The cross-table of two columns of a snapshot that has been tabulated."""
    if rows == columns:
        raise RuleBroken(_("Choose two different questions."), field="columns")
    if _offered(sheet, rows) is None or _offered(sheet, columns) is None:
        raise RuleBroken(_("One of these cannot be used in a cross-table."), field="columns")
    first, second = _side(sheet, rows), _side(sheet, columns)
    table = [list(_counts(first.column.codes, row, second)) for row in first.codes]
    k = max(first.k, second.k)
    name = f"{rows}{TIMES}{columns}"
    return Crossing(name, first, second, protected(table, first.sums, second.sums, k=k), sheet.snapshot.responses, k)


def line_of(sheet: Sheet, rows: str, code: int, columns: str) -> dict[int, Figure] | None:
    """One row of a cross-table, by the codes of its columns; None where nothing of the table can be shown."""
    first, second = _side(sheet, rows), _side(sheet, columns)
    table = [list(_counts(first.column.codes, row, second)) for row in first.codes]
    cells = protected(table, first.sums, second.sums, k=max(first.k, second.k))
    return dict(zip(second.codes, cells[first.codes.index(code)], strict=True)) if cells else None


def _counts(codes: bytes, row: int, columns: Side) -> Iterator[int]:
    """How often each code of the columns stands beside that one: chosen out and counted where bytes are counted fastest."""
    chosen = codes.translate(bytes(code == row for code in range(256)))
    beside = bytes(compress(columns.column.codes, chosen))
    return (beside.count(code) for code in columns.codes)


def protected(
    table: Sequence[Sequence[int]], row_sums: Sequence[Figure], column_sums: Sequence[Figure], *, k: int
) -> list[list[Figure]] | None:
    """The cells as they may be shown beside those sums; None where no pattern of hidden ones keeps the small ones safe."""
    small = {(i, j) for i, row in enumerate(table) for j, count in enumerate(row) if is_small(count, k)}
    hidden = small | {  # a sum that is hidden would be told by what stands in its line
        (i, j)
        for i, row in enumerate(table)
        for j, count in enumerate(row)
        if count and (isinstance(row_sums[i], Hidden) or isinstance(column_sums[j], Hidden))
    }
    while True:
        network = _network(table, row_sums, column_sums, hidden, k=k)
        exposed = next((cell for cell in sorted(small) if not _is_safe(network, cell, k)), None)
        if exposed is None:
            break
        taken = _next_beside(table, exposed, hidden)
        if taken is None:
            return None
        hidden.add(taken)
    if hidden and len(hidden) == sum(1 for row in table for count in row if count):
        return None
    return [
        [
            (Hidden.UNDER if (i, j) in small else Hidden.WITHHELD) if (i, j) in hidden else count
            for j, count in enumerate(row)
        ]
        for i, row in enumerate(table)
    ]


def _is_safe(network: Network, cell: tuple[int, int], k: int) -> bool:
    """Whether a reader must think at least three small figures possible there, or two where there are no more."""
    low, high = network.reach(_edge(*cell))
    return high - low + 1 >= min(3, k - 1)


def _edge(row: int, column: int) -> Edge:
    return ("row", row), ("column", column)


def _network(
    table: Sequence[Sequence[int]],
    row_sums: Sequence[Figure],
    column_sums: Sequence[Figure],
    hidden: set[tuple[int, int]],
    *,
    k: int,
) -> Network:
    network, whole = Network(), sum(map(sum, table))
    for i, row in enumerate(table):
        network.add((SOURCE, ("row", i)), sum(row), _bounds(row_sums, i, whole, k))
        for j, count in enumerate(row):
            low, high = (count, count) if (i, j) not in hidden else (1, k - 1) if is_small(count, k) else (k, whole)
            network.add(_edge(i, j), count, (low, high))
    for j, total in enumerate(map(sum, zip(*table, strict=True))):
        network.add((("column", j), SINK), total, _bounds(column_sums, j, whole, k))
    network.add((SINK, SOURCE), whole, (whole, whole))
    return network


def _bounds(sums: Sequence[Figure], place: int, whole: int, k: int) -> Range:
    """What a reader knows of a sum. One that is withheld is large, unless all of them are."""
    figure = sums[place]
    if figure is Hidden.UNDER:
        return 1, k - 1
    if isinstance(figure, Hidden):
        return (0 if all(isinstance(each, Hidden) and each is not Hidden.UNDER for each in sums) else k), whole
    return figure, figure


def _next_beside(
    table: Sequence[Sequence[int]], cell: tuple[int, int], hidden: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """The next figure still shown in the row or column that has fewer hidden ones; anywhere, where there is none.

    By its place, never by its size: a reader who knows that the smallest is taken would know how small it is.
    """
    row, column = cell
    lines = ([(row, j) for j in range(len(table[0]))], [(i, column) for i in range(len(table))])
    anywhere = [(i, j) for i in range(len(table)) for j in range(len(table[0]))]
    for line in (*sorted(lines, key=lambda line: sum(each in hidden for each in line)), anywhere):
        shown = [each for each in line if each not in hidden and table[each[0]][each[1]]]
        if shown:
            return min(shown)
    return None


def _side(sheet: Sheet, name: str) -> Side:
    column, k = sheet.columns[name], _threshold(sheet.definition, name)
    codes = [code for code in range(FIRST, FIRST + len(column.options)) if code in column.codes]
    codes += [code for code in (NO_ANSWER, NOT_ASKED) if code in column.codes]
    counts = [column.codes.count(code) for code in codes]
    if name in sheet.hidden and not name.startswith((TRAIT, BAND)):
        marks = sheet.hidden[name]
        sums: list[Figure] = [
            marks.get(code) or (Hidden.UNDER if is_small(count, k) else count)
            for code, count in zip(codes, counts, strict=True)
        ]
    else:
        sums = protect(counts, k=k)
    labels = [_label(sheet.definition, column, code) for code in codes]
    return Side(column, _title(sheet.definition, name) or name, codes, labels, sums, k)


def _question(definition: Definition, name: str) -> Question | None:
    return definition.question(name.removeprefix(BAND).partition(".")[0])


def _threshold(definition: Definition, name: str) -> int:
    question = _question(definition, name)
    return threshold(question) if question else K


def _title(definition: Definition, name: str) -> Label | None:
    """The words over a side; None where a column is not to be crossed."""
    if name in LABELS:
        return LABELS[name]
    question = _question(definition, name)
    if question is None or question.personal or question.ends_on_no:
        return None
    part = name.partition(".")[2]
    if name.startswith(BAND) and part:
        return Words({code: f"{text} ({part})" for code, text in question.text.items()})
    if name.startswith(BAND) or question.type in CROSSED:
        return question.text
    if question.type is Kind.MANY and part:
        option = question.option(part)
        return option.label if option else OTHER_LABEL
    row = next((row for row in question.rows if row.code == part), None)
    return row.label if row else None


def _label(definition: Definition, column: SnapshotColumn, code: int) -> Label:
    if code in (NO_ANSWER, NOT_ASKED):
        return NO_ANSWER_LABEL if code == NO_ANSWER else NOT_ASKED_LABEL
    option, name = column.options[code - FIRST], column.question
    if name.startswith(TRAIT):
        return label_of_trait(name, option)
    question = _question(definition, name)
    if option == ANOTHER_CURRENCY:
        return ANOTHER_CURRENCY_LABEL
    if question is None:
        return option
    if name.startswith(BAND):
        return label_of_band(option, question.unit)
    if option in CHOSEN_LABELS and question.type is Kind.MANY:
        return CHOSEN_LABELS[option]
    offered = question.columns if question.type is Kind.MATRIX else question.options
    found = next((each.label for each in offered if each.code == option), None)
    return found or (OTHER_LABEL if option == OTHER else option)
