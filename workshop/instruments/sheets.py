"""Workbooks as plain rows: .xlsx, .xls, and the .csv and .md in which XLSForms are also written.

Runs in a child process with limits (`opened.py`), so it may trust that memory and time are watched from outside.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise, zip_longest
from typing import Any

MEMBERS = 2000
UNPACKED = 96 * 1024 * 1024  # what the parts of a workbook may add up to
COLUMNS = 500
LAST_ROW = 50_000
CELLS = 400_000
CHARACTERS = 8_000_000
FILLED = re.compile(rb'<c\b[^>]*?\br="[A-Z]+([0-9]{1,7})"[^>/]*>')  # a cell with something in it
PIPE = re.compile(r"(?<!\\)\|")


class Unreadable(ValueError):
    """The file cannot be taken; `code` names a sentence of `opened.REFUSALS`."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


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
        return _sheets(_xlsx(content))
    if content.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        return _sheets(_xls(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("unknown") from error
    if "\0" in text:
        raise Unreadable("unknown")
    rows = _markdown(text) if text.lstrip().startswith("|") else _csv(text)
    return _sheets(_by_sheet(rows))


Grid = Iterable[tuple[int, Iterable[Any]]]  # numbered rows of values


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


def _text(value: Any) -> str:
    """A cell as one reads it; a no-break space stays what it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value).strip(" \t\r\n")


def _xlsx(content: bytes) -> Iterator[tuple[str, Grid]]:
    import openpyxl  # here because only this kind of file needs it

    try:
        _refuse_bombs(content)
        _refuse_far_cells(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield sheet.title, enumerate(sheet.iter_rows(max_col=COLUMNS, values_only=True), 1)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise on a broken file
        raise Unreadable("broken") from error


def _refuse_far_cells(content: bytes) -> None:
    """A filled cell far below all others would have a million empty rows read before it is found."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            rest = b""
            with archive.open(name) as file:
                while piece := file.read(2**20):
                    rows = [int(found) for found in FILLED.findall(rest + piece)]
                    if rows and max(rows) > LAST_ROW:
                        raise Unreadable("far row", sheet=name.removeprefix("xl/worksheets/"), row=max(rows))
                    rest = piece[-200:]


def _refuse_bombs(content: bytes) -> None:
    """A table of contents that promises too much, or whose parts lie on the same bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        spans = sorted((each.header_offset, each.header_offset + 30 + each.compress_size) for each in members)
        if len(members) > MEMBERS or sum(each.file_size for each in members) > UNPACKED:
            raise Unreadable("too much")
        if any(following[0] < span[1] for span, following in pairwise(spans)):
            raise Unreadable("too much")
        if not any(each.filename == "xl/workbook.xml" for each in members):
            raise Unreadable("unknown")


def _xls(content: bytes) -> Iterator[tuple[str, Grid]]:
    import xlrd  # here because only this kind of file needs it

    try:
        with xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO()) as book:
            for name in book.sheet_names():
                sheet = book.sheet_by_name(name)
                yield name, ((n + 1, _xls_values(sheet.row(n), book.datemode)) for n in range(sheet.nrows))
                book.unload_sheet(name)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # as above
        raise Unreadable("broken") from error


def _xls_values(cells: Iterable[Any], datemode: int) -> list[Any]:
    import xlrd

    dates, booleans = xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN
    return [
        xlrd.xldate_as_datetime(cell.value, datemode) if cell.ctype == dates
        else bool(cell.value) if cell.ctype == booleans else cell.value
        for cell in cells
    ]  # fmt: skip


def _csv(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise Unreadable("broken") from error


def _markdown(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.lstrip().startswith("|") and not re.fullmatch(r"[\s|:-]+", line):
            cells = PIPE.split(line.strip()[1:].removesuffix("|"))
            yield [cell.strip().replace(r"\|", "|") for cell in cells]


def _by_sheet(rows: Iterable[list[str]]) -> list[tuple[str, Grid]]:
    """Rows whose first cell names a sheet where one begins; the other cells are its rows."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    name = ""
    for cells in rows:
        if cells and cells[0].strip():
            name = cells[0].strip()
            found.setdefault(name.lower(), [])
        if name and any(cell.strip() for cell in cells[1:]):
            listed = found[name.lower()]
            listed.append((len(listed) + 1, cells[1:]))
    if "survey" not in found:
        raise Unreadable("unknown")
    return list(found.items())
