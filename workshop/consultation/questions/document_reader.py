"""Reading the JSON document of a questionnaire version: every key typed, every fault named with its place.

The keys are told in `definition.py`. Conditions and limits look back only.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from workshop.platform.db import Words
from workshop.platform.foreign.limits import EXTENSIONS

from .logic.expressions import (
    ITSELF,
    And,
    Compare,
    Expression,
    Ref,
    Selected,
    Text,
    comparisons,
    conjuncts,
    is_date,
    names,
)
from .logic.grammar import ExpressionError, parse
from .question import CURRENT_YEAR, TODAY, Kind, Option, Question, Section

SECTION_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")  # capitals: never one of the words that addresses use themselves
QUESTION_CODE = re.compile(r"(?!.*_(other|email)$)[A-Za-z][A-Za-z0-9_]{0,63}")
OPTION_CODE = re.compile(r"(?!was$)[A-Za-z0-9_-]{1,64}")  # "C1.was" is a field of our own in forms
LISTS_NEEDED = {
    Kind.ONE: ("options",),
    Kind.MANY: ("options",),
    Kind.RANK: ("options",),
    Kind.CONSENTS: ("options",),
    Kind.MATRIX: ("rows", "columns"),
}
BELONGS_TO = {
    "min_choices": {Kind.MANY, Kind.COUNTRIES},
    "kinds": {Kind.FILE},
    "max_size": {Kind.FILE},
    "earliest": {Kind.DATE},
    "latest": {Kind.DATE},
}
UNCOMPARED = {Kind.MATRIX, Kind.FILE, Kind.NOTE}  # no condition can look at them
Lists = Mapping[str, tuple[Option, ...]]


class DefinitionError(ValueError):
    """The document does not describe a questionnaire; the message names the place."""


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
            entry.take("code", str), entry.words("label", needed=True), entry.take("exclusive", bool, False)
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
    condition = _expression(entry, "condition", earlier)
    questions: list[Question] = []
    for data in entry.take("questions", list):
        question = read_question(
            Entry(data, f"section {code}, question {len(questions) + 1}"), lists, earlier, condition
        )
        earlier[question.code] = question
        questions.append(question)
    entry.nothing_else()
    if not questions:
        entry.fail("a section needs a question.")
    return Section(code, title, tuple(questions), note, condition)


def read_question(
    entry: Entry, lists: Lists, earlier: Mapping[str, Question], of_section: Expression | None
) -> Question:
    code = entry.take("code", str)
    entry.place = f"question {code}"
    if not QUESTION_CODE.fullmatch(code) or code in earlier:
        entry.fail("this code is not allowed, or there twice.")
    if (written := entry.take("type", str)) not in set(Kind):
        entry.fail(f"there is no type “{written}”.")
    own = _expression(entry, "condition", earlier)
    ends = Entry(entry.take("ends", dict, {}), f"{entry.place}, ends")
    question = Question(
        code=code,
        type=Kind(written),
        text=entry.words("text", needed=True),
        hint=entry.words("hint"),
        why=entry.words("why"),
        required=entry.take("required", bool, False),
        personal=entry.take("personal", bool, False),
        sensitive=entry.take("sensitive", bool, False),
        condition=both(of_section, own),
        own_condition=own,
        limit=_expression(entry, "limit", earlier, of_itself=True),
        limit_message=entry.words("limit_message"),
        other=entry.take("other", bool, False),
        min_choices=entry.take("min_choices", int, None),
        max_choices=entry.take("max_choices", int, None),
        top=entry.take("top", int, None),
        minimum=entry.figure("min"),
        maximum=_maximum(entry),
        max_length=entry.take("max_length", int, None),
        decimals=entry.take("decimals", int, 2),
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
        **_lists_of(entry, lists),
    )
    ends.nothing_else()
    entry.nothing_else()
    _check(entry, question)
    return question


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


def _check(entry: Entry, question: Question) -> None:
    """What the type of a question needs, and what it cannot have."""
    for key in LISTS_NEEDED.get(question.type, ()):
        if not getattr(question, key):
            entry.fail(f"a question of type {question.type} needs {key}.")
    if question.other and (question.type not in {Kind.ONE, Kind.MANY} or question.option("other")):
        entry.fail("“other” goes with one or many, whose list has no code “other”.")
    if question.type is Kind.SCALE and not 2 <= len(question.steps) <= 11:
        entry.fail("a scale needs whole numbers min and max, 2 to 11 points apart.")
    if question.on_no not in {"", "end"} or (question.on_no and question.type is not Kind.CONSENT):
        entry.fail("“on_no” may be “end”, with a consent.")
    if question.reveals not in {"", "email"} or (question.reveals and question.type is not Kind.CONSENTS):
        entry.fail("“reveals” may be “email”, with consents.")
    for key, kinds in BELONGS_TO.items():
        if getattr(question, key) and question.type not in kinds:
            entry.fail(f"“{key}” does not go with the type {question.type}.")
    if question.type is Kind.NOTE and (question.required or question.limit):
        entry.fail("a note asks nothing, so it can be neither required nor limited.")
    if unknown := set(question.kinds) - set(EXTENSIONS.values()):
        entry.fail(f"files of the kind “{min(unknown)}” cannot be taken.")
    if question.min_choices and question.max_choices and question.min_choices > question.max_choices:
        entry.fail("“min_choices” is above “max_choices”.")
    for key in ("min_choices", "max_choices", "top", "max_length", "max_size"):
        if (limit := getattr(question, key)) is not None and limit < 1:
            entry.fail(f"“{key}” should be 1 or more.")


def both(one: Expression | None, other: Expression | None) -> Expression | None:
    """The condition that holds when both do; nothing stands for “always”."""
    return And((*conjuncts(one), *conjuncts(other))) if one and other else one or other


def _expression(
    entry: Entry, key: str, earlier: Mapping[str, Question], *, of_itself: bool = False
) -> Expression | None:
    if not (text := entry.take(key, str, "")):
        return None
    try:
        tree = parse(text)
    except ExpressionError as error:
        entry.fail(f"{key}: {error}")
    for name in sorted(names(tree) - ({ITSELF} if of_itself else set())):
        if name not in earlier or earlier[name].type in UNCOMPARED:
            entry.fail(f"{key}: “{name}” is not an earlier question that a condition can look at.")
    for name, code in codes_named(tree):
        asked = earlier.get(name)
        if asked and asked.options and code and code != "other" and asked.option(code) is None:
            entry.fail(f"{key}: “{code}” is not a choice of {name}.")
    return tree


def codes_named(tree: Expression) -> list[tuple[str, str]]:
    """Each question with a code that the condition expects of it."""
    found = []
    for part in comparisons(tree):
        match part:
            case Selected(name, code) | Compare(_, Ref(name), Text(code)) | Compare(_, Text(code), Ref(name)):
                found.append((name, code))
    return found
