"""Files made to exhaust a machine, each small to send."""

import io
import zipfile
import zlib

import xlsxwriter

from tests.platform.foreign import samples
from tests.platform.foreign.pictures import bomb as picture_bomb

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><document>&l9;</document>"
)


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("survey").write_row(0, 0, ["type", "name", "label"])
    return made.getvalue()


def with_part(content: bytes, part: str, instead: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return samples.archive({name: instead if name == part else file.read(name) for name in file.namelist()})


def zip_bomb() -> bytes:
    return samples.office(members={"xl/workbook.xml": bytes(150 * 1024 * 1024)})


def overlapping() -> bytes:
    return samples.overlapping()


def laughing_xml() -> bytes:
    return LAUGHS.encode()


def laughing_workbook() -> bytes:
    return with_part(workbook(), "xl/workbook.xml", LAUGHS.encode())


def huge_picture() -> bytes:
    return picture_bomb()


def endless_pdf() -> bytes:
    inside = zlib.compress(zlib.compress(bytes(300 * 1024 * 1024)))
    return samples.pdf(stream=inside, filters=("/FlateDecode", "/FlateDecode"))


def deep_json() -> bytes:
    return b'{"a":' + b"[" * 400_000


def wide_sheet() -> bytes:
    """A row of a million columns, the last of which no program has a name for."""
    row = b'<row r="1">' + b"<c><v>1</v></c>" * 1_000_000 + b"</row>"
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part(workbook(), SHEET, head + row + b"</sheetData></worksheet>")


HOSTILE = (
    zip_bomb,
    overlapping,
    laughing_xml,
    laughing_workbook,
    huge_picture,
    endless_pdf,
    deep_json,
    wide_sheet,
)
