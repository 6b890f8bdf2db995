"""Results for spreadsheets, statistics and programs: tables as they are shown, or rows of frozen answers.

A table that is rounded or withheld on the page is so here. Rows hold codes, never texts or figures, in an order that
leads to nobody; they are for those who hold the answers anyway.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter
from flask_babel import gettext as _

from workshop.consultation.findings.counting import OTHER_LABEL
from workshop.consultation.findings.freezing import CHOSEN, FIRST, NO_ANSWER, NOT_ASKED, OTHER, parts_of
from workshop.consultation.findings.models import Snapshot, SnapshotColumn
from workshop.consultation.findings.respondent_units import respondents_of
from workshop.consultation.findings.result_tables import Label, Row, Tabulation
from workshop.consultation.findings.tallies.amounts import ANSWERED_LABEL
from workshop.consultation.findings.tallies.traits import BAND, LABELS, TRAIT, label_of_trait
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind, Question
from workshop.platform.comma_separated import as_csv, as_text

from ..pictures import date_of, title_of
from ..sentences import named

Cell = str | int | float | None
WORDS_OF = {OTHER: OTHER_LABEL, "answered": ANSWERED_LABEL}  # options that no list of the questionnaire has
NOT_ASKED_CODE = "not_asked"  # where there are codes: who was not led to a question did not leave it empty


def about(snapshot: Snapshot, language: str) -> list[tuple[str, Cell]]:
    """What must go with any figure: title, date, who answered, n, caveat."""
    return [
        (_("Title"), title_of(snapshot, language)),
        (_("Questionnaire"), named(snapshot.questionnaire.title, language)),
        (_("Date"), date_of(snapshot)),
        (_("Respondents"), respondents_of(snapshot)),
        ("n", snapshot.responses),
        (_("How to read it"), named(snapshot.caveat, language)),
    ]


def table_rows(tables: Iterable[Tabulation], language: str) -> Iterator[list[Cell]]:
    """Every figure of every table, one a line, under a head."""
    yield [
        _("Question"),
        _("Text"),
        _("Answer"),
        _("Column"),
        _("Count"),
        _("Percent of those asked"),
        _("Hidden because"),
        _("Asked"),
        _("Answered"),
        _("Precision"),
    ]
    for table in tables:
        ends = [table.asked, table.answered, str(table.precision.label)]
        for label, column, row in _figures(table):
            cells = [row.count, row.percent, str(row.mark) if row.hidden else ""]
            yield [table.question, named(table.name, language), named(label, language), column, *cells, *ends]
        if not table.has_figures:
            notes = " ".join(map(str, table.notes))
            yield [table.question, named(table.name, language), "", "", None, None, notes, *ends]


def _figures(table: Tabulation) -> Iterator[tuple[Label, str, Row]]:
    for row in table.rows:
        yield row.label, "", row
    for line in table.grid:
        for cell in line.cells:
            yield line.label, str(cell.label), cell
        if line.points is not None:
            yield line.label, _("Points"), Row(line.label, line.points)


def tables_as_csv(tables: Iterable[Tabulation], snapshot: Snapshot, language: str) -> bytes:
    return as_csv([*about(snapshot, language), (), *table_rows(tables, language)])


def tables_as_xlsx(tables: Iterable[Tabulation], snapshot: Snapshot, language: str) -> bytes:
    return as_workbook(
        {_("About"): iter(map(list, about(snapshot, language))), _("Tables"): table_rows(tables, language)},
        right_to_left=language == "ar",
    )


def as_workbook(sheets: dict[str, Iterator[list[Cell]]], *, right_to_left: bool) -> bytes:
    """Written to the disk line by line, so that a hundred thousand lines take little memory. No text is a formula."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(path), options) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name[:31])
                if right_to_left:
                    sheet.right_to_left()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, [as_text(cell) for cell in row])
        return path.read_bytes()


def as_json(tables: Iterable[Tabulation], snapshot: Snapshot, definition: Definition) -> bytes:
    """Tables and codebook, every text in all its languages."""
    document = {
        "title": snapshot.title,
        "as_of": snapshot.until.isoformat(),
        "taken_at": snapshot.taken_at.isoformat(),
        "n": snapshot.responses,
        "respondents": snapshot.respondents.value,
        "versions": snapshot.versions,
        "caveat": snapshot.caveat,
        "tables": [_table_as_json(table) for table in tables],
        "codebook": [_question_as_json(question) for question in definition.answerable],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=str).encode()


