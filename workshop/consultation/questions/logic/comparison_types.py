"""What is wrong with a comparison, given the types of the questions it looks at: each message, and whether it is an error."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from workshop.secretariat.register.countries import countries

from ..question import Kind, Question
from .answer_domains import NUMERIC, SEVERAL, WORDS
from .expressions import NUMBER, Check, Compare, Count, Number, Operand, Ref, Selected, Text, is_date

CHOOSING = {Kind.ONE, Kind.MANY, Kind.RANK, Kind.CONSENTS}
YES_NO = {"yes", "no"}


def faults(part: Compare | Selected | Check, asked: Mapping[str, Question]) -> Iterator[tuple[str, bool]]:
    """What is wrong with one comparison, given the types of the questions it looks at."""
    if isinstance(part, Check):
        return
    if isinstance(part, Selected):
        if question := asked.get(part.name):
            yield from _selected(part, question)
        return
    for side, other in ((part.left, part.right), (part.right, part.left)):
        question = asked.get(side.name) if isinstance(side, Ref) else None
        if isinstance(side, Count) and (counted := asked.get(side.name)) and counted.type not in SEVERAL:
            yield _("Only one answer can be given to %(name)s, so there is nothing to count.", name=side.name), False
        if question:
            yield from _compared(part.sign, question, side, other, asked)


def _selected(part: Selected, question: Question) -> Iterator[tuple[str, bool]]:
    if question.type not in CHOOSING | {Kind.COUNTRY, Kind.COUNTRIES}:
        yield _("%(name)s offers no choice, so nothing can be selected in it.", name=part.name), True
    else:
        yield from _code(part.code, question, part.name)


def _compared(
    sign: str, question: Question, side: Operand, other: Operand, asked: Mapping[str, Question]
) -> Iterator[tuple[str, bool]]:
    name = side.name if isinstance(side, Ref) else ""
    ordered = sign not in {"=", "!="}
    if question.type in {Kind.CALCULATION, Kind.TIME, Kind.MOMENT} or _has_figures_for_codes(question):
        return
    if ordered and question.type in WORDS:
        yield _("%(name)s is answered in words; only figures among them are compared.", name=name), False
    elif ordered and question.type not in NUMERIC | {Kind.DATE}:
        yield _("%(name)s is neither a number nor a date, so it cannot be compared as more or less.", name=name), True
    elif isinstance(other, Number | Count) and question.type not in NUMERIC | WORDS:
        yield _("%(name)s is not answered by a number.", name=name), True
    elif isinstance(other, Text) and other.value:
        yield from _compared_with_text(question, name, other.value, ordered=ordered)
    elif isinstance(other, Ref) and (beside := asked.get(other.name)) and _unlike(question, beside):
        yield (
            _("%(one)s and %(other)s are answered differently and cannot be compared.", one=name, other=other.name),
            True,
        )


def _has_figures_for_codes(question: Question) -> bool:
    """Whether the codes of its choices are numbers, so that one may be more than another."""
    return question.type is Kind.ONE and all(NUMBER.fullmatch(option.code) for option in question.options)


def _compared_with_text(question: Question, name: str, text: str, *, ordered: bool) -> Iterator[tuple[str, bool]]:
    if question.type in NUMERIC:
        if not NUMBER.fullmatch(text):
            yield _("%(name)s is answered by a number, not by “%(text)s”.", name=name, text=text), True
    elif question.type is Kind.DATE:
        if not is_date(text):
            yield _("%(name)s is answered by a date such as 2005-02-28, not by “%(text)s”.", name=name, text=text), True
    elif question.type in SEVERAL:
        yield (
            _(
                "Several answers can be given to %(name)s: write selected(${%(name)s}, '%(text)s').",
                name=name,
                text=text,
            ),
            False,
        )
    elif question.type is Kind.CONSENT:
        if text not in YES_NO:
            yield _("%(name)s is answered “yes” or “no”, not “%(text)s”.", name=name, text=text), True
    else:
        yield from _code(text, question, name)


def _code(code: str, question: Question, name: str) -> Iterator[tuple[str, bool]]:
    message = _("“%(code)s” is not among the answers to %(name)s.", code=code, name=name)
    if (
        question.type in CHOOSING
        and code
        and question.option(code) is None
        and not (code == "other" and question.other)
    ):
        yield message, True
    if question.type in {Kind.COUNTRY, Kind.COUNTRIES} and code and code not in countries():
        yield message, True


def _unlike(one: Question, other: Question) -> bool:
    groups = (NUMERIC, {Kind.DATE}, CHOOSING, WORDS, {Kind.COUNTRY, Kind.COUNTRIES}, {Kind.CONSENT})
    return not any(one.type in group and other.type in group for group in groups)
