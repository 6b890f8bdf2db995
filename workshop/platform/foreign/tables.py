"""Tables of any kind as rows of text: .xlsx, .xls, .ods, and text whose cells are separated by commas or the like."""

import quopri
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from .limits import Limit
from .open_sheets import is_ods, ods
from .refusals import TOO_MUCH, Refusal
from .separated_text import SIGNS, decoded, numbered_rows, sign_by_headings
from .workbooks import NO_WORKBOOK, OLD_OFFICE, Grid, far, xls, xlsx

# Byte order marks, what XML has no place for, and halves of characters: nothing that anybody sees.
UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


@dataclass
class Sheet:
    """Its name, and its rows that hold something: the number of each, and its cells up to the last that is filled."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


class Measure:
    """Counts what was read over all sheets and stops where it is more than there may be."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.cells = self.characters = 0

    def add(self, text: str) -> str:
        self.cells += bool(text)
        self.characters += len(text)
        if self.cells > self.limit.cells or self.characters > self.limit.characters:
            raise Refusal(TOO_MUCH)
        return text


def read_tables(content: bytes, limit: Limit, headings: Collection[str] = ()) -> dict[str, object]:
    """The sheets of a file, and whether the encoding of its text had to be guessed.

    `headings`, in small letters, are those that tell by which sign the cells of a text are separated.
    """
    if is_workbook(content):
        return {"sheets": plain(sheets_of(content, limit)), "guessed": False}
    try:
        text, guessed = decoded(content)
    except Refusal as refusal:
        raise Refusal(NO_WORKBOOK) from refusal
    if is_cards(text):
        return {"sheets": plain([sheet_of("", enumerate(card_rows(text), 1), Measure(limit))]), "guessed": guessed}
    first = text.lstrip().partition("\n")[0]
    sign = sign_by_headings(text, headings) or max(SIGNS, key=first.count)
    rows = enumerate((row for _line, row in numbered_rows(text, sign)), 1)  # as a spreadsheet program counts them
    return {"sheets": plain([sheet_of("", rows, Measure(limit))]), "guessed": guessed}


def plain(sheets: Iterable[Sheet]) -> list[dict[str, object]]:
    return [{"name": sheet.name, "rows": sheet.rows} for sheet in sheets]


def is_workbook(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", OLD_OFFICE))


def sheets_of(content: bytes, limit: Limit) -> list[Sheet]:
    """The sheets of a workbook. Raises Refusal."""
    grids: Iterator[tuple[str, Grid]]
    if content.startswith(OLD_OFFICE):
        grids = xls(content)
    else:
        grids = ods(content, limit) if is_ods(content) else xlsx(content, limit)
    measure = Measure(limit)
    return [sheet_of(name, grid, measure) for name, grid in grids]


def sheet_of(name: str, grid: Grid, measure: Measure) -> Sheet:
    """The rows of a sheet that hold something, as text. Raises Refusal for what stands too far away, or is too much."""
    sheet, limit = Sheet(name), measure.limit
    for number, values in grid:
        cells = [measure.add(as_written(value)) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells and (number > limit.rows or len(cells) > limit.columns):
            raise far(name, number, len(cells), limit)
        if cells:
            sheet.rows.append((number, cells))
    return sheet


def as_written(value: object) -> str:
    """A cell as one reads it; a no-break space stays what it is."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else _to_the_minute(value, " ")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes" if not value.second else "auto")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return lines.translate(UNSEEN).strip(" \t\n")


def _to_the_minute(value: datetime, between: str) -> str:
    return value.isoformat(between, "minutes" if not value.second else "auto")


# vCards are a table too: one row for each card.
CARD_HEADINGS = [
    "Full name",
    "Given name",
    "Family name",
    "Form of address",
    "Organisation",
    "Function",
    "Email",
    "Country",
    "Language",
]
CARD_PROPERTY = re.compile(r"(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:]*)?):(.*)", re.DOTALL)


def is_cards(text: str) -> bool:
    return text.lstrip()[:12].upper().startswith("BEGIN:VCARD")


def card_rows(text: str) -> Iterator[list[str]]:
    """The headings, then each card. Of several values of one kind the first counts."""
    yield CARD_HEADINGS
    card: dict[str, str] = {}
    for line in _unfolded_cards(text):
        found = CARD_PROPERTY.fullmatch(line)
        if not found:
            continue
        name, marks, value = found[1].upper(), found[2].upper(), found[3]
        if "QUOTED-PRINTABLE" in marks:
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
        if name == "BEGIN":
            card = {}
        elif name == "END":
            yield _card_row(card)
        else:
            card.setdefault(name, value.strip())


def _unfolded_cards(text: str) -> list[str]:
    soft = re.sub(r"=\n(?=[^\n])", "", text) if "QUOTED-PRINTABLE" in text.upper() else text
    return re.sub(r"\n[ \t]", "", soft).split("\n")


def _card_row(card: dict[str, str]) -> list[str]:
    family, given, _more, honorific = ([_card_text(each) for each in _card_parts(card.get("N", ""))] + [""] * 4)[:4]
    address = [_card_text(each) for each in _card_parts(card.get("ADR", ""))]
    return [
        "" if family else _card_text(card.get("FN", "")),
        given,
        family,
        honorific,
        _card_text(_card_parts(card.get("ORG", ""))[0]),
        _card_text(card.get("TITLE", "") or card.get("ROLE", "")),
        _card_text(card.get("EMAIL", "")),
        address[6] if len(address) > 6 else "",
        _card_text(card.get("LANG", "")),
    ]


def _card_parts(value: str) -> list[str]:
    return re.split(r"(?<!\\);", value)


def _card_text(value: str) -> str:
    return re.sub(r"\\([,;\\])", r"\1", value).replace("\\n", " ").replace("\\N", " ").strip()
