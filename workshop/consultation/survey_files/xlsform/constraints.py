"""The `constraint` of an XLSForm row: what our limits say in it, and which limits one that was read amounts to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workshop.consultation.questions.logic import functions
from workshop.consultation.questions.logic.expressions import (
    ITSELF,
    And,
    Check,
    Compare,
    Count,
    Expression,
    Function,
    Not,
    Number,
    Or,
    Ref,
    Selected,
    Text,
    conjuncts,
    is_date,
)
from workshop.consultation.questions.logic.expressions import TODAY as THIS_DAY
from workshop.consultation.questions.question import CURRENT_YEAR, TODAY, Kind, Question

from .conventions import EMAIL, THIS_YEAR
from .xpath_expressions import Call, Inexpressible, Node, as_expression, parse
from .xpath_writer import write

FIGURES = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR}
CHOICES = {Kind.MANY, Kind.CONSENTS, Kind.COUNTRIES}
TEXTS = {Kind.TEXT, Kind.LONGTEXT, Kind.EMAIL}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
ITS_ANSWER = Ref(ITSELF)


def constraint(question: Question) -> str:
    """All limits of a question in one expression; nothing where it has none."""
    parts = [*_parts(question)]
    if question.limit:
        parts += [f"({write(p)})" if isinstance(p, Or) else write(p) for p in conjuncts(question.limit)]
    return " and ".join(parts)


def _parts(question: Question) -> Iterator[str]:
    if question.type in CHOICES:
        for option in question.options:
            if option.exclusive:
                yield f"not(selected(., '{option.code}') and count-selected(.) > 1)"
        if question.min_choices:
            yield f"count-selected(.) >= {question.min_choices}"
        if question.max_choices:
            yield f"count-selected(.) <= {question.max_choices}"
    if question.type in FIGURES and question.minimum is not None:
        yield f". >= {question.minimum.normalize() + 0:f}"
    if question.type in FIGURES and question.maximum is not None:
        yield f". <= {THIS_YEAR if isinstance(question.maximum, str) else f'{question.maximum.normalize() + 0:f}'}"
    for sign, day in ((">=", question.earliest), ("<=", question.latest)):
        if day:
            yield f". {sign} today()" if day == TODAY else f". {sign} date('{day}')"
    if question.max_length:
        yield f"string-length(.) <= {question.max_length}"
    if question.type is Kind.EMAIL:
        yield f"regex(., '{EMAIL}')"


@dataclass
class Limits:
    """What a constraint amounts to: keys of a question, options chosen alone, and what is left as an expression."""

    keys: dict[str, Any] = field(default_factory=dict)
    exclusive: list[str] = field(default_factory=list)
    rest: list[Expression] = field(default_factory=list)
    is_email: bool = False
    lost: list[str] = field(default_factory=list)  # reasons, one for each part that has no place here

    def lower(self, key: str, value: object) -> None:
        self.keys[key] = max(self.keys.get(key, value), value)

    def upper(self, key: str, value: object) -> None:
        self.keys[key] = min(self.keys.get(key, value), value) if key in self.keys else value


def understood(text: str, kind: Kind, own: str = "") -> Limits:
    """What a constraint amounts to for this kind of question. `own` is a limit that we wrote into it ourselves."""
    found = Limits()
    try:
        parts = _split(parse(text)) if text else []
    except Inexpressible as reason:
        found.lost.append(str(reason))
        return found
    for ours in _own_parts(parts, own):
        parts.remove(ours)
        found.rest.append(ours)
    for part in parts:
        if not _taken(part, kind, found):
            try:
                found.rest.append(as_expression(part))
            except Inexpressible as reason:
                found.lost.append(str(reason))
    return found


def _split(node: Node) -> list[Node]:
    return [one for part in node.parts for one in _split(part)] if isinstance(node, And) else [node]


def _own_parts(parts: list[Node], own: str) -> list[Expression]:
    """The parts that our own limit is made of; none where somebody has changed the constraint since."""
    try:
        tree = as_expression(parse(own)) if own else None
    except Inexpressible:
        tree = None
    wanted = list(conjuncts(tree)) if tree else []
    return wanted if all(part in parts for part in wanted) else []


def _taken(part: Node, kind: Kind, found: Limits) -> bool:
    """Whether a part is one of the limits that have a key of their own; it is noted there."""
    if code := _alone(part):
        found.exclusive.append(code)
        return kind in CHOICES
    match part:
        case Check("regex", (Ref("."), Text(pattern))) if kind in TEXTS and is_address(pattern):
            found.is_email = True
            return True
        case Call(">=" | "<=" | "<" | ">" as sign, (left, right)):
            return _taken_call(sign, left, right, kind, found)
        case Compare(">=" | "<=" | "<" | ">" as sign, left, right):
            if right == ITS_ANSWER or isinstance(right, Count) or _is_length(right):
                return _taken_figure(TURNED[sign], right, left, kind, found)
            return _taken_figure(sign, left, right, kind, found)
    return False


def _is_length(node: Node) -> bool:
    return node == Function("string-length", (ITS_ANSWER,))


ADDRESSES = ("ana@example.org", "a.b-c@mail.example.org", "x@y.fr")
NO_ADDRESSES = ("ana", "@ana", "ana@", "example.org", "a b", "")


def is_address(pattern: str) -> bool:
    """Whether a pattern asks for an email address: it takes what is one, and nothing else."""
    takes = functions.pattern(pattern).fullmatch
    return all(map(takes, ADDRESSES)) and not any(map(takes, NO_ADDRESSES))


def _alone(part: Node) -> str:
    """The option that must be chosen alone, in the forms in which people write that."""
    several = (Compare(">", Count(ITSELF), Number(1.0)), Compare(">=", Count(ITSELF), Number(2.0)))
    single = (
        Compare("=", Count(ITSELF), Number(1.0)),
        Compare("<=", Count(ITSELF), Number(1.0)),
        Compare("<", Count(ITSELF), Number(2.0)),
    )
    match part:
        case Not(And((Selected(".", code), more))) | Not(And((more, Selected(".", code)))) if more in several:
            return code
        case Or((Not(Selected(".", code)), one)) | Or((one, Not(Selected(".", code)))) if one in single:
            return code
        case Call("if", (Selected(".", code), one, Call("true", ()))) if one in single:
            return code
    return ""


def _taken_figure(sign: str, left: Node, right: Node, kind: Kind, found: Limits) -> bool:
    match left, right:
        case Ref("."), Number(value) if kind in FIGURES and (sign in {">=", "<="} or kind in {Kind.INTEGER, Kind.YEAR}):
            whole = int(value) if value.is_integer() else value
            if sign in {">", "<"} and not isinstance(whole, int):
                return False
            bound = whole + 1 if sign == ">" else whole - 1 if sign == "<" else whole
            if sign[0] == ">":
                found.lower("min", bound)
            else:
                found.upper("max", bound)
            return True
        case Count("."), Number(value) if kind in CHOICES and value.is_integer():
            bound = int(value) + (1 if sign == ">" else -1 if sign == "<" else 0)
            key = "min_choices" if sign[0] == ">" else "max_choices"
            if bound < 1 or (key == "min_choices" and kind is Kind.CONSENTS):
                return bound < 1 and key == "min_choices"
            (found.lower if sign[0] == ">" else found.upper)(key, bound)
            return True
        case Function("string-length", (Ref("."),)), Number(value) if kind in TEXTS and value.is_integer():
            most = int(value) - (1 if sign == "<" else 0)
            if sign[0] == ">" or most < 1:
                return False
            found.upper("max_length", most)
            return True
        case Ref("."), Ref(name) if name == THIS_DAY and kind is Kind.DATE and sign in {">=", "<="}:
            found.keys["earliest" if sign == ">=" else "latest"] = TODAY
            return True
        case Ref("."), Text(day) if kind is Kind.DATE and is_date(day) and sign in {">=", "<="}:
            found.keys["earliest" if sign == ">=" else "latest"] = day
            return True
    return False


def _taken_call(sign: str, left: Node, right: Node, kind: Kind, found: Limits) -> bool:
    if isinstance(right, Ref):
        sign, left, right = TURNED[sign], right, left
    match left, right:
        case Ref("."), year if kind in {Kind.INTEGER, Kind.YEAR} and sign == "<=" and year in THESE_YEARS:
            found.keys["max"] = CURRENT_YEAR
            return True
    return False


THESE_YEARS = tuple(
    parse(text)
    for text in (THIS_YEAR, "format-date(today(), '%Y')", "year(today())", "number(format-date(today(), '%Y'))")
)
