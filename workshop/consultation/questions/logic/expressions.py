"""Conditions as trees: when they hold, which questions they name, and how they are written. Read by `grammar.py`.

    ${A3} != 'ind' and ${B7} > 0        selected(${D1}, 'edu')        not(selected(${D1}, 'no') or ${C3} = 'y')
    . <= ${B7}                          count-selected(${D1}) >= 2

What an answer is worth, here and in static/js/questionnaire.js alike: a text itself, a whole number its digits,
consent "yes" or "no", several choices their codes with a space between, money its amount. A question that is not
answered (or not asked) is worth the empty text, as in XLSForm: it equals '' and differs from everything else, it is
neither more nor less than any number, and nothing is selected in it.
`=` and `!=` compare numbers where a number stands in the condition, and texts elsewhere; the others always numbers,
where a date (2005-02-28) is worth its day. How many are selected in a question that is not answered is 0.
In the limit of a question the name "." stands for its own answer.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
EPOCH = date(1970, 1, 1)
ITSELF = "."


@dataclass(frozen=True)
class Ref:
    name: str


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Count:
    """How many are selected in a question."""

    name: str


Operand = Ref | Text | Number | Count


@dataclass(frozen=True)
class Compare:
    sign: str
    left: Operand
    right: Operand


@dataclass(frozen=True)
class Selected:
    name: str
    code: str


@dataclass(frozen=True)
class Not:
    part: "Expression"


@dataclass(frozen=True)
class And:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Expression", ...]


Expression = Compare | Selected | Not | And | Or
SIGNS: dict[str, Callable[[str | float, str | float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(tree: Expression, answers: Mapping[str, object]) -> bool:
    """Whether the condition holds. `answers` maps question codes to answers; a code left out is not answered."""
    match tree:
        case And(parts):
            return all(evaluate(part, answers) for part in parts)
        case Or(parts):
            return any(evaluate(part, answers) for part in parts)
        case Not(part):
            return not evaluate(part, answers)
        case Selected(name, code):
            answer = answers.get(name)
            return code in answer if isinstance(answer, list) else answer == code
        case Compare(sign, left, right):
            worth: Callable[[Operand, Mapping[str, object]], str | float] = _number if _is_numeric(tree) else _text
            return SIGNS[sign](worth(left, answers), worth(right, answers))


def names(tree: Expression) -> frozenset[str]:
    """The questions that the condition looks at."""
    match tree:
        case And(parts) | Or(parts):
            return frozenset[str]().union(*(names(part) for part in parts))
        case Not(part):
            return names(part)
        case Selected(name, _):
            return frozenset({name})
        case Compare(_, left, right):
            return frozenset(side.name for side in (left, right) if isinstance(side, Ref | Count))


def conjuncts(tree: Expression) -> tuple[Expression, ...]:
    """The conditions that must all hold, one by one."""
    return tuple(one for part in tree.parts for one in conjuncts(part)) if isinstance(tree, And) else (tree,)


def comparisons(tree: Expression) -> Iterator[Compare | Selected]:
    """Every comparison in the tree, from left to right."""
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)
        case Compare() | Selected():
            yield tree


def to_json(tree: Expression) -> list[object]:
    """The tree as nested lists, operator first; what the browser evaluates."""
    match tree:
        case And(parts):
            return ["and", *map(to_json, parts)]
        case Or(parts):
            return ["or", *map(to_json, parts)]
        case Not(part):
            return ["not", to_json(part)]
        case Selected(name, code):
            return ["selected", name, code]
        case Compare(sign, left, right):
            return [sign, _operand_json(left), _operand_json(right)]


def to_text(tree: Expression) -> str:
    """The condition written out again; `parse(to_text(tree)) == tree`."""
    match tree:
        case And(parts) | Or(parts):
            word = " and " if isinstance(tree, And) else " or "
            return word.join(f"({to_text(part)})" if isinstance(part, And | Or) else to_text(part) for part in parts)
        case Not(part):
            return f"not({to_text(part)})"
        case Selected(name, code):
            return f"selected({_named(name)}, {_quoted(code)})"
        case Compare(sign, left, right):
            return f"{_operand_text(left)} {sign} {_operand_text(right)}"


def worth(answer: object) -> str:
    """The text that an answer is worth in a comparison."""
    match answer:
        case None:
            return ""
        case bool():
            return "yes" if answer else "no"
        case list():
            return " ".join(map(str, answer))
        case dict():
            return str(answer.get("amount", ""))
    return str(answer)


def _is_numeric(tree: Compare) -> bool:
    return (
        tree.sign not in {"=", "!="} or isinstance(tree.left, Number | Count) or isinstance(tree.right, Number | Count)
    )


def _text(side: Operand, answers: Mapping[str, object]) -> str:
    if isinstance(side, Count):
        return str(_how_many(answers.get(side.name)))
    return worth(answers.get(side.name)) if isinstance(side, Ref) else str(side.value)


def _how_many(answer: object) -> int:
    return len(answer) if isinstance(answer, list) else 0 if answer is None else 1


def is_date(text: str) -> bool:
    """Whether this is a day of the calendar, written 2005-02-28."""
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(side: Operand, answers: Mapping[str, object]) -> float:
    if isinstance(side, Number):
        return side.value
    text = _text(side, answers)
    if is_date(text):
        return float((date.fromisoformat(text) - EPOCH).days)
    return float(text) if NUMBER.fullmatch(text) else float("nan")


def _operand_json(side: Operand) -> list[object]:
    return [
        {Ref: "ref", Text: "text", Number: "number", Count: "count"}[type(side)],
        side.name if isinstance(side, Ref | Count) else side.value,
    ]


def _operand_text(side: Operand) -> str:
    match side:
        case Ref(name):
            return _named(name)
        case Count(name):
            return f"count-selected({_named(name)})"
        case Text(value):
            return _quoted(value)
        case Number(value):
            return format(Decimal(repr(value)).normalize() + 0, "f")


def _named(name: str) -> str:
    return name if name == ITSELF else f"${{{name}}}"


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
