"""Reading the JSON document of a questionnaire version: every key typed, every fault named with its place.

The keys are told in `definition.py`. Conditions and limits look back only.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn, TypeVar

from workshop.platform.db import Words

from . import document_checks
from .document_checks import DefinitionError
from .logic.expressions import And, Expression, Node, Operand, conjuncts, is_date
from .logic.grammar import ExpressionError, parse, parse_calculation
from .question import CURRENT_YEAR, TODAY, Kind, Option, Question, Section

SECTION_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")  # capitals: never one of the words that addresses use themselves
QUESTION_CODE = re.compile(r"(?!.*_(other|email)$)[A-Za-z][A-Za-z0-9_]{0,63}")
OPTION_CODE = re.compile(r"(?!was$)[A-Za-z0-9_-]{1,64}")  # "C1.was" is a field of our own in forms
Lists = Mapping[str, tuple[Option, ...]]
Tree = TypeVar("Tree", bound=Node)


class Entry:
    """One object of the document and its place. Each key is taken once, and none may be left over."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, Mapping):
            raise DefinitionError(f"{place}: expected an object with keys.")
        self.data, self.place = dict(data), place

    def take(self, key: str, kind: type, default: object = ...) -> Any:
        """The value of a key. It must be there unless there is a default."""
        value = self.data.pop(key, default)
        if value is ...:
            self.fail(f"“{key}” is missing.")
        if value is not default and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            self.fail(f"“{key}” should be {kind.__name__}, not {type(value).__name__}.")
        return value

    def words(self, key: str, *, needed: bool = False) -> Words:
        value = Words(self.take(key, dict, ... if needed else {}))
        if needed and not any(value.values()):
            self.fail(f"“{key}” says nothing.")
        return value

    def figure(self, key: str) -> Decimal | None:
        value = self.take(key, object, None)
        try:
            return None if value is None or isinstance(value, bool) else Decimal(str(value))
        except InvalidOperation:
            self.fail(f"“{key}” should be a number, not {value!r}.")

    def day(self, key: str) -> str:
        """A date of the calendar as YYYY-MM-DD, or "today"; nothing when it is not there."""
        value: str = self.take(key, str, "")
        if value and value != TODAY and not is_date(value):
            self.fail(f"“{key}” should be a date such as 2005-02-28, or “today”.")
        return value

    def nothing_else(self) -> None:
        if self.data:
            self.fail(f"“{next(iter(self.data))}” is not known here.")

    def fail(self, message: str) -> NoReturn:
        raise DefinitionError(f"{self.place}: {message}")


def read_lists(data: Mapping[str, object]) -> dict[str, tuple[Option, ...]]:
    """The named lists of options."""
    return {name: tuple(_options(listed, name)) for name, listed in data.items()}


def _options(listed: Any, name: str) -> list[Option]:
    options: list[Option] = []
    for number, data in enumerate(listed, 1):
        entry = Entry(data, f"list {name}, option {number}")
        option = Option(
            entry.take("code", str),
            entry.words("label", needed=True),
            entry.take("exclusive", bool, False),
            {str(column): str(value) for column, value in entry.take("columns", dict, {}).items()},
        )
        entry.nothing_else()
        if not OPTION_CODE.fullmatch(option.code):
            entry.fail(f"the code “{option.code}” is not allowed.")
        if any(before.code == option.code for before in options):
            entry.fail(f"the code “{option.code}” is there twice.")
        options.append(option)
    return options


def read_section(entry: Entry, lists: Lists, earlier: dict[str, Question]) -> Section:
    """One section; its questions are added to `earlier`, so that later conditions may look back to them."""
    code = entry.take("code", str)
    if not SECTION_CODE.fullmatch(code):
        entry.fail(f"the code “{code}” should be capitals and figures.")
    entry.place = f"section {code}"
    title, note = entry.words("title", needed=True), entry.words("note")
    condition = _expression(entry, "condition", earlier, "")
    questions: list[Question] = []
    for data in entry.take("questions", list):
        question = read_question(
            Entry(data, f"section {code}, question {len(questions) + 1}"), lists, earlier, condition
        )
        earlier |= {each.code: each for each in (question, *question.questions)}
        questions.append(question)
    entry.nothing_else()
    if not questions:
        entry.fail("a section needs a question.")
    return Section(code, title, tuple(questions), note, condition)


