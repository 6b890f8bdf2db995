"""The conditions and limits of a draft: names, codes and types they get wrong, and what can never or always hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from .. import draft_editing
from ..document_checks import UNCOMPARED
from ..document_reader import both
from ..question import Kind, Question
from ..questionnaire_document import Document
from . import comparison_types
from .expressions import (
    ITSELF,
    TODAY,
    And,
    Compare,
    Expression,
    Node,
    Not,
    Ref,
    Text,
    columns,
    comparisons,
    is_plain,
    names,
    nodes,
    outside_aggregates,
)
from .grammar import ExpressionError, parse, parse_calculation
from .reachability import Search

CALCULATIONS = {"calculation", "times"}


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
            for question in draft_editing.with_inner(section["questions"]):
                for key in draft_editing.EXPRESSIONS:
                    found += self._of(question, "question", key, seen)
                seen.add(question["code"])
        self.search = Search(self.search.questions, self._effective())
        return [*found, *self._unfulfillable()]

    def _of(self, holder: Mapping[str, Any], kind: str, key: str, earlier: set[str]) -> list[Fault]:
        text = holder.get(key, "")
        if not text:
            return []
        tree, messages = self.read(text, earlier, key, itself=holder["code"])
        sound = not [message for message, is_error in messages if is_error]
        if (
            key in {"condition", "limit"}
            and isinstance(tree, Expression)
            and sound
            and self._can_be_tried(tree, holder["code"])
        ):
            self.sound[kind, holder["code"], key] = tree
        return [Fault.of(kind, holder["code"], said, field=key, is_error=hard) for said, hard in messages]

    def _can_be_tried(self, tree: Expression, code: str) -> bool:
        """Whether all it looks at are answers that can be tried one by one: nothing worked out, nothing repeated."""
        looked_at = [self.questions[name] for name in names(tree) if name in self.questions]
        single = not any(each.within or each.type in {Kind.CALCULATION, Kind.REPEAT} for each in looked_at)
        return single and is_plain(tree) and not draft_editing.repeat_of(self.document, code)

    def read(
        self, text: str, earlier: set[str], key: str = "condition", *, itself: str = ""
    ) -> tuple[Node | None, list[tuple[str, bool]]]:
        """The tree of a condition, limit or calculation of a question, and what is wrong: message, is it an error."""
        try:
            tree: Node = parse_calculation(text) if key in CALCULATIONS else parse(text)
        except ExpressionError as error:
            return None, [(str(error), True)]
        found = [(message, True) for name in sorted(names(tree)) for message in self._name(name, earlier, key, itself)]
        found += [(message, True) for message in self._out_of_place(tree, key, itself)]
        if found:
            return tree, found
        asked = dict(self.questions) | ({ITSELF: self.questions[itself]} if itself in self.questions else {})
        return tree, [said for part in comparisons(tree) for said in comparison_types.faults(part, asked)]

    def _out_of_place(self, tree: Node, key: str, itself: str) -> Iterator[str]:
        """What can stand in other places only: columns of a list, the day of answering, answers of other entries."""
        repeat = draft_editing.repeat_of(self.document, itself)
        own = repeat["code"] if repeat else ""
        if key != "filter" and (bare := columns(tree)):
            yield _(
                "“%(name)s” is not marked as a question: write ${%(name)s}, or put a text in quotation marks.",
                name=min(bare),
            )
        if key != "limit" and any(isinstance(each, Ref) and each.name == TODAY for each in nodes(tree)):
            yield _("“today()” can only be used in a limit.")
        for name in sorted(outside_aggregates(tree)):
            if (asked := self.questions.get(name)) and asked.within not in {"", own}:
                yield _("%(name)s is asked once for each entry: use sum, count, min or max.", name=name)

    def _name(self, name: str, earlier: set[str], key: str, itself: str) -> Iterator[str]:
        if name == ITSELF:
            if key != "limit":
                yield _("“.” means the answer itself: use it in a limit, not in a condition.")
        elif name not in self.order:
            yield _("There is no question “%(name)s”.", name=name)
        elif name == itself and key == "limit":
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
