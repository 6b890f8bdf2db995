"""The expressions of a row beside its constraint: when it is asked and required, which choices it offers, what it begins with."""

import re
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from workshop.consultation.questions.document_checks import WITHOUT_DEFAULT
from workshop.consultation.questions.logic.expressions import And, Expression, to_text
from workshop.consultation.questions.logic.grammar import MAX_LENGTH
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import QuestionDraft

from .relevance_conditions import KnownQuestion, Place, in_our_terms
from .survey_columns import Line
from .xpath_expressions import Inexpressible, Node, as_calculation, as_expression, parse

if TYPE_CHECKING:
    from .question_rows import Questions

YES = {"yes", "true", "true()", "1"}
NO = {"", "no", "false", "false()", "0"}
DYNAMIC = re.compile(r"\$\{|\w\(")
CHOOSING = {Kind.ONE, Kind.MANY}


def of_row(line: Line, kind: Kind, known: KnownQuestion, among: "Questions") -> QuestionDraft:
    """The keys that hold them. What has no counterpart is told."""
    found: QuestionDraft = {}
    if line.get("required").strip().lower() not in YES | NO and kind is not Kind.NOTE:
        found["required_if"] = _required_if(line, among)
    if line.get("choice_filter") and kind in {*CHOOSING, Kind.RANK}:
        found["filter"] = _filter(line, among)
    if kind in CHOOSING and re.search(r"randomize\s*=\s*true", line.get("parameters")):
        found["shuffle"] = True
    if kind is Kind.ONE and {"minimal", "autocomplete"} & set(line.get("appearance").split()):
        found["look"] = "minimal"
    if line.get("default"):
        found["default"] = _default(line, kind, known, among)
    return found


def condition(text: str, line: Line, among: "Questions") -> str:
    """A condition in our terms. Of one that must hold in all its parts, those that can stay."""
    try:
        parts = _parts(parse(text))
    except Inexpressible as reason:
        said = _("This condition is not imported, so the question is always asked: %(reason)s.", reason=reason)
        among.warn(line, said, "relevant", text)
        return ""
    kept: list[Expression] = []
    for part in parts:
        try:
            kept.append(in_our_terms(as_expression(part), among.known, among.place))
        except Inexpressible as reason:
            said = (
                _(
                    "A part of this condition is not imported, so the question is asked more often: %(reason)s.",
                    reason=reason,
                )
                if len(parts) > 1
                else _("This condition is not imported, so the question is always asked: %(reason)s.", reason=reason)
            )
            among.warn(line, said, "relevant", text)
    written = to_text(And(tuple(kept)) if len(kept) > 1 else kept[0]) if kept else ""
    return written if len(written) <= MAX_LENGTH else ""


def _parts(node: Node) -> list[Node]:
    return [one for part in node.parts for one in _parts(part)] if isinstance(node, And) else [node]


def calculation(text: str, among: "Questions", place: Place) -> str:
    """What is worked out, in our terms. Raises Inexpressible."""
    return to_text(in_our_terms(as_calculation(parse(text)), among.known, place))


def _required_if(line: Line, among: "Questions") -> str:
    text = line.get("required").strip()
    try:
        return to_text(in_our_terms(as_expression(parse(text)), among.known, among.place))
    except Inexpressible as reason:
        said = _("When it is required is not imported, so it may be left blank: %(reason)s.", reason=reason)
        among.warn(line, said, "required", text)
        return ""


def _filter(line: Line, among: "Questions") -> str:
    text = line.get("choice_filter").strip()
    place = Place(among.within, columns=frozenset({"name", *among.lists.columns}))
    try:
        return to_text(in_our_terms(as_expression(parse(text)), among.known, place))
    except Inexpressible as reason:
        said = _("Its choices are not filtered here, so all are offered: %(reason)s.", reason=reason)
        among.warn(line, said, "choice_filter", text)
        return ""


def _default(line: Line, kind: Kind, known: KnownQuestion, among: "Questions") -> str:
    """What stands in the form at first: fixed answers only."""
    text = line.get("default").strip()
    codes = [known.codes.get(code, "") for code in (text.split() if kind is Kind.MANY else [text])]
    if kind in WITHOUT_DEFAULT or DYNAMIC.search(text) or (kind in CHOOSING and not all(codes)):
        among.warn(line, _("Its default is not imported."), "default", text)
        return ""
    return " ".join(codes) if kind in CHOOSING else text
