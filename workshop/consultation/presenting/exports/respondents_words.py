"""The answers themselves for those who hold them, as far as each respondent's choice allows.

Who chose "totals only" is counted and has no row. Who chose to stay unnamed has none of the personal details. Rows are in
an order that tells nothing of when they came. No database, no request, no clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from flask_babel import gettext as _

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.states import Publication
from workshop.consultation.questions.answer_wording import lines
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Question

from ..sentences import named
from .result_sheets import Cell, about, as_workbook


class Allowed(Protocol):
    """As much of a response as is looked at."""

    @property
    def answers(self) -> Mapping[str, object]: ...
    @property
    def publication(self) -> Publication: ...
    @property
    def language(self) -> str: ...
    @property
    def version(self) -> int: ...


def answers_as_xlsx(responses: Iterable[Allowed], snapshot: Snapshot, definition: Definition, language: str) -> bytes:
    """One row for each respondent who allows it, one column for each question, in words."""
    return as_workbook(
        {
            _("About"): iter(map(list, about(snapshot, language))),
            _("Answers"): rows_allowed(responses, definition, language),
        },
        right_to_left=language == "ar",
    )


def rows_allowed(responses: Iterable[Allowed], definition: Definition, language: str) -> Iterator[list[Cell]]:
    asked = definition.answerable
    head = [f"{question.code} {named(question.text, language)}" for question in asked]
    yield [_("May be published"), _("Language"), _("Version"), *head]
    for response in responses:
        if response.publication is Publication.TOTALS:
            continue
        with_names = response.publication is Publication.NAMED
        cells: list[Cell] = [
            _in_words(question, response.answers, language) if with_names or not question.personal else ""
            for question in asked
        ]
        yield [str(response.publication.label), response.language, response.version, *cells]


def _in_words(question: Question, answers: Mapping[str, object], language: str) -> str:
    """An answer as a reader sees it; the rows of a matrix and the places of a ranking each after their label."""
    if answers.get(question.code) in (None, "", [], {}):
        return ""
    said = [(named(line.label, language), named(line.text, language)) for line in lines(question, answers)]
    return "; ".join(f"{label}: {text}" if label else text for label, text in said)
