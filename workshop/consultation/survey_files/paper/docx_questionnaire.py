"""A questionnaire as a Word document, for ministries to clear: one language after the other questions, or side by side."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.foreign.limits import Element
from workshop.platform.i18n import direction

from ..edition import Edition
from .docx_page import keep_together, mark, set_up
from .printed_form import paper
from .printed_parts import Paper, PrintedQuestion, PrintedText, speaking

BLANK = "_" * 40
SHORT = "_" * 16
SAFE = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))  # XML has no place for them


def document(of: Edition, languages: Sequence[str], *, at: datetime) -> bytes:
    """The questionnaire in one language, or in several side by side."""
    import docx  # here because few requests need it

    made = docx.Document()
    set_up(made, languages, of.title.in_(*languages)[0])
    if len(languages) == 1:
        with speaking(languages[0]):
            _alone(made, paper(of, languages[0], at=at), of.questionnaire.workshop.title)
    else:
        _side_by_side(made, of, languages, at)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


class Pen:
    """Writes paragraphs of one language into a document or a cell of a table."""

    def __init__(self, into: Element, language: str) -> None:
        self.into, self.language = into, language

    def write(
        self,
        text: str,
        *,
        style: str | None = None,
        bold: bool = False,
        italic: bool = False,
        size: int = 0,
        language: str = "",
    ) -> Element:
        from docx.shared import Pt

        paragraph = self.into.add_paragraph(style=style)
        run = paragraph.add_run(text.translate(SAFE))
        run.bold, run.italic = bold or None, italic or None
        if size:
            run.font.size = Pt(size)
        mark(paragraph, language or self.language)
        return paragraph

    def written(self, text: PrintedText, **how: Any) -> None:
        if text:
            self.write(text.text, language=text.language, **how)


def _alone(made: Element, sheets: Paper, workshop: Words) -> None:
    pen = Pen(made, sheets.language)
    pen.written(PrintedText(*workshop.in_(sheets.language, "en")), size=9)
    pen.written(sheets.title, style="Title")
    pen.write(sheets.edition, italic=True, size=9, language=sheets.own)
    pen.written(sheets.introduction)
    for label, text in sheets.told:
        pen.write(f"{label}: {text.text}", language=text.language)
    how = _(
        "Please write in block letters and tick boxes like this: ☒. Where a line says “go to”, leave out the questions between. A question marked with * needs an answer."
    )
    pen.write(how, italic=True, size=9, language=sheets.own)
    if day := sheets.closing_day:
        pen.write(_("Please return it by %(day)s.", day=day), bold=True, language=sheets.own)
    if sheets.publications:
        pen.write(_("How may your answers be published?"), bold=True, language=sheets.own)
        for each in sheets.publications:
            pen.write(f"○ {each}", language=sheets.own)
    for part in sheets.parts:
        pen.write(f"{part.code}  {part.title.text}", style="Heading 1", language=part.title.language)
        pen.written(part.note)
        for asked in part.questions:
            _question(pen, asked, sheets.own)
    pen.write(_("This is the end of the questionnaire. Thank you."), bold=True, language=sheets.own)


def _question(pen: Pen, asked: PrintedQuestion, own: str, *, heading: bool = True) -> None:
    """One question with the places to write in."""
    arrow = "←" if direction(own) == "rtl" else "→"
    for line in asked.go_to:
        pen.write(f"{arrow} {line}", bold=True, size=9, language=own).paragraph_format.keep_with_next = True
    mark_needed = " *" if asked.required else ""
    text = f"{asked.number}  {asked.text.text}{mark_needed}".strip()
    pen.write(
        text, style="Heading 2" if heading and asked.number else None, bold=not heading, language=asked.text.language
    )
    pen.written(asked.hint, italic=True, size=9)
    if asked.why:
        pen.write(f"{_('Why we ask:')} {asked.why.text}", italic=True, size=9, language=asked.why.language)
    if asked.guidance:
        pen.write(
            f"{_('For the interviewer:')} {asked.guidance.text}", italic=True, size=9, language=asked.guidance.language
        )
    if asked.limits:
        pen.write(asked.limits, italic=True, size=9, language=own)
    _answer(pen, asked, own)
    if asked.stop:
        pen.write(f"{arrow} {asked.stop}", bold=True, size=9, language=own)


def _answer(pen: Pen, asked: PrintedQuestion, own: str) -> None:
    if asked.draw in {"table", "entries"}:
        _table(pen, asked)
        return
    from docx.shared import Pt

    box = "○" if asked.draw == "one" else "☐"
    for choice in asked.choices:
        alone = f" {_('(this one alone)')}" if choice.alone and asked.draw == "choices" else ""
        blank = f" {BLANK}" if choice.lines else ""
        pen.write(f"{box} {choice.label.text}{alone}{blank}", language=choice.label.language)
    for label in asked.labels:
        pen.write(f"{label} {SHORT if asked.unit else BLANK} {asked.unit}".strip(), language=own)
    if asked.draw == "scale":
        low, high = asked.ends
        points = "   ".join(str(point) for point in asked.points)
        pen.write(f"{low.text}   {points}   {high.text}".strip(), language=low.language or own)
    elif asked.draw in {"figure", "year"}:
        pen.write(f"{SHORT} {asked.unit}".strip(), language=own)
    elif asked.draw == "date":
        pen.write(f"{_('day')} ____  {_('month')} ____  {_('year')} ________", language=own)
    elif asked.draw == "written":
        for _line in range(asked.lines):
            pen.write(BLANK * 2).paragraph_format.space_before = Pt(11)  # room for a hand


def _table(pen: Pen, asked: PrintedQuestion) -> None:
    """A matrix; inside a cell of another table only its rows and its columns in words."""
    mark_of_cell = "○" if asked.draw == "table" else ""
    if not hasattr(pen.into, "add_heading"):
        pen.write("○ " + " · ○ ".join(choice.label.text for choice in asked.choices), size=9)
        for row in asked.rows:
            pen.write(f"– {row.text}", language=row.language)
        return
    table = pen.into.add_table(rows=1 + len(asked.rows), cols=1 + len(asked.choices), style="Table Grid")
    _turn(table, pen.language)
    for at, choice in enumerate(asked.choices, 1):
        _cell(table.cell(0, at), choice.label)
    for number, row in enumerate(asked.rows, 1):
        _cell(table.cell(number, 0), row)
        for at in range(1, 1 + len(asked.choices)):
            table.cell(number, at).text = mark_of_cell
    keep_together(table)
    pen.into.add_paragraph()


def _cell(cell: Element, text: PrintedText) -> None:
    cell.text = text.text.translate(SAFE)
    mark(cell.paragraphs[0], text.language)


def _turn(table: Element, language: str) -> None:
    """The columns of a table from right to left."""
    if direction(language) == "rtl":
        from docx.oxml import OxmlElement

        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))


def _side_by_side(made: Element, of: Edition, languages: Sequence[str], at: datetime) -> None:
    """One row for the title, each section and each question; one column for each language."""
    sheets: list[Paper] = []
    for code in languages:
        with speaking(code):
            sheets.append(paper(of, code, at=at))
    questions = sum(len(part.questions) + 1 for part in sheets[0].parts)
    table = made.add_table(rows=1 + questions, cols=len(languages), style="Table Grid")
    for column, (code, sheet) in enumerate(zip(languages, sheets, strict=True)):
        with speaking(code):
            cells = iter(table.columns[column].cells)
            pen = _pen(next(cells), code)
            pen.written(sheet.title, bold=True, size=16)
            pen.written(sheet.introduction, size=9)
            for part in sheet.parts:
                pen = _pen(next(cells), code)
                pen.write(f"{part.code}  {part.title.text}", bold=True, size=13, language=part.title.language)
                pen.written(part.note, size=9)
                for asked in part.questions:
                    _question(_pen(next(cells), code), asked, sheet.own, heading=False)


def _pen(cell: Element, language: str) -> Pen:
    """A cell starts with an empty paragraph, which would stay empty on top."""
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)
    return Pen(cell, language)
