"""One section a page: which pages there are, which comes next, and what keeps one on it. No database, no request, no clock."""

from collections.abc import Mapping
from datetime import datetime

from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.evaluation import evaluate
from workshop.consultation.questions.logic.expressions import conjuncts, names
from workshop.consultation.questions.question import Kind, Question, Section

from .rules import problems


def pages(definition: Definition, answers: Mapping[str, object]) -> list[Section]:
    """The sections in which there is something to answer."""
    return pages_of(definition, definition.settled(answers)[1])


def pages_of(definition: Definition, counted: Mapping[str, object]) -> list[Section]:
    """The same, given the answers that count: to find those takes most of a page's time where a form is long."""
    return [section for section in definition.sections if any(map(_is_seen, on_page(section, counted)))]


def _is_seen(question: Question) -> bool:
    return question.type is not Kind.CALCULATION


def on_page(section: Section, counted: Mapping[str, object]) -> list[Question]:
    """The questions a page shows: those asked, and those that another answer on the same page would call for.
    `counted` are the answers that count.

    Without scripts the page cannot change while one answers it, so nothing that may be needed is left off.
    """
    here = {each.code for question in section.questions for each in (question, *question.questions)}
    elsewhere = {code: answer for code, answer in counted.items() if code not in here}
    shown: list[Question] = []
    may_change: set[str] = set()
    for question in section.questions:
        parts = conjuncts(question.condition) if question.condition else ()
        if all(names(part) & may_change or evaluate(part, elsewhere) for part in parts):
            shown.append(question)
            may_change |= {each.code for each in (question, *question.questions)}
    return shown


def neighbouring_section(
    definition: Definition, section: Section, answers: Mapping[str, object], step: int
) -> Section | None:
    """The page after (step 1) or before (step -1) this one; None where there is none."""
    shown = pages(definition, answers)
    place = [each.code for each in shown].index(section.code) + step if section in shown else 0
    return shown[place] if 0 <= place < len(shown) else None


def next_stop(definition: Definition, response: Response, *, at: datetime) -> Section | None:
    """Where to go on: the first section not done, or with a problem; None when all that is left is to send."""
    faulty = problems(definition, response, at=at)
    for section in pages(definition, response.answers):
        if section.code not in response.done or any(question.code in faulty for question in section.questions):
            return section
    return None


def check_section(definition: Definition, section: Section, response: Response, *, at: datetime) -> dict[str, str]:
    """The problems of one section."""
    codes = {question.code for question in section.questions}
    return {code: message for code, message in problems(definition, response, at=at).items() if code in codes}


def finish(response: Response, definition: Definition, section: Section, *, at: datetime) -> dict[str, str]:
    """Leave a section forwards: its problems, or none, and then it counts as done."""
    found = check_section(definition, section, response, at=at)
    if not found and section.code not in response.done:
        response.done = [*response.done, section.code]
    return found


def is_refused(section: Section, response: Response) -> bool:
    """Whether the person said no, in this section, to a consent without which there is no questionnaire."""
    return any(q.ends_on_no and response.answers.get(q.code) is False for q in section.questions)


def is_all(section: Section, response: Response) -> bool:
    """Whether nothing was written outside this section."""
    keys = {key for question in section.questions for key in question.keys}
    return keys >= response.answers.keys() | response.drafts.keys()
