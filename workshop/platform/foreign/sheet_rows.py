"""Workbooks as plain rows: .xlsx, .xls, and the .csv and .md in which XLSForms are also written.

Runs in a child process with limits (`survey_sandbox.py`), so it may trust that memory and time are watched from outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest

from .sheet_text import as_text
from .workbooks import LAST_ROW, Grid, Unreadable, xls, xlsx

CELLS = 400_000
CHARACTERS = 8_000_000
# Byte order marks, what XML has no place for, and halves of characters: nothing that anybody sees.
UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


@dataclass
class Sheet:
    """Its name in small letters, its columns in order, and its rows: number and filled cells. The header is row 1."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    headless: list[int] = field(default_factory=list)  # rows with something under no heading


class Measure:
    """Counts what was read over all sheets and stops where it is more than any questionnaire has."""

    def __init__(self) -> None:
        self.cells = self.characters = 0

    def add(self, text: str) -> str:
        self.cells += 1
        self.characters += len(text)
        if self.cells > CELLS or self.characters > CHARACTERS:
            raise Unreadable("too much")
        return text


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a workbook, whatever of the four it is. Raises Unreadable."""
    if content.startswith(b"PK\x03\x04"):
        return _sheets(xlsx(content))
    if content.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        return _sheets(xls(content))
    return _sheets(as_text(content))


def _sheets(grids: Iterable[tuple[str, Grid]]) -> list[Sheet]:
    measure = Measure()
    return [_sheet(name, grid, measure) for name, grid in grids]


def _sheet(name: str, grid: Grid, measure: Measure) -> Sheet:
    sheet = Sheet(name.strip().lower())
    header: list[str] | None = None
    for number, values in grid:
        if header is None:
            header = [_text(value) for value in values]
            sheet.columns = _columns(header, sheet.name)
            continue
        cells = {}
        for column, value in zip_longest(header, values):
            if text := _text(value):
                cells[column or ""] = measure.add(text)
        if cells.pop("", ""):
            sheet.headless.append(number)
        if cells and number > LAST_ROW:
            raise Unreadable("far row", sheet=sheet.name, row=number)
        if cells:
            sheet.rows.append((number, cells))
    return sheet


def _columns(header: list[str], sheet: str) -> list[str]:
    columns = [column for column in header if column]
    for column in columns:
        if columns.count(column) > 1:
            raise Unreadable("column twice", sheet=sheet, column=column[:60])
    return columns


def _text(value: object) -> str:
    """A cell as one reads it; a no-break space stays what it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return lines.translate(UNSEEN).strip(" \t\n")
