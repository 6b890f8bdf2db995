"""The sheets of .ods, row by row: each row with its number and its values as they are shown.

A cell or a row may say that it is repeated, a million times where a sheet is empty to its end: what is empty is counted
and never written out, what is filled only as far as it may go.
"""

from collections.abc import Iterator
from typing import Any

from . import archives
from .limits import Limit
from .workbooks import Grid, far

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0}}" for kind in ("office", "table", "text"))
SPACES = 1000  # at most so many for one sign that stands for several


def is_ods(content: bytes) -> bool:
    """Whether this is a spreadsheet in OpenDocument: its kind stands uncompressed at the beginning of the archive."""
    return content.startswith(b"PK\x03\x04") and b"mimetype" + MIMETYPE in content[:120]


def ods(content: bytes, limit: Limit) -> Iterator[tuple[str, Grid]]:
    """Every sheet with its name. Raises Refusal."""
    with archives.open_archive(content, limit) as archive:
        root = archives.parsed(archives.part(archive, CONTENT, limit.part), CONTENT)
    for table in root.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"):
        name = table.get(f"{TABLE}name") or ""
        yield name, _rows(table, name, limit)


def _rows(table: Any, name: str, limit: Limit) -> Iterator[tuple[int, list[str]]]:
    number = 1
    for row in table.iter(f"{TABLE}table-row"):
        times, cells = _times(row, "rows"), _cells(row, number, name, limit)
        if cells:
            if number + times - 1 > limit.rows:
                raise far(name, number + times - 1, len(cells), limit)
            yield from ((number + more, list(cells)) for more in range(times))
        number += times


def _cells(row: Any, number: int, name: str, limit: Limit) -> list[str]:
    """The cells up to the last that is filled."""
    cells: list[str] = []
    column = 0
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        times, text = _times(cell, "columns"), _shown(cell)
        if text.strip():
            if column + times > limit.columns:
                raise far(name, number, column + times, limit)
            cells += [""] * (column - len(cells)) + [text] * times
        column += times
    return cells


def _times(node: Any, what: str) -> int:
    said = node.get(f"{TABLE}number-{what}-repeated", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _shown(cell: Any) -> str:
    """What the cell says: a date or a number as such, everything else as written; comments on it are not read."""
    match cell.get(f"{OFFICE}value-type"):
        case "date":
            return (cell.get(f"{OFFICE}date-value") or "").replace("T", " ").removesuffix(" 00:00:00")
        case "float":
            return (cell.get(f"{OFFICE}value") or "").removesuffix(".0")
        case "boolean":
            return (cell.get(f"{OFFICE}boolean-value") or "").upper()
    return "\n".join(_words(line) for line in cell.iterchildren(f"{TEXT}p", f"{TEXT}h"))


def _words(node: Any) -> str:
    said = [node.text or ""]
    for child in node:
        if child.tag == f"{TEXT}s":
            many = child.get(f"{TEXT}c", "1")
            said.append(" " * min(int(many), SPACES) if many.isascii() and many.isdigit() and len(many) < 9 else " ")
        elif child.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            said.append("\n" if child.tag == f"{TEXT}line-break" else " ")
        elif not child.tag.startswith(OFFICE):
            said.append(_words(child))
        said.append(child.tail or "")
    return "".join(said)
