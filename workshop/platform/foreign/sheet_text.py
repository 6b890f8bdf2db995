"""XLSForms written as text: .csv with all its sheets or the sheet "survey" alone, and the tables of .md."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice

from .workbooks import Grid, Unreadable

PIPE = re.compile(r"(?<!\\)\|")
SIGNS = (",", ";", "\t")  # between cells; which of them depends on the language of the spreadsheet program

SHEETS = ("survey", "choices", "settings")


def as_text(content: bytes) -> list[tuple[str, Grid]]:
    """The sheets in a text. Raises Unreadable."""
    text = _decoded(content)
    rows = _markdown(text) if text.lstrip().startswith("|") else _csv(text)
    return _by_sheet(rows)


def _decoded(content: bytes) -> str:
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # as Excel saves "Unicode text"
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        looks_like_one = b"\0" not in content and re.match(rb"\W*(survey|type)\b", content, re.IGNORECASE)
        raise Unreadable("not utf-8" if looks_like_one else "unknown") from error
    if "\0" in text:
        raise Unreadable("unknown")
    return text


def _csv(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_sign(text), strict=True)
    except csv.Error as error:
        raise Unreadable("broken") from error


def _sign(text: str) -> str:
    """What stands between the cells: that with which one of the first lines has a column called "type"."""
    first = [line.strip().lower() for line in islice(io.StringIO(text), 20)]
    for sign in SIGNS:
        if any(cell.strip('" ') == "type" for line in first for cell in line.split(sign)):
            return sign
    return SIGNS[0]


def _markdown(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.lstrip().startswith("|") and not re.fullmatch(r"[\s|:-]+", line):
            cells = PIPE.split(line.strip()[1:].removesuffix("|"))
            yield [cell.strip().replace(r"\|", "|") for cell in cells]


def _by_sheet(rows: Iterator[list[str]]) -> list[tuple[str, Grid]]:
    """Rows whose first cell names a sheet where one begins; the other cells are its rows.

    Where the first row names columns instead, all of it is the sheet "survey".
    """
    first = next(rows, [])
    header = [cell.strip().lower() for cell in first]
    if {"type", "name"} <= set(header) and header[0] not in {"", *SHEETS}:
        return [("survey", enumerate(chain([first], rows), 1))]
    found: dict[str, list[tuple[int, list[str]]]] = {}
    name = ""
    for cells in chain([first], rows):
        if cells and cells[0].strip():
            name = cells[0].strip()
            found.setdefault(name.lower(), [])
        if name and any(cell.strip() for cell in cells[1:]):
            listed = found[name.lower()]
            listed.append((len(listed) + 1, cells[1:]))
    if "survey" not in found:
        raise Unreadable("unknown")
    return list(found.items())
