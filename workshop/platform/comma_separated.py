"""Tables for spreadsheets, as text. No database, no request, no clock."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
INVISIBLE = "\t\r\n\v\f \u00a0\u200b\u2060\u3000\ufeff"


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """With the mark by which Excel knows UTF-8. Texts that a program would take for a formula stay texts."""
    out = io.StringIO()
    csv.writer(out).writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: object) -> object:
    """An apostrophe keeps a text from being read as a formula, also behind what cannot be seen."""
    if not isinstance(cell, str):
        return cell
    begins = cell.lstrip(INVISIBLE)
    return f"'{cell}" if begins.startswith(FORMULA) or cell[:1] in ("\t", "\r", "\n") else cell
