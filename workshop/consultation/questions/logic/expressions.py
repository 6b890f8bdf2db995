"""Conditions and calculations as trees: which questions they name, and how they are written. Read by `grammar.py`.

    ${A3} != 'ind' and ${B7} > 0        selected(${D1}, 'edu')        not(selected(${D1}, 'no') or ${C3} = 'y')
    . <= ${B7}                          count-selected(${D1}) >= 2    (${men} + ${women}) div 2 > 10
    regex(., '^[A-Z]{2}$')              region = ${region}            if(${A1} = 'y', 1, round(${B2}, 1))

In the limit of a question the name "." stands for its own answer and `today()` for the day of answering; in the filter of
choices a bare word is a column of the list. What they are worth is told in `evaluation.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
ITSELF = "."
TODAY = "today()"
COLUMN = "@"  # before the name of a column of a list


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


@dataclass(frozen=True)
class Arithmetic:
    """`sign` is one of + - * div mod."""

    sign: str
    left: "Operand"
    right: "Operand"


@dataclass(frozen=True)
class Function:
    """One of the functions in `functions.py`; "if" has a condition as its first argument."""

    name: str
    arguments: tuple["Operand | Expression", ...]


Operand = Ref | Text | Number | Count | Arithmetic | Function


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
class Check:
    """A function that holds or not: contains, starts-with, ends-with, regex, or selected with a code that is not fixed."""

    name: str
    arguments: tuple[Operand, ...]


@dataclass(frozen=True)
class Not:
    part: "Expression"


@dataclass(frozen=True)
class And:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Expression", ...]


Expression = Compare | Selected | Check | Not | And | Or
Node = Expression | Operand
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
AGGREGATES = {"sum", "count", "min", "max"}  # these look at every entry of a repeat


def children(tree: Node) -> tuple[Node, ...]:
    match tree:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Check(_, arguments) | Function(_, arguments):
            return arguments
    return ()


def nodes(tree: Node) -> Iterator[Node]:
    """The tree and everything in it."""
    yield tree
    for child in children(tree):
        yield from nodes(child)


def names(tree: Node) -> frozenset[str]:
    """The questions that it looks at, "." among them."""
    found = {each.name for each in nodes(tree) if isinstance(each, Ref | Count | Selected)}
    return frozenset(name for name in found if name != TODAY and not name.startswith(COLUMN))


def columns(tree: Node) -> frozenset[str]:
    """The columns of a list that it looks at."""
    found = {each.name for each in nodes(tree) if isinstance(each, Ref)}
    return frozenset(name.removeprefix(COLUMN) for name in found if name.startswith(COLUMN))


def is_plain(tree: Node) -> bool:
    """Whether it only compares answers, texts and numbers: nothing is calculated, and no clock is looked at."""
    return not any(
        isinstance(each, Arithmetic | Function | Check) or (isinstance(each, Ref) and each.name == TODAY)
        for each in nodes(tree)
    )


def outside_aggregates(tree: Node) -> frozenset[str]:
    """The questions of which it looks at one answer, not at all entries of a repeat."""
    if isinstance(tree, Function) and tree.name in AGGREGATES:
        return frozenset[str]().union(*(outside_aggregates(a) for a in tree.arguments if not isinstance(a, Ref)))
    own = names(tree) if isinstance(tree, Ref | Count | Selected) else frozenset[str]()
    return own.union(*(outside_aggregates(child) for child in children(tree)))


def conjuncts(tree: Expression) -> tuple[Expression, ...]:
    """The conditions that must all hold, one by one."""
    return tuple(one for part in tree.parts for one in conjuncts(part)) if isinstance(tree, And) else (tree,)


def comparisons(tree: Node) -> Iterator[Compare | Selected | Check]:
    """Every comparison in the tree, from left to right."""
    if isinstance(tree, Compare | Selected | Check):
        yield tree
    for child in children(tree):
        yield from comparisons(child)


def to_json(tree: Node) -> list[object]:
    """The tree as nested lists, operator first; what the browser evaluates."""
    match tree:
        case And() | Or() | Not():
            return [type(tree).__name__.lower(), *map(to_json, children(tree))]
        case Selected(name, code):
            return ["selected", name, code]
        case Compare(sign, left, right):
            return [sign, to_json(left), to_json(right)]
        case Ref() | Count():
            return [type(tree).__name__.lower(), tree.name]
        case Text() | Number():
            return [type(tree).__name__.lower(), tree.value]
        case Arithmetic(sign, left, right):
            return ["math", sign, to_json(left), to_json(right)]
        case Check(name, arguments):
            return ["check", name, *map(to_json, arguments)]
        case Function(name, arguments):
            return ["call", name, *map(to_json, arguments)]


def to_text(tree: Node) -> str:
    """The condition or calculation written out again; `parse(to_text(tree)) == tree`."""
    match tree:
        case And(parts) | Or(parts):
            word = " and " if isinstance(tree, And) else " or "
            return word.join(f"({to_text(part)})" if isinstance(part, And | Or) else to_text(part) for part in parts)
        case Not(part):
            return f"not({to_text(part)})"
        case Selected(name, code):
            return f"selected({_named(name)}, {_quoted(code)})"
        case Compare(sign, left, right):
            return f"{to_text(left)} {sign} {to_text(right)}"
        case Arithmetic(sign, left, right):
            return f"{_bracketed(left)} {sign} {_bracketed(right)}"
        case Check(name, arguments) | Function(name, arguments):
            return f"{name}({', '.join(map(to_text, arguments))})"
        case Ref(name):
            return _named(name)
        case Count(name):
            return f"count-selected({_named(name)})"
        case Text(value):
            return _quoted(value)
        case Number(value):
            return format(Decimal(repr(value)).normalize() + 0, "f")


def _bracketed(side: Operand) -> str:
    return f"({to_text(side)})" if isinstance(side, Arithmetic) else to_text(side)


def _named(name: str) -> str:
    if name.startswith(COLUMN):
        return name.removeprefix(COLUMN)
    return name if name in {ITSELF, TODAY} else f"${{{name}}}"


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def is_date(text: str) -> bool:
    """Whether this is a day of the calendar, written 2005-02-28."""
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
