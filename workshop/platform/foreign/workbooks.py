"""The sheets of .xlsx and .xls, row by row."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

Grid = Iterable[tuple[int, Iterable[Any]]]  # numbered rows of values


class Unreadable(ValueError):
    """The file cannot be taken; `code` names a sentence of `opened.REFUSALS`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


MEMBERS = 2000
SHEETS_UNPACKED = 512 * 1024 * 1024  # sheets are read piece by piece; whole columns with a colour take hundreds of MB
UNPACKED = 96 * 1024 * 1024  # what all other parts of a workbook may add up to
COLUMNS = 500
LAST_ROW = 50_000
FILLED = re.compile(rb'<c\b[^>]*?\br="[A-Z]+([0-9]{1,7})"[^>/]*>\s*<(?:v|is|f)\b')  # a cell with something in it
UNPLACED = re.compile(rb"<c(?:\s(?![^>]*\br=)[^>]*)?>|<\w+:row\b")  # what does not say where it stands as Excel does
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
PROTECTED = "EncryptedPackage".encode("utf-16-le")  # what an .xlsx with a password has instead of a workbook


def xlsx(content: bytes) -> Iterator[tuple[str, Grid]]:
    import openpyxl  # here because only this kind of file needs it

    try:
        _refuse_bombs(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            last = _last_filled(content, sheet._worksheet_path)
            if last and last > LAST_ROW:
                raise Unreadable("far row", sheet=sheet.title, row=last)
            rows = sheet.iter_rows(max_row=last, max_col=COLUMNS, values_only=True)
            yield sheet.title, enumerate(map(_unescaped, rows), 1)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise on a broken file
        raise Unreadable("broken") from error


def _last_filled(content: bytes, part: str) -> int | None:
    """The last row with something in it, so that a million empty rows with a colour are not read; None: unknown."""
    last, rest = 1, b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part.lstrip("/")) as file:
        while piece := file.read(2**20):
            rest += piece
            if UNPLACED.search(rest):
                return None
            last = max(last, *map(int, FILLED.findall(rest)), 1)
            if last > LAST_ROW:
                break
            rest = rest[-300:]
    return last


def _unescaped(values: Iterable[Any]) -> list[object]:
    """Excel writes what XML has no place for, as the end of a line in older files, as _x000D_."""
    return [
        ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) and "_x" in value else value
        for value in values
    ]


def _refuse_bombs(content: bytes) -> None:
    """A table of contents that promises too much, or whose parts lie on the same bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        spans = sorted((each.header_offset, each.header_offset + 30 + each.compress_size) for each in members)
        sheets = sum(each.file_size for each in members if each.filename.startswith("xl/worksheets/"))
        rest = sum(each.file_size for each in members) - sheets
        if len(members) > MEMBERS or rest > UNPACKED or sheets > SHEETS_UNPACKED:
            raise Unreadable("too much")
        if any(following[0] < span[1] for span, following in pairwise(spans)):
            raise Unreadable("too much")
        if not any(each.filename == "xl/workbook.xml" for each in members):
            raise Unreadable("unknown")


def xls(content: bytes) -> Iterator[tuple[str, Grid]]:
    import xlrd  # here because only this kind of file needs it

    if PROTECTED in content:
        raise Unreadable("password")
    try:
        with xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO()) as book:
            for name in book.sheet_names():
                sheet = book.sheet_by_name(name)
                yield name, ((n + 1, _xls_values(sheet.row(n), book.datemode)) for n in range(sheet.nrows))
                book.unload_sheet(name)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # as above
        raise Unreadable("password" if "encrypted" in str(error) else "broken") from error


def _xls_values(cells: Iterable[Any], datemode: int) -> list[object]:
    import xlrd

    dates, booleans, faults = xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_ERROR
    return [
        xlrd.xldate_as_datetime(cell.value, datemode)
        if cell.ctype == dates
        else bool(cell.value)
        if cell.ctype == booleans
        else xlrd.error_text_from_code.get(cell.value, "")
        if cell.ctype == faults
        else cell.value
        for cell in cells
    ]
