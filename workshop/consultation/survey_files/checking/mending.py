"""What was read from a file, made to hold together: row by row, so that one bad row never refuses the form.

Whatever the definition does not take goes, told with its row; what would still stand in the way of publishing is told too.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from flask_babel import gettext as _

from workshop.consultation.questions import draft_checks, draft_editing
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.document_reader import read_lists
from workshop.consultation.questions.question import Option, Question
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft

from ..questionnaire_report import QuestionnaireReport

SPARED_LAST = (
    "condition",
    "required_if",
    "limit",
    "filter",
    "times",
    "default",
    "min_choices",
    "max_choices",
    "max_length",
)


def mend(document: Document, report: QuestionnaireReport) -> None:
    """Take out of the document, in place, what it cannot hold; tell it, and what is left to do before publishing."""
    lists = _readable_lists(document, report)
    earlier: dict[str, Question] = {}
    for section in draft_editing.sections(document):
        if not draft_checks.takes_section(section, earlier):
            section.pop("condition", None)
            report.warn(_("The condition of the section “%(code)s” is not imported.", code=section["code"]))
        kept = []
        for question in section["questions"]:
            if held := _held(question, lists, earlier, report):
                kept.append(held)
                read = draft_checks.question_alone(held, lists, earlier)[0]
                earlier |= {each.code: each for each in (read, *read.questions)} if read else {}
        section["questions"] = kept
    document["sections"] = [section for section in document["sections"] if section["questions"]]
    report.questions = len(list(draft_editing.questions(document)))
    for fault in draft_checks.errors(draft_checks.check({**document, "title": document.get("title") or {"en": "…"}})):
        rows = [row for row, code in report.taken.items() if code == fault.code]
        report.warn(_("To fix before publishing: %(fault)s", fault=fault.message), *rows, text=fault.code)


def _readable_lists(document: Document, report: QuestionnaireReport) -> dict[str, tuple[Option, ...]]:
    found: dict[str, tuple[Option, ...]] = {}
    for name, options in list(document["lists"].items()):
        try:
            found |= read_lists({name: deepcopy(options)})
        except DefinitionError as fault:
            del document["lists"][name]
            report.warn(_("The list “%(name)s” is not imported: %(fault)s", name=name, fault=str(fault)))
    return found


def _held(
    question: QuestionDraft,
    lists: Mapping[str, tuple[Option, ...]],
    earlier: Mapping[str, Question],
    report: QuestionnaireReport,
) -> QuestionDraft | None:
    """The question as it can stand; nothing where it cannot at all."""
    fault = draft_checks.question_alone(question, lists, earlier)[1]
    if not fault:
        return question
    for lighter, key in _lighter(question):
        if not draft_checks.question_alone(lighter, lists, earlier)[1]:
            rows = [row for row, code in report.taken.items() if code in _codes(question)]
            said = _("“%(key)s” of %(code)s is not imported: %(fault)s", key=key, code=question["code"], fault=fault)
            report.warn(said, *rows)
            return lighter
    for row in [row for row, code in report.taken.items() if code in _codes(question)]:
        del report.taken[row]
        report.refuse(row, _("This row cannot become a question here: %(fault)s", fault=fault))
    return None


def _codes(question: QuestionDraft) -> set[str]:
    return {each["code"] for each in (question, *question.get("questions", ()))}


def _lighter(question: QuestionDraft) -> Iterator[tuple[QuestionDraft, str]]:
    """The question without one thing, then without several: first what a form can best do without."""
    gone = dict(question)
    for key in SPARED_LAST:
        if key in question:
            yield {name: value for name, value in question.items() if name != key}, key
    for key in SPARED_LAST:
        if gone.pop(key, None) is not None:
            yield dict(gone), key
