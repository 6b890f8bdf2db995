"""The conditions and limits of a draft: names, codes and types they get wrong, and what can never or always hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from workshop.secretariat.register.countries import countries

from .. import draft_editing
from ..document_reader import UNCOMPARED, both
from ..question import Kind, Question
from ..questionnaire_document import Document
from .answer_domains import NUMERIC, SEVERAL, WORDS
from .expressions import (
    ITSELF,
    NUMBER,
    And,
    Compare,
    Count,
    Expression,
    Not,
    Number,
    Operand,
    Ref,
    Selected,
    Text,
    comparisons,
    is_date,
    names,
)
from .grammar import ExpressionError, parse
from .reachability import Search


@dataclass(frozen=True)
class Fault:
    """`kind` is "whole", "section", "question" or "list"; `code` names which; `field` the key of the document at fault."""

    kind: str
    code: str
    message: str
    field: str = ""
    is_error: bool = True

    @classmethod
    def of(cls, kind: str, code: str, message: str, *, field: str = "", is_error: bool = True) -> "Fault":
        return cls(kind, code, message, field, is_error)


CHOOSING = {Kind.ONE, Kind.MANY, Kind.RANK, Kind.CONSENTS}
YES_NO = {"yes", "no"}


@dataclass
class Conditions:
    """All that a draft says about when something is asked. `questions` are those that can be understood."""

    document: Document
    questions: Mapping[str, Question]
    sound: dict[tuple[str, str, str], Expression] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = draft_editing.codes(self.document)
        self.search = Search([self.questions[code] for code in self.order if code in self.questions], {})

    def faults(self) -> list[Fault]:
        """First what is wrong in itself; then, of what is sound, what can never or always hold."""
        found = []
        seen: set[str] = set()
        for section in draft_editing.sections(self.document):
            found += self._of(section, "section", "condition", seen)
            for question in section["questions"]:
                found += self._of(question, "question", "condition", seen)
                found += self._of(question, "question", "limit", seen)
                seen.add(question["code"])
        self.search = Search(self.search.questions, self._effective())
        return [*found, *self._unfulfillable()]

    def _of(self, holder: Mapping[str, Any], kind: str, key: str, earlier: set[str]) -> list[Fault]:
        text = holder.get(key, "")
        if not text:
            return []
        tree, messages = self.read(text, earlier, itself=holder["code"] if key == "limit" else "")
        if tree and not [message for message, is_error in messages if is_error]:
            self.sound[kind, holder["code"], key] = tree
        return [Fault.of(kind, holder["code"], said, field=key, is_error=hard) for said, hard in messages]

    def read(
        self, text: str, earlier: set[str], *, itself: str = ""
    ) -> tuple[Expression | None, list[tuple[str, bool]]]:
        """The tree of a condition (or limit, where `itself` is the question), and what is wrong: message, is it an error."""
        try:
            tree = parse(text)
        except ExpressionError as error:
            return None, [(str(error), True)]
        found = [(message, True) for name in sorted(names(tree)) for message in self._name(name, earlier, itself)]
        if found:
            return tree, found
        asked = dict(self.questions) | ({ITSELF: self.questions[itself]} if itself in self.questions else {})
        return tree, [said for part in comparisons(tree) for said in _types(part, asked)]

    def _name(self, name: str, earlier: set[str], itself: str) -> Iterator[str]:
        if name == ITSELF:
            if not itself:
                yield _("“.” means the answer itself: use it in a limit, not in a condition.")
        elif name not in self.order:
            yield _("There is no question “%(name)s”.", name=name)
        elif name == itself:
            yield _("%(name)s refers to itself; in a limit write “.” for its own answer.", name=name)
        elif name not in earlier:
            other = self._waits_for(name, earlier)
            if other == name:
                yield _("%(name)s depends on this question in turn: the two form a circle.", name=name)
            elif other:
                yield _(
                    "%(name)s depends on this question in turn, through %(other)s: they form a circle.",
                    name=name,
                    other=other,
                )
            else:
                yield _(
                    "%(name)s comes later, or is this question itself; a condition can only refer to earlier "
                    "questions.",
                    name=name,
                )
        elif name in self.questions and self.questions[name].type in UNCOMPARED:
            yield _("A condition cannot refer to %(name)s: its type has no answer to compare.", name=name)

    def _waits_for(self, name: str, earlier: set[str]) -> str:
        """Through which question a later one leads back here, if it does."""
        here = self.order[len(earlier)] if len(earlier) < len(self.order) else ""
        waiting, seen = [name], set()
        while waiting:
            code = waiting.pop()
            if code in seen:
                continue
            seen.add(code)
            for looked_at in self._names_in(code):
                if looked_at == here and here != name:
                    return code
                waiting.append(looked_at)
        return ""

    def _names_in(self, code: str) -> frozenset[str]:
        given = draft_editing.question(self.document, code)
        try:
            return names(parse(given["condition"])) if given and given.get("condition") else frozenset()
        except ExpressionError:
            return frozenset()

    def _effective(self) -> dict[str, Expression | None]:
        """When each question is asked, as far as that can be understood; what cannot be is left open."""
        return {
            question["code"]: both(
                self.sound.get(("section", section["code"], "condition")),
                self.sound.get(("question", question["code"], "condition")),
            )
            for section in draft_editing.sections(self.document)
            for question in section["questions"]
        }

    def _unfulfillable(self) -> Iterator[Fault]:
        unreachable: set[str] = set()
        for (kind, code, key), tree in self.sound.items():
            if key == "limit":
                yield from self._limit(code, tree)
                continue
            if self.search.can_hold(tree, chain=False) is False:
                unreachable.add(code)
                yield Fault.of(
                    kind, code, _("This condition can never be true, so the question would never be asked."), field=key
                )
            elif self.search.can_hold(tree) is False:
                unreachable.add(code)
                message = _(
                    "This question is never asked: anyone who meets its condition has skipped the questions it "
                    "refers to."
                )
                yield Fault.of(kind, code, message, field=key)
            elif self.search.can_hold(Not(tree)) is False:
                message = _("This condition is always true, so it can be left out.")
                yield Fault.of(kind, code, message, field=key, is_error=False)
        yield from self._within_sections(unreachable)

    def _within_sections(self, unreachable: set[str]) -> Iterator[Fault]:
        """Questions whose own condition and that of their section exclude each other."""
        for section in draft_editing.sections(self.document):
            for question in section["questions"]:
                code, whole = question["code"], self.search.conditions.get(question["code"])
                if whole is None or {code, section["code"]} & unreachable or "condition" not in question:
                    continue
                if "condition" in section and self.search.can_hold(whole) is False:
                    message = _(
                        "This question is never asked: its condition and that of its section exclude each other."
                    )
                    yield Fault.of("question", code, message, field="condition")

    def _limit(self, code: str, tree: Expression) -> Iterator[Fault]:
        question = self.questions.get(code)
        if question is None:
            return
        if self.search.can_hold(tree, itself=question) is False:
            yield Fault.of("question", code, _("No answer can respect this limit."), field="limit")
        elif self.search.can_hold(Not(tree), itself=question) is False:
            yield Fault.of(
                "question",
                code,
                _("Every answer respects this limit, so it can be left out."),
                field="limit",
                is_error=False,
            )
        elif question.type is Kind.ONE and ITSELF in names(tree):
            for option in question.options:
                chosen = And((tree, Compare("=", Ref(ITSELF), Text(option.code))))
                if self.search.can_hold(chosen, itself=question) is False:
                    message = _("The answer “%(code)s” can never be chosen: the limit excludes it.", code=option.code)
                    yield Fault.of("question", code, message, field="limit", is_error=False)


def _types(part: Compare | Selected, asked: Mapping[str, Question]) -> Iterator[tuple[str, bool]]:
    """What is wrong with one comparison, given the types of the questions it looks at."""
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
    if ordered and question.type not in NUMERIC | {Kind.DATE}:
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
