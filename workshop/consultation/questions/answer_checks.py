"""What keeps an answer from being sent: that it is missing, excluded by another answer, or beyond the question's own limit."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _

from . import answer_wording
from .logic.counted_answers import entries_of, how_many, offered, settle_into
from .logic.evaluation import evaluate
from .logic.expressions import ITSELF, TODAY
from .question import Kind, Question

Answers = Mapping[str, object]


def is_required(question: Question, counted: Answers) -> bool:
    """Whether there must be an answer, given the others."""
    return question.required or (question.required_if is not None and evaluate(question.required_if, counted))


def is_blank(answer: object) -> bool:
    return answer in (None, "", [], {})


def fault(question: Question, answers: Answers, counted: Answers, *, at: datetime, on_paper: bool) -> str:
    """What is wrong with the answer to a question that is asked; nothing where all is well.

    `counted` are the answers that count beside it. Nobody on paper is kept from leaving a line open.
    """
    answer = answers.get(question.code)
    if is_blank(answer):
        return answer_wording.missing(question) if is_required(question, counted) and not on_paper else ""
    if excluded := _excluded(question, answer, counted):
        return _("“%(choice)s” does not go with your other answers. Please choose again.", choice=excluded)
    if question.type is Kind.REPEAT:
        return _of_entries(question, answer, counted, at=at, on_paper=on_paper)
    today = {TODAY: at.date().isoformat()}
    if question.limit and not evaluate(question.limit, {**counted, **today, ITSELF: answer}):
        return answer_wording.beyond_limit(question)
    return ""


def _excluded(question: Question, answer: object, counted: Answers) -> str:
    """The choice that another answer excludes."""
    if question.filter is None:
        return ""
    possible = {option.code for option in offered(question, counted)} | {"other"}
    chosen = [str(code) for code in answer] if isinstance(answer, list) else [str(answer)]
    return next((answer_wording.choices_in_words(question, [code]) for code in chosen if code not in possible), "")


def _of_entries(question: Question, answer: object, counted: Answers, *, at: datetime, on_paper: bool) -> str:
    number, wanted = len(entries_of(answer)), how_many(question, counted)
    if wanted is not None and number != wanted and not on_paper:
        return _("Please fill in %(wanted)s entries; there are %(number)s.", wanted=wanted, number=number)
    if question.least and number < question.least and not on_paper:
        return _(
            "Please fill in at least %(least)s entries; there are %(number)s.", least=question.least, number=number
        )
    for (place, code), message in entry_faults(question, answer, counted, at=at, on_paper=on_paper).items():
        inner = next(each for each in question.questions if each.code == code)
        return answer_wording.in_entry(question, place, inner, message)
    return ""


def entry_faults(
    question: Question, answer: object, counted: Answers, *, at: datetime, on_paper: bool
) -> dict[tuple[int, str], str]:
    """What is wrong in the entries of a repeat, by the number of the entry and the code of the question."""
    found = {}
    for number, entry in enumerate(entries_of(answer), 1):
        own = dict(counted)
        asked = settle_into(own, question.questions, entry)
        for inner in question.questions:
            is_asked = inner.code in asked and inner.asks
            if is_asked and (message := fault(inner, entry, own, at=at, on_paper=on_paper)):
                found[number, inner.code] = message
    return found


def kept_entries(question: Question, answer: object, counted: Answers) -> list[dict[str, object]]:
    """The entries of a repeat as they are sent: without what their own answers do not lead to, with what is worked out."""
    found = []
    for entry in entries_of(answer):
        own = dict(counted)
        asked = settle_into(own, question.questions, entry)
        kept = {key: entry[key] for q in question.questions if q.code in asked for key in q.keys if key in entry}
        worked_out = {q.code: own[q.code] for q in question.questions if q.type is Kind.CALCULATION and q.code in own}
        found.append({**kept, **{code: value for code, value in worked_out.items() if code in asked}})
    return found