def read_question(
    entry: Entry,
    lists: Lists,
    earlier: Mapping[str, Question],
    of_section: Expression | None,
    *,
    within: str = "",
) -> Question:
    """One question; `within` is the code of the repeat that it belongs to."""
    code = entry.take("code", str)
    entry.place = f"question {code}"
    if not QUESTION_CODE.fullmatch(code) or code in earlier or code == within:
        entry.fail("this code is not allowed, or there twice.")
    if (written := entry.take("type", str)) not in set(Kind):
        entry.fail(f"there is no type “{written}”.")
    own = _expression(entry, "condition", earlier, within)
    ends = Entry(entry.take("ends", dict, {}), f"{entry.place}, ends")
    limit = entry.data.pop("limit", "")
    question = Question(
        code=code,
        type=Kind(written),
        text=entry.words("text", needed=True),
        hint=entry.words("hint"),
        why=entry.words("why"),
        guidance=entry.words("guidance"),
        required=entry.take("required", bool, False),
        required_if=_expression(entry, "required_if", earlier, within),
        personal=entry.take("personal", bool, False),
        sensitive=entry.take("sensitive", bool, False),
        condition=both(of_section, own),
        own_condition=own,
        limit_message=entry.words("limit_message"),
        default=entry.take("default", str, ""),
        filter=_expression(entry, "filter", earlier, within),
        shuffle=entry.take("shuffle", bool, False),
        look=entry.take("look", str, ""),
        other=entry.take("other", bool, False),
        min_choices=entry.take("min_choices", int, None),
        max_choices=entry.take("max_choices", int, None),
        top=entry.take("top", int, None),
        minimum=entry.figure("min"),
        maximum=_maximum(entry),
        max_length=entry.take("max_length", int, None),
        decimals=entry.take("decimals", int, 6 if written == Kind.DECIMAL else 2),
        unit=entry.take("unit", str, "") or ("year" if written == Kind.YEAR else ""),
        unit_label=entry.words("unit_label"),
        currency=entry.take("currency", str, ""),
        low=ends.words("low"),
        high=ends.words("high"),
        on_no=entry.take("on_no", str, ""),
        reveals=entry.take("reveals", str, ""),
        kinds=tuple(entry.take("kinds", list, [])),
        max_size=entry.take("max_size", int, None),
        earliest=entry.day("earliest"),
        latest=entry.day("latest"),
        calculation=_calculation(entry, "calculation", earlier, within),
        least=entry.take("least", int, None),
        most=entry.take("most", int, None),
        times=_calculation(entry, "times", earlier, within),
        item=entry.words("item"),
        questions=_entries_of(entry, lists, earlier, code, within),
        within=within,
        **_lists_of(entry, lists),
    )
    entry.data |= {"limit": limit} if limit else {}
    question = replace(question, limit=_expression(entry, "limit", earlier, within, itself=question))
    ends.nothing_else()
    entry.nothing_else()
    for fault in document_checks.of_question(question):
        entry.fail(fault)
    return question


def _entries_of(
    entry: Entry, lists: Lists, earlier: Mapping[str, Question], code: str, within: str
) -> tuple[Question, ...]:
    """The questions that a repeat asks for each of its entries."""
    asked = entry.take("questions", list, [])
    if asked and within:
        entry.fail("a repeat cannot stand within another.")
    seen, found = dict(earlier), []
    for number, data in enumerate(asked, 1):
        question = read_question(Entry(data, f"{entry.place}, question {number}"), lists, seen, None, within=code)
        seen[question.code] = question
        found.append(question)
    return tuple(found)


def _maximum(entry: Entry) -> Decimal | str | None:
    if entry.data.get("max") == CURRENT_YEAR:
        return str(entry.data.pop("max"))
    return entry.figure("max")


def _lists_of(entry: Entry, lists: Lists) -> dict[str, Any]:
    found: dict[str, object] = {}
    for key in ("options", "rows", "columns"):
        name = entry.take(key, str, "")
        if name and name not in lists:
            entry.fail(f"there is no list “{name}”.")
        found |= {key: lists.get(name, ()), f"{key}_list": name}
    return found


def both(one: Expression | None, other: Expression | None) -> Expression | None:
    """The condition that holds when both do; nothing stands for “always”."""
    return And((*conjuncts(one), *conjuncts(other))) if one and other else one or other


def _expression(
    entry: Entry, key: str, earlier: Mapping[str, Question], within: str, *, itself: Question | None = None
) -> Expression | None:
    """The condition under a key. In a limit, `itself` is the question behind "."."""
    if not (text := entry.take(key, str, "")):
        return None
    try:
        tree = parse(text)
    except ExpressionError as error:
        entry.fail(f"{key}: {error}")
    return _sound(entry, key, tree, earlier, within, itself)


def _calculation(entry: Entry, key: str, earlier: Mapping[str, Question], within: str) -> Operand | None:
    if not (text := entry.take(key, str, "")):
        return None
    try:
        tree = parse_calculation(text)
    except ExpressionError as error:
        entry.fail(f"{key}: {error}")
    return _sound(entry, key, tree, earlier, within, None)


def _sound(
    entry: Entry, key: str, tree: Tree, earlier: Mapping[str, Question], within: str, itself: Question | None
) -> Tree:
    for fault in document_checks.references(key, tree, earlier, within=within, itself=itself):
        entry.fail(f"{key}: {fault}")
    return tree
