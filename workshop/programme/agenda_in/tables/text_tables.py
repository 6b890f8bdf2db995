"""Tables of whatever origin, as cells of text that know their place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..prose import clocks
from ..prose.calendar_days import read_day
from ..prose.clocks import Span
from ..prose.text_lines import Line, mark_bullets
from ..reading.agenda_words import plain
from .columns import field_of

Place = Callable[[int, int | None], str]
TIME_HEADINGS = frozenset({"", "time", "heure", "horaire", "hora", "horario", "zeit", "uhrzeit", "times", "الوقت"})


@dataclass
class Table:
    """Rows of cells as in the source. `place(row, column)` says where a cell stands; without a column, the row."""

    rows: list[list[str]]
    place: Place
    name: str = ""

    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def schedule_lines(table: Table, *, begin: int = 0) -> Iterator[Line]:
    """A programme drawn as a table, "time | what happens", as the lines of a text.

    The first line of what happens is the session; the others, and those of further columns, are what is inside it.
    """
    if header := rooms_or_days(table):
        yield from _grid_lines(table, *header)
        return
    timed = False
    for index, row in enumerate(table.rows[begin:], begin):
        cells = [cell for cell in row if cell.strip()]
        place = table.place(index, None)
        if cells and read_day(cells[0]):
            yield Line(" ".join(cells[0].split()), place)
            cells = cells[1:]
        if not cells:
            continue
        span, cells = span_of_row(cells)
        alone = span is None and len(cells) == 1 and "\n" not in cells[0]
        if alone and (index == begin or not timed or clocks.leading_span(cells[0])):
            yield from mark_bullets([Line(cells[0], place)], bullets=True)
            continue
        timed = timed or span is not None
        yield from _cell_lines(cells, place, span)


def _cell_lines(cells: Sequence[str], place: str, span: Span | None, room: str = "") -> Iterator[Line]:
    lines = [
        line for cell in cells for line in mark_bullets([Line(each, place) for each in cell.split("\n")], bullets=True)
    ]
    for number, line in enumerate(lines):
        if number == 0 and span is not None:
            line.span, line.room = span, room
        else:
            line.inside = True
        yield line


def span_of_row(cells: Sequence[str]) -> tuple[Span | None, list[str]]:
    """The time with which a row begins, in one cell or in two, and the cells after it."""
    span = clocks.read_span(cells[0]) if cells else None
    if span is None:
        return None, list(cells)
    if span[1] is None and len(cells) > 2 and (end := clocks.read_span(cells[1])) and end[1] is None:
        return (span[0], end[0]), list(cells[2:])
    return span, list(cells[1:])


def rooms_or_days(table: Table) -> tuple[int, list[str]] | None:
    """The row over a grid of times and rooms, or times and days: where it stands, and what stands over each column."""
    rows = [n for n, row in enumerate(table.rows[:6]) if any(cell.strip() for cell in row)]
    for first, following in pairwise(rows):
        head = [" ".join(cell.split()) for cell in table.rows[first]]
        over = [cell for cell in head[1:] if cell]
        below = clocks.read_span(table.rows[following][0]) if table.rows[following] else None
        unlike = len(over) >= 2 and len(set(over)) == len(over) and plain(head[0]) in TIME_HEADINGS
        if unlike and below and is_grid(over):
            return first, head
    return None


def is_grid(over: Sequence[str]) -> bool:
    """Whether all of these are days, or none of them is the heading of a column."""
    days = sum(read_day(cell) is not None for cell in over)
    return days == len(over) or (not days and not any(map(field_of, over)) and max(map(len, over)) < 40)


def _grid_lines(table: Table, first: int, head: Sequence[str]) -> Iterator[Line]:
    body = list(enumerate(table.rows[first + 1 :], first + 1))
    if not all(read_day(cell) for cell in head[1:] if cell):
        yield from _rooms_lines(table, body, head)
        return
    for column in range(1, len(head)):
        if not head[column]:
            continue
        yield Line(head[column], table.place(first, column))
        for index, row in body:
            span, _rest = span_of_row(row[:1])
            if span and column < len(row) and row[column].strip():
                yield from _cell_lines([row[column]], table.place(index, column), span)


def _rooms_lines(table: Table, body: Sequence[tuple[int, list[str]]], head: Sequence[str]) -> Iterator[Line]:
    """What happens at the same time in several rooms; what stands in every column, or in one alone, is for all."""
    for index, row in body:
        span, _rest = span_of_row(row[:1])
        filled = [(n, cell) for n, cell in enumerate(row[1:], 1) if cell.strip()]
        if span is None:
            if row and read_day(row[0]):
                yield Line(" ".join(row[0].split()), table.place(index, None))
            continue
        same = len({cell for _n, cell in filled}) == 1
        for column, cell in filled[:1] if same else filled:
            room = "" if same or column >= len(head) else head[column]
            yield from _cell_lines([cell], table.place(index, column), span, room)


def is_schedule(table: Table) -> bool:
    """Whether many rows begin with a time, perhaps after a day."""
    if rooms_or_days(table):
        return True
    starts = [[cell for cell in row if cell.strip()] for row in table.rows]
    starts = [row[1:] if row and read_day(row[0]) else row for row in starts if row]
    timed = sum(bool(row) and span_of_row(row)[0] is not None for row in starts)
    return timed >= 1 and timed * 3 >= sum(bool(row) for row in starts)