def _table_as_json(table: Tabulation) -> dict[str, object]:
    rows = [
        {"label": label, "column": column, "count": row.count, "percent": row.percent, "hidden": row.hidden}
        for label, column, row in _figures(table)
    ]
    spread = table.spread and {
        name: str(getattr(table.spread, name)) for name in ("lowest", "lower", "median", "upper", "highest")
    }
    return {
        "question": table.question,
        "asked": table.asked,
        "answered": table.answered,
        "precision": table.precision,
        "k": table.k,
        "number": table.number,
        "title": table.name,
        "rows": rows,
        "spread": spread,
        "median": None if table.median is None else str(table.median),
        "notes": [str(note) for note in table.notes],
    }


def _question_as_json(question: Question) -> dict[str, object]:
    listed = {"options": question.options, "rows": question.rows, "columns": question.columns}
    return {
        "code": question.code,
        "type": question.type.value,
        "text": question.text,
        "personal": question.personal,
        "sensitive": question.sensitive,
    } | {key: [{"code": o.code, "label": o.label} for o in options] for key, options in listed.items() if options}


class Rows:
    """The rows of frozen answers, one column for each question: of several answers all, codes with a space between."""

    def __init__(self, snapshot: Snapshot, definition: Definition, language: str, *, labels: bool) -> None:
        self.snapshot, self.language, self.labels = snapshot, language, labels
        columns = {column.question: column for column in snapshot.columns}
        self.fields: list[tuple[str, str, list[tuple[str, bytes, list[str]]]]] = []
        for question in definition.answerable:
            parts = [columns[name] for name in parts_of(question) if name in columns]
            if parts:
                made = [self._part(each, question) for each in parts]
                self.fields.append((question.code, named(question.text, language), made))
        for name, column in columns.items():
            if name.startswith((TRAIT, BAND)):
                self.fields.append((name, str(LABELS.get(name, name)), [self._part(column, None)]))

    def _part(self, column: SnapshotColumn, question: Question | None) -> tuple[str, bytes, list[str]]:
        """A column with what each of its codes is called."""
        names = [NOT_ASKED_CODE, "", *column.options]
        if self.labels:
            names[:2] = [_("Not asked"), _("No answer")]
            names[2:] = [self._label(column, option, question) for option in column.options]
        return self._part_name(column, question), column.codes, names

    def _part_name(self, column: SnapshotColumn, question: Question | None) -> str:
        """What a part of a question is called: an option of several or of a ranking, a row of a matrix."""
        code = column.question.partition(".")[2]
        if not (self.labels and code and question):
            return code
        if code == OTHER:
            return str(OTHER_LABEL)
        listed = question.rows if question.type is Kind.MATRIX else question.options
        return next((named(each.label, self.language) for each in listed if each.code == code), code)

    def _label(self, column: SnapshotColumn, option: str, question: Question | None) -> str:
        if question is None:
            return named(label_of_trait(column.question, option), self.language)
        listed = question.columns if question.type is Kind.MATRIX else question.options
        found = next((each.label for each in listed if each.code == option), None)
        if found:
            return named(found, self.language)
        return str(WORDS_OF.get(option, option))

    def head(self) -> list[Cell]:
        return [f"{code} {text}" if self.labels else code for code, text, _parts in self.fields]

    def __iter__(self) -> Iterator[list[Cell]]:
        yield self.head()
        for row in range(self.snapshot.responses):
            yield [self._cell(parts, row) for _code, _text, parts in self.fields]

    def _cell(self, parts: Sequence[tuple[str, bytes, list[str]]], row: int) -> Cell:
        if len(parts) == 1 and not parts[0][0]:
            _name, codes, names = parts[0]
            return names[codes[row]]
        first = parts[0][1][row]
        if first in (NOT_ASKED, NO_ANSWER) and all(codes[row] == first for _n, codes, _l in parts):
            return parts[0][2][first]
        chosen = [self._chosen(name, codes[row], names) for name, codes, names in parts]
        return ("; " if self.labels else " ").join(filter(None, chosen))

    def _chosen(self, name: str, code: int, names: list[str]) -> str:
        if code <= FIRST and names[FIRST:] and names[-1] in ("chosen", "not chosen") and code != CHOSEN:
            return ""
        if names[-1] == "chosen":
            return name
        return f"{name}={names[code]}" if code >= FIRST else ""


def rows_as_xlsx(snapshot: Snapshot, definition: Definition, language: str, *, labels: bool = False) -> bytes:
    rows = Rows(snapshot, definition, language, labels=labels)
    return as_workbook(
        {_("About"): iter(map(list, about(snapshot, language))), _("Answers"): iter(rows)},
        right_to_left=language == "ar",
    )


def rows_as_csv(snapshot: Snapshot, definition: Definition, language: str, *, labels: bool = False) -> bytes:
    out = io.StringIO()
    rows = Rows(snapshot, definition, language, labels=labels)
    csv.writer(out).writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
