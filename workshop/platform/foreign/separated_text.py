"""Text as it comes: its encoding, and the rows of a table whose cells are separated by commas or the like.

No database, no request, no clock.
"""

import csv
import io
from collections.abc import Collection, Iterator
from itertools import islice

from .refusals import N_, Refusal

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SIGNS = ";\t,|"  # between cells; which of them depends on the language of the spreadsheet program
LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\u2028")
NOT_TEXT = N_(
    "This is neither text nor a kind of file that can be read: byte %(place)s is a control character. Accepted are "
    "text, HTML, DOCX, XLSX, CSV, frab schedules (XML, JSON) and iCalendar."
)
DAMAGED_TEXT = N_("The text is damaged at byte %(place)s.")
MALFORMED = N_("The table is malformed in line %(line)s: %(fault)s.")


def decoded(content: bytes) -> tuple[str, bool]:
    """The text with "\\n" line ends, and whether its encoding had to be guessed. Raises Refusal where it is none."""
    for mark, code in MARKS:
        if content.startswith(mark):
            try:
                return _lines(_without_empty(content.decode(code))), False
            except UnicodeDecodeError as fault:
                raise Refusal(DAMAGED_TEXT, place=fault.start) from fault
    refuse_binary(content)
    try:
        return _lines(content.decode("utf-8")), False
    except UnicodeDecodeError:
        return _lines(content.decode("cp1252", errors="replace")), True


def refuse_binary(content: bytes) -> None:
    """Control characters do not occur in text. Raises Refusal with the place of the first."""
    for place, byte in enumerate(content[:65536]):
        if byte < 9 or 14 <= byte < 27 or 28 <= byte < 32:
            raise Refusal(NOT_TEXT, place=place)
    if b"\0" in content:
        raise Refusal(NOT_TEXT, place=content.index(b"\0"))


def _without_empty(text: str) -> str:
    if "\0" in text:
        raise Refusal(DAMAGED_TEXT, place=text.index("\0"))
    return text


def _lines(text: str) -> str:
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    return text


def sign_by_headings(text: str, headings: Collection[str]) -> str:
    """The sign with which most cells of one of the first lines are such headings; "" where none is."""
    lines = [line.casefold() for line in islice(text.split("\n", 20), 20)]
    known = {
        sign: max(sum(cell.strip('" ') in headings for cell in line.split(sign)) for line in lines) for sign in SIGNS
    }
    best = max(SIGNS, key=lambda sign: known[sign])
    return best if known[best] else ""


def sign_by_agreement(text: str) -> str:
    """What separates the cells; "" where the lines do not agree on anything, so that this is not a table."""
    best, width = "", 1
    for sign in SIGNS:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(text), delimiter=sign), 40) if any(row)]
        except csv.Error:
            continue
        counts = [len(row) for row in rows]
        common = max(set(counts), key=counts.count) if counts else 1
        if common > width and counts.count(common) * 5 >= len(counts) * 4 and counts[:1] == [common]:
            best, width = sign, common
    return best


def numbered_rows(text: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins. Raises Refusal with the line that is malformed."""
    reader = csv.reader(io.StringIO(text), delimiter=sign, strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Refusal(MALFORMED, line=max(line, reader.line_num), fault=str(fault)) from fault
        yield line, row
        line = reader.line_num + 1
