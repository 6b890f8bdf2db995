"""Tables of whatever origin, as cells of text that know their place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..prose import clocks
from ..prose.text_lines import Line, mark_bullets

Place = Callable[[int, int | None], str]


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
    for index, row in enumerate(table.rows[begin:], begin):
        cells = [cell for cell in row if cell.strip()]
        if not cells:
            continue
        place = table.place(index, None)
        whole = [Line(cells[0], place)] if len(cells) == 1 and "\n" not in cells[0] else None
        if whole and (clocks.read_day(cells[0]) or index == begin):
            yield from mark_bullets([Line(cells[0], place, heading=0)], bullets=True)
            continue
        timed = clocks.read_span(" ".join(cells[0].split())) is not None
        if timed:
            yield Line(" ".join(cells[0].split()), place)
            cells = cells[1:]
        lines = [
            line
            for cell in cells
            for line in mark_bullets([Line(each, place) for each in cell.split("\n")], bullets=True)
        ]
        for number, line in enumerate(lines):
            line.inside = number > 0 or not timed
            yield line


def is_schedule(table: Table) -> bool:
    """Whether most rows begin with a time."""
    starts = [next((cell for cell in row if cell.strip()), "") for row in table.rows]
    timed = sum(clocks.read_span(" ".join(each.split())) is not None for each in starts)
    return timed >= 2 and timed * 3 >= sum(bool(each) for each in starts)
