"""What the type of a question needs and cannot have, and what its conditions may look at. Faults as texts, first things first."""

from collections.abc import Iterator, Mapping

from workshop.platform.foreign.limits import EXTENSIONS

from .logic.expressions import (
    ITSELF,
    TODAY,
    Compare,
    Node,
    Ref,
    Selected,
    Text,
    columns,
    comparisons,
    names,
    nodes,
    outside_aggregates,
)
from .question import Kind, Question

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
    "filter": {Kind.ONE, Kind.MANY, Kind.RANK},
    "shuffle": {Kind.ONE, Kind.MANY},
    "look": {Kind.ONE},
    "calculation": {Kind.CALCULATION},
    "questions": {Kind.REPEAT},
    "least": {Kind.REPEAT},
    "most": {Kind.REPEAT},
    "times": {Kind.REPEAT},
    "item": {Kind.REPEAT},
}
UNCOMPARED = {Kind.MATRIX, Kind.FILE, Kind.NOTE}  # no condition can look at them
NOT_IN_REPEATS = {Kind.FILE, Kind.CONSENT, Kind.CONSENTS, Kind.REPEAT}
WITHOUT_DEFAULT = {
    Kind.MATRIX,
    Kind.RANK,
    Kind.FILE,
    Kind.NOTE,
    Kind.CALCULATION,
    Kind.REPEAT,
    Kind.CONSENT,
    Kind.MONEY,
}


class DefinitionError(ValueError):
    """The document does not describe a questionnaire; the message names the place."""


def of_question(question: Question) -> Iterator[str]:
    """What the type of a question needs, and what it cannot have."""
    for key in LISTS_NEEDED.get(question.type, ()):
        if not getattr(question, key):
            yield f"a question of type {question.type} needs {key}."
    if question.other and (question.type not in {Kind.ONE, Kind.MANY} or question.option("other")):
        yield "“other” goes with one or many, whose list has no code “other”."
    if question.type is Kind.SCALE and not 2 <= len(question.steps) <= 11:
        yield "a scale needs whole numbers min and max, 2 to 11 points apart."
    if question.on_no not in {"", "end"} or (question.on_no and question.type is not Kind.CONSENT):
        yield "“on_no” may be “end”, with a consent."
    if question.reveals not in {"", "email"} or (question.reveals and question.type is not Kind.CONSENTS):
        yield "“reveals” may be “email”, with consents."
    for key, kinds in BELONGS_TO.items():
        if getattr(question, key) and question.type not in kinds:
            yield f"“{key}” does not go with the type {question.type}."
    if not question.asks and (question.required or question.required_if or question.limit):
        yield "a note or a calculation asks nothing, so it can be neither required nor limited."
    if unknown := set(question.kinds) - set(EXTENSIONS.values()):
        yield f"files of the kind “{min(unknown)}” cannot be taken."
    if question.min_choices and question.max_choices and question.min_choices > question.max_choices:
        yield "“min_choices” is above “max_choices”."
    for key in ("min_choices", "max_choices", "top", "max_length", "max_size", "most"):
        if (limit := getattr(question, key)) is not None and limit < 1:
            yield f"“{key}” should be 1 or more."
    yield from _of_newer_kinds(question)


def _of_newer_kinds(question: Question) -> Iterator[str]:
    if question.type is Kind.CALCULATION and question.calculation is None:
        yield "a calculation needs “calculation”."
    if question.type is Kind.REPEAT and not any(each.asks for each in question.questions):
        yield "a repeat needs questions."
    if question.within and question.type in NOT_IN_REPEATS:
        yield f"a question of type {question.type} cannot be asked in a repeat."
    if (question.least or 0) > (question.most or 50) or (question.least or 0) < 0:
        yield "“least” is above “most”."
    if question.default and question.type in WITHOUT_DEFAULT:
        yield f"“default” does not go with the type {question.type}."


def references(
    key: str, tree: Node, earlier: Mapping[str, Question], *, within: str, itself: Question | None
) -> Iterator[str]:
    """What a condition or calculation looks at that it cannot."""
    for name in sorted(names(tree) - ({ITSELF} if itself else set())):
        if name not in earlier or earlier[name].type in UNCOMPARED:
            yield f"“{name}” is not an earlier question that a condition can look at."
    for name in sorted(outside_aggregates(tree)):
        if name in earlier and earlier[name].within not in {"", within}:
            yield f"“{name}” is asked once for each entry: use sum, count, min or max."
    if any(isinstance(each, Ref) and each.name == TODAY for each in nodes(tree)) and key != "limit":
        yield "“today()” can stand in a limit only."
    if key != "filter" and (bare := columns(tree)):
        yield f"“{min(bare)}” is no question: write ${{{min(bare)}}}, or put a text in quotation marks."
    for name, code in codes_named(tree):
        asked = earlier.get(name)
        if asked and asked.options and code and code != "other" and asked.option(code) is None:
            yield f"“{code}” is not a choice of {name}."


def codes_named(tree: Node) -> list[tuple[str, str]]:
    """Each question with a code that the condition expects of it."""
    found = []
    for part in comparisons(tree):
        match part:
            case (
                Selected(name, code)
                | Compare("=" | "!=", Ref(name), Text(code))
                | Compare("=" | "!=", Text(code), Ref(name))
            ):
                found.append((name, code))
    return [(name, code) for name, code in found if not name.startswith("@")]
