"""Spreadsheets and separated text, opened apart, as tables that know their place."""

from flask_babel import gettext as _

from workshop.platform.foreign.limits import AGENDA
from workshop.platform.foreign.refusals import Refusal
from workshop.platform.foreign.sandbox import in_words
from workshop.platform.foreign.separated_text import SIGNS, numbered_rows, sign_by_agreement
from workshop.platform.foreign.tables import Measure, sheet_of
from workshop.platform.foreign.workbooks import letters_of
from workshop.platform.opened_files import NumberedRows

from .columns import count_known
from .text_tables import Table

LONGEST_CELL = 20_000


def workbook_tables(sheets: list[NumberedRows]) -> list[Table]:
    """Every sheet with something in it. Rows without anything stand between the others, so that they keep their number."""
    return [_sheet(sheet["name"], sheet["rows"]) for sheet in sheets if sheet["rows"]]


def _sheet(name: str, numbered: list[tuple[int, list[str]]]) -> Table:
    rows: list[list[str]] = []
    for number, cells in numbered:
        rows += [[] for _missing in range(number - 1 - len(rows))]
        rows.append([cell.strip()[:LONGEST_CELL] for cell in cells])

    def place(row: int, column: int | None) -> str:
        if column is None:
            return str(_("sheet “%(sheet)s”, row %(row)s", sheet=name, row=row + 1))
        return str(_("sheet “%(sheet)s”, cell %(cell)s", sheet=name, cell=f"{letters_of(column + 1)}{row + 1}"))

    return Table(rows, place, name)


def separated_by(text: str) -> str:
    """The sign between the cells of a table; "" for running text, whose commas agree on nothing."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    for sign in SIGNS:
        if count_known([cell.strip('" ') for cell in first.split(sign)]) >= 2:
            return sign
    sign = sign_by_agreement(text)
    lines = [line for line in text.split("\n") if line.strip()]
    return sign if sign and len(lines) >= 2 and first.count(sign) >= 2 and sign != "," else ""


def separated_table(text: str, sign: str) -> Table:
    """The rows of a CSV file, each with the line on which it begins. Raises Unreadable with the line where it ends."""
    try:
        numbered = list(numbered_rows(text, sign))
        sheet = sheet_of("", enumerate((cells for _line, cells in numbered), 1), Measure(AGENDA))
    except Refusal as refusal:
        raise in_words(refusal) from refusal
    starts = [numbered[row - 1][0] for row, _cells in sheet.rows]

    def place(row: int, column: int | None) -> str:
        if column is None:
            return str(_("line %(number)s", number=starts[row]))
        return str(_("line %(line)s, column %(column)s", line=starts[row], column=column + 1))

    return Table([[cell.strip() for cell in cells] for _row, cells in sheet.rows], place)
