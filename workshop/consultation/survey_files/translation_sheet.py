"""The texts of a questionnaire as a workbook for translators, and what came back in it.

Each row carries a mark of what every cell said when it was written. A cell that was not touched since changes nothing;
one that was touched is taken, unless the text has been changed here meanwhile too: then both are told, and ours stays.
"""

import hashlib
import io
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _

from workshop.consultation.questions.question_texts import all_texts, having
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform.errors import RuleBroken
from workshop.platform.opened_files import opened_form_sheets
from workshop.platform.rendering import comma

from .edition import Edition
from .survey_codes import code_of, column_of

ADDRESS, MARK = "address", "as written"
UPDATED, UNCHANGED, REFUSED = "updated", "unchanged", "refused"


@dataclass(frozen=True)
class Cell:
    """What became of one row: in which languages it was taken, or why not."""

    row: int
    address: str
    state: str
    languages: tuple[str, ...] = ()
    reason: str = ""


@dataclass
class Returned:
    """What came back: every row of the sheet once, and the document with what was taken."""

    document: Document
    rows: list[Cell] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    untaken: list[str] = field(default_factory=list)  # columns

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    def packed(self) -> dict[str, object]:
        """What the page tells of it, as JSON keeps it: of rows that are as they were only how many."""
        states = (UPDATED, UNCHANGED, REFUSED)
        told = [asdict(row) for row in self.rows if row.state != UNCHANGED or row.reason]
        return {
            "rows": len(self.rows),
            "counts": {state: self.count(state) for state in states},
            "told": told,
            "untaken": self.untaken,
        }


def sheet_of_texts(of: Edition) -> bytes:
    """One row for each text, one column for each language; the first is the one to translate from."""
    import xlsxwriter  # here because few requests need it

    languages = of.definition.languages
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("texts")
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        quiet = book.add_format({"font_color": "#777777", "valign": "top"})
        sheet.write_row(0, 0, [ADDRESS, *(column_of(code) for code in languages), MARK], bold)
        for number, each in enumerate(all_texts(of.document), 1):
            said = [each.words.get(code, "") for code in languages]
            sheet.write_string(number, 0, each.address, quiet)
            for at, text in enumerate(said, 1):
                if text:
                    sheet.write_string(number, at, text, wrap)
                else:
                    sheet.write_blank(number, at, None, wrap)
            sheet.write_string(number, len(languages) + 1, " ".join(map(mark, said)), quiet)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, len(languages), 48)
        sheet.set_column(len(languages) + 1, len(languages) + 1, 12, None, {"hidden": True})
    return made.getvalue()


def mark(text: str) -> str:
    """What a cell said, in few letters; spaces around it count for nothing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:10]


def read_translations(content: bytes, document: Document) -> Returned:
    """What a translator sent back, put into a copy of the document. Raises RuleBroken."""
    sheet = opened_form_sheets(content).get("texts")
    if not sheet or ADDRESS not in sheet["columns"]:
        raise RuleBroken(
            _("This is not a sheet of texts that was written here: it has no sheet “texts” with addresses."), "file"
        )
    languages = list(document["languages"])
    found = Returned(deepcopy(document), languages=languages)
    columns = {name: code_of(name) for name in sheet["columns"] if name not in {ADDRESS, MARK}}
    found.untaken = [name for name, code in columns.items() if code not in languages]
    ours = {each.address: each.words for each in all_texts(document)}
    taken: dict[str, dict[str, str]] = {}
    for number, cells in sheet["rows"]:
        address = cells.get(ADDRESS, "")
        if address not in ours:
            reason = _("This text no longer exists.") if address else _("This row has no address.")
            found.rows.append(Cell(number, address, REFUSED, reason=reason))
            continue
        theirs = {code: cells.get(name, "") for name, code in columns.items() if code in languages}
        found.rows.append(_row(number, address, theirs, ours[address], _marks(cells.get(MARK, ""), languages), taken))
    for code, said in taken.items():
        found.document = having(found.document, code, said)
    return found


def _marks(text: str, languages: list[str]) -> dict[str, str]:
    """What each cell said when the sheet was written; nothing where the column is gone."""
    marks = text.split()
    return dict(zip(languages, marks, strict=True)) if len(marks) == len(languages) else {}


def _row(
    number: int,
    address: str,
    theirs: Mapping[str, str],
    ours: Mapping[str, str],
    marks: Mapping[str, str],
    taken: dict[str, dict[str, str]],
) -> Cell:
    changed, both = [], []
    for code, text in theirs.items():
        now = ours.get(code, "")
        if not text or mark(text) == mark(now) or mark(text) == marks.get(code):
            continue  # left empty, the same, or not touched since it was written
        if now and marks and marks.get(code) != mark(now):
            both.append(code)
            continue
        taken.setdefault(code, {})[address] = text
        changed.append(code)
    if both:
        reason = _(
            "Also changed here since the sheet was written; our text is kept: %(languages)s.",
            languages=comma().join(both),
        )
        return Cell(number, address, REFUSED if not changed else UPDATED, tuple(changed), reason)
    return Cell(number, address, UPDATED if changed else UNCHANGED, tuple(changed))
