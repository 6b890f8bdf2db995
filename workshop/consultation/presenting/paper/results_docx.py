"""The summary and the briefing as a Word document: real headings, tables with repeated heads, right to left too."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from workshop.consultation.findings.result_tables import Row, Tabulation
from workshop.platform.word_document import WordDocument

from ..pictures import figure_of
from ..sentences import named
from .results_paper import PaperTable, ResultsPaper


def paper_as_docx(paper: ResultsPaper, *, at: datetime) -> bytes:
    word = WordDocument(paper.language, title=paper.title, subject=paper.subtitle, at=at)
    word.paragraph(paper.subtitle)
    word.paragraph(paper.title, style="Title")
    _facts(word, paper.facts, paper.caveat)
    for number, question in enumerate(paper.questions, 1):
        word.paragraph(f"{number}. {question}")
    for part in paper.parts:
        word.paragraph(part.heading, style="Heading 1")
        _facts(word, part.facts, part.caveat)
        for each in part.tables:
            _write(word, each, paper.language)
    if not paper.parts:
        word.paragraph(_("No results are for this session yet."))
    return word.content()


def _facts(word: WordDocument, facts: Sequence[str], caveat: str) -> None:
    if facts:
        word.paragraph(" · ".join(facts))
    if caveat:
        word.run(word.paragraph(), caveat, italic=True)


def _write(word: WordDocument, each: PaperTable, language: str) -> None:
    table = each.tabulation
    number = _("Table %(number)s", number=table.number)
    word.paragraph(f"{number}. {named(table.name, language)}", style="Heading 2")
    for said, spoken in each.statements:
        word.run(word.paragraph(), said, language=spoken)
    for quote in each.quotes:
        word.run(word.paragraph(style="Quote"), quote.text, language=quote.language)
    _facts(word, asked_of(table), "")
    if table.grid:
        _grid(word, table, language)
    if any(not row.suppressed for row in table.rows):
        _rows(word, table, language)
    for note in (*table.notes, *each.caveats):
        word.run(word.paragraph(), str(note), italic=True)


def asked_of(table: Tabulation) -> list[str]:
    """The question behind a chosen title, how many were asked it and how many answered."""
    facts = []
    if table.asked is not None:
        facts.append(_("Asked: %(count)s", count=table.asked))
    if table.answered is not None:
        facts.append(_("Answered: %(count)s", count=table.answered))
    return facts


def _rows(word: WordDocument, table: Tabulation, language: str) -> None:
    widths = (110, 25, 30)
    made = word.table([_("Answer"), _("How many"), _("Share of those asked")], widths)
    for row in table.rows:
        share = "" if row.percent is None else _("%(share)s%%", share=row.percent)
        _line(word, made, [named(row.label, language), _count(row), share])
    word.close_table(made, widths)


def _grid(word: WordDocument, table: Tabulation, language: str) -> None:
    points = table.grid[0].points is not None
    heads = [named(label, language) for label in table.columns] + ([_("Points")] if points else [])
    widths = (55, *(110 // len(heads) for _head in heads))
    made = word.table(["", *heads], widths)
    for line in table.grid:
        cells = [figure_of(cell) for cell in line.cells] + ([str(line.points)] if points else [])
        _line(word, made, [named(line.label, language), *cells])
    word.close_table(made, widths)


def _line(word: WordDocument, made: object, texts: Sequence[str]) -> None:
    for cell, text in zip(made.add_row().cells, texts, strict=True):  # type: ignore[attr-defined]
        word.paragraph(text, place=cell)


def _count(row: Row) -> str:
    return str(row.mark) if row.hidden else str(row.count)
