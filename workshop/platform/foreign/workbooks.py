"""The sheets of .xlsx and .xls, row by row: each row with its number and its values as the library has them."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from . import archives
from .limits import Limit
from .refusals import DAMAGED, LOCKED, N_, Refusal, damaged

Grid = Iterable[tuple[int, Iterable[object]]]  # numbered rows of values

FILLED = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,7})([0-9]{1,7})"[^>/]*>\s*<(?:v|is|f)\b')  # a cell with something in it
UNPLACED = re.compile(rb"<c(?:\s(?![^>]*\br=)[^>]*)?>|<\w+:row\b")  # what does not say where it stands as Excel does
WIDEST = 16_384  # columns of a sheet in Excel
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
PROTECTED = "EncryptedPackage".encode("utf-16-le")  # what an .xlsx with a password has instead of a workbook
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
NO_WORKBOOK = N_("This is neither a text table nor a spreadsheet (XLSX, XLS, ODS).")
FAR = N_("Sheet “%(sheet)s” has a value in %(place)s; at most %(rows)s rows and %(columns)s columns are read.")
FAR_LINE = N_("Line %(line)s: at most %(rows)s rows are read.")
WIDE_LINE = N_("Line %(line)s has %(columns)s columns; at most %(most)s are read.")


def xlsx(content: bytes, limit: Limit) -> Iterator[tuple[str, Grid]]:
    """Every sheet with its name. Cells that only have a colour are not read, however many. Raises Refusal."""
    with archives.open_archive(content, limit) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise Refusal(NO_WORKBOOK)
        for name in archive.namelist():
            if name.casefold().endswith((".xml", ".rels")) and not name.startswith(archives.SHEET):
                archives.refuse_declarations(archives.part(archive, name, limit.part), name)
        import openpyxl  # here because only this kind of file needs it

        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file claims about its size is not believed
            last, widest = _extent(archive, sheet._worksheet_path.lstrip("/"), sheet.title, limit)
            rows = sheet.iter_rows(max_row=last, max_col=widest, values_only=True)
            yield sheet.title, enumerate(map(_unescaped, rows), 1)


def _extent(archive: zipfile.ZipFile, part: str, title: str, limit: Limit) -> tuple[int | None, int]:
    """The last row and column with something in them, so that a million empty rows with a colour are not read.

    The row is None where it cannot be told beforehand. Raises Refusal for what stands too far away.
    """
    last, widest, rest = 1, 1, b""
    with archive.open(part) as file:
        while piece := file.read(2**20):
            rest += piece
            archives.refuse_declarations(rest, part)
            if UNPLACED.search(rest):
                if max(row.count(b"<c") for row in rest.split(b"<row")) > WIDEST:
                    raise far(title, 1, WIDEST + 1, limit)
                return None, limit.columns + 1
            for letters, number in FILLED.findall(rest):
                row, column = int(number), column_of(letters)
                if row > limit.rows or column > limit.columns:
                    raise far(title, row, column, limit)
                last, widest = max(last, row), max(widest, column)
            rest = rest[-300:]
    return last, widest


def column_of(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number


def letters_of(column: int) -> str:
    """The letters over a column; the first is 1."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def far(sheet: str, row: int, column: int, limit: Limit) -> Refusal:
    """A refusal that says where the value stands; a sheet without a name is a text."""
    if not sheet and row > limit.rows:
        return Refusal(FAR_LINE, line=row, rows=limit.rows)
    if not sheet:
        return Refusal(WIDE_LINE, line=row, columns=column, most=limit.columns)
    place = f"{letters_of(column)}{row}"
    return Refusal(FAR, sheet=sheet, place=place, rows=limit.rows, columns=limit.columns)


def _unescaped(values: Iterable[object]) -> list[object]:
    """Excel writes what XML has no place for, as the end of a line in older files, as _x000D_."""
    return [
        ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) and "_x" in value else value
        for value in values
    ]


def xls(content: bytes) -> Iterator[tuple[str, Grid]]:
    """Every sheet with its name. Raises Refusal."""
    import xlrd  # here because only this kind of file needs it

    if PROTECTED in content:
        raise Refusal(LOCKED)
    try:
        with damaged(), xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO()) as book:
            for name in book.sheet_names():
                sheet = book.sheet_by_name(name)
                yield name, ((n + 1, _xls_values(sheet.row(n), book.datemode)) for n in range(sheet.nrows))
                book.unload_sheet(name)
    except Refusal as refusal:
        locked = refusal.sentences == [DAMAGED] and "encrypted" in str(refusal.__cause__)
        raise Refusal(LOCKED) if locked else refusal from refusal.__cause__


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
