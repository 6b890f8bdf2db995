"""Spreadsheets (XLSX) and separated text (CSV) as tables."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from workshop.platform.foreign import archives
from workshop.platform.foreign.archives import Unreadable

from .text_tables import Table

MOST_ROWS = 3_000
MOST_COLUMNS = 100
MOST_CELLS = 2_000_000  # counted with the empty ones that a far column drags along
LONGEST_CELL = 20_000
DELIMITERS = ";\t,|"


def workbook_tables(content: bytes) -> list[Table]:
    """Every sheet with something in it."""
    with archives.opened(content) as file:
        for member in file.namelist():
            if member.casefold().endswith((".xml", ".rels")):
                archives.part(file, member)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        tables = [_sheet(sheet) for sheet in book.worksheets]
    except Unreadable:
        raise
    except (InvalidFileException, *archives.FAULTS, ValueError, TypeError, AttributeError, SyntaxError) as fault:
        raise Unreadable(_("The spreadsheet is damaged: %(fault)s", fault=str(fault)[:200])) from fault
    return [table for table in tables if table.rows]


def _sheet(sheet: Any) -> Table:
    sheet.reset_dimensions()  # what the file claims about its size is not believed
    rows: list[list[str]] = []
    seen = 0
    for index, row in enumerate(sheet.iter_rows(values_only=True)):
        seen += len(row) + 1
        if seen > MOST_CELLS:
            raise Unreadable(
                _(
                    "Sheet “%(sheet)s” spreads over too many cells (row %(row)s); delete the empty rows and columns.",
                    sheet=sheet.title,
                    row=index + 1,
                )
            )
        if not any(value is not None and value != "" for value in row):
            continue
        last = max(n for n, value in enumerate(row) if value is not None and value != "")
        if index >= MOST_ROWS or last >= MOST_COLUMNS:
            raise Unreadable(
                _(
                    "Sheet “%(sheet)s” has a value in %(place)s; at most %(rows)s rows and %(columns)s columns are read.",
                    sheet=sheet.title,
                    place=f"{_letters(last)}{index + 1}",
                    rows=MOST_ROWS,
                    columns=MOST_COLUMNS,
                )
            )
        rows += [[] for _missing in range(index - len(rows))]
        rows.append([_written(value) for value in row[: last + 1]])
    name = sheet.title

    def place(row: int, column: int | None) -> str:
        cell = str(row + 1) if column is None else f"{_letters(column)}{row + 1}"
        return str(
            _("sheet “%(sheet)s”, row %(row)s", sheet=name, row=cell)
            if column is None
            else _("sheet “%(sheet)s”, cell %(cell)s", sheet=name, cell=cell)
        )

    return Table(rows, place, name)


def _letters(column: int) -> str:
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def _written(value: object) -> str:
    """A cell as one would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case float() if value.is_integer():
            return str(int(value))
    return str(value).strip()[:LONGEST_CELL]


def delimiter_of(text: str) -> str:
    """What separates the cells; "" where the lines do not agree on anything, so that this is not a table."""
    best, width = "", 1
    for mark in DELIMITERS:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(text), delimiter=mark), 40) if any(row)]
        except csv.Error:
            continue
        counts = [len(row) for row in rows]
        common = max(set(counts), key=counts.count) if counts else 1
        if common > width and counts.count(common) * 5 >= len(counts) * 4 and counts[:1] == [common]:
            best, width = mark, common
    return best


def separated_table(text: str, mark: str) -> Table:
    """The rows of a CSV file, each with the line on which it begins."""
    rows: list[list[str]] = []
    starts: list[int] = []
    for line, row in _numbered(text, mark):
        if len(rows) >= MOST_ROWS:
            raise Unreadable(_("Line %(line)s: at most %(rows)s rows are read.", line=line, rows=MOST_ROWS))
        if len(row) > MOST_COLUMNS:
            raise Unreadable(
                _(
                    "Line %(line)s has %(columns)s columns; at most %(most)s are read.",
                    line=line,
                    columns=len(row),
                    most=MOST_COLUMNS,
                )
            )
        rows.append([cell.strip() for cell in row])
        starts.append(line)

    def place(row: int, column: int | None) -> str:
        if column is None:
            return str(_("line %(number)s", number=starts[row]))
        return str(_("line %(line)s, column %(column)s", line=starts[row], column=column + 1))

    return Table(rows, place)


def _numbered(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Unreadable(
                _(
                    "The table is malformed in line %(line)s: %(fault)s.",
                    line=max(line, reader.line_num),
                    fault=str(fault),
                )
            ) from fault
        yield line, row
        line = reader.line_num + 1
