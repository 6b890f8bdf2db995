"""Results on paper as pages that are made into PDFs, in the language that is spoken just then."""

from collections.abc import Sequence

from flask import render_template
from flask_babel import gettext as _

from workshop.consultation.findings.freezing import FIRST, parts_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.findings.tallies.traits import BAND, TRAIT
from workshop.consultation.questions.answer_wording import UNITS
from workshop.consultation.questions.definition import Definition
from workshop.platform import pdf

from ..exports.statistics_file import value_labels, variable_label, variable_name
from ..pictures import caveat_of
from ..sentences import named
from .results_paper import ResultsPaper, facts_of_snapshot

STYLESHEET, DECK = "css/results-paper.css", "css/results-deck.css"


def paper_as_pdf(paper: ResultsPaper) -> bytes:
    """The summary or the briefing."""
    return _made("consultation/presenting/pdf/results_paper.html", STYLESHEET, paper=paper)


def deck_as_pdf(snapshot: Snapshot, pages: Sequence[tuple[str, Tabulation]], language: str) -> bytes:
    """A page for each table, as they are shown on a screen: its sentence, and the table."""
    return _made(
        "consultation/presenting/pdf/deck.html",
        DECK,
        title=named(snapshot.title, language),
        facts=facts_of_snapshot(snapshot, language),
        caveat=caveat_of(snapshot, language),
        pages=pages,
    )


def codebook_as_pdf(snapshot: Snapshot, definition: Definition, language: str) -> bytes:
    """What each column of the files means: its question, who was asked it, and its codes."""
    names = {column.question for column in snapshot.columns}
    variables = {
        question.code: [(name, variable_name(name)) for name in parts_of(question) if name in names]
        for question in definition.answerable
    }
    return _made(
        "consultation/presenting/pdf/codebook.html",
        STYLESHEET,
        title=_("Codebook"),
        facts=facts_of_snapshot(snapshot, language),
        caveat=caveat_of(snapshot, language),
        sections=definition.sections,
        variables=variables,
        others=[
            (
                variable_name(column.question),
                variable_label(column, definition, language),
                [(code, label) for code, label in value_labels(column, definition, language).items() if code >= FIRST],
            )
            for column in snapshot.columns
            if column.question.startswith((TRAIT, BAND))
        ],
    )


def _made(template: str, stylesheet: str, **given: object) -> bytes:
    with pdf.Renderer(stylesheet) as renderer:
        return renderer.render(render_template(template, units=UNITS, **given)).content
