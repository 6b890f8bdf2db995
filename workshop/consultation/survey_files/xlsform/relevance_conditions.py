"""Conditions that were read, in terms of the questions that were taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from flask_babel import gettext as _

from workshop.consultation.questions.document_checks import UNCOMPARED, codes_named
from workshop.consultation.questions.logic.expressions import (
    ITSELF,
    TODAY,
    And,
    Arithmetic,
    Check,
    Compare,
    Count,
    Expression,
    Function,
    Node,
    Not,
    Number,
    Operand,
    Or,
    Ref,
    Selected,
    Text,
    columns,
    names,
    nodes,
    outside_aggregates,
    to_text,
)
from workshop.consultation.questions.logic.grammar import ExpressionError, parse, parse_calculation
from workshop.consultation.questions.question import Kind

from .xpath_expressions import Inexpressible


@dataclass
class KnownQuestion:
    """A question that was taken: what a condition may say of it. `codes` are theirs to ours."""

    code: str
    kind: Kind
    codes: dict[str, str] = field(default_factory=dict)
    options: frozenset[str] = frozenset()
    within: str = ""


@dataclass(frozen=True)
class Place:
    """Where an expression stands: in which repeat, beside which question, over which columns of choices.

    `itself` is the question whose limit it is, by the names it may have there.
    """

    within: str = ""
    itself: Mapping[str, KnownQuestion] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    may_know_the_day: bool = False


Tree = TypeVar("Tree", bound=Node)


def in_our_terms(tree: Tree, known: Mapping[str, KnownQuestion], place: Place = Place()) -> Tree:
    """The same condition or calculation with our codes. Raises Inexpressible where it looks at something not there."""
    here = {**known, **place.itself}
    for name in sorted(names(tree)):
        if name not in here or here[name].kind in UNCOMPARED:
            raise Inexpressible(_("“%(name)s” is not an earlier imported question", name=name))
    for name in sorted(outside_aggregates(tree)):
        if here[name].within not in {"", place.within}:
            raise Inexpressible(_("“%(name)s” is asked several times over", name=name))
    if bare := columns(tree) - place.columns:
        raise Inexpressible(_("“%(name)s” is not a column of the choices", name=min(bare)))
    if not place.may_know_the_day and any(isinstance(each, Ref) and each.name == TODAY for each in nodes(tree)):
        raise Inexpressible(_("“%(what)s” has no counterpart here", what=TODAY))
    renamed = _renamed(tree, here)
    _refuse_unknown_choices(renamed, {question.code: question for question in known.values()})
    try:
        again = parse_calculation(to_text(renamed)) if isinstance(renamed, Operand) else parse(to_text(renamed))
    except ExpressionError as error:
        raise Inexpressible(str(error)) from error
    if again != renamed:
        raise Inexpressible(_("it cannot be written in our language"))
    return cast("Tree", renamed)


def _refuse_unknown_choices(tree: Node, ours: Mapping[str, KnownQuestion]) -> None:
    for name, code in codes_named(tree):
        options = ours[name].options if name in ours else frozenset()
        if options and code and code not in options:
            raise Inexpressible(_("“%(code)s” is not a choice of %(name)s", code=code, name=name))


def _renamed(tree: Node, known: Mapping[str, KnownQuestion]) -> Node:
    match tree:
        case Selected(name, code):
            return Selected(_code(name, known), known[name].codes.get(code, code))
        case Compare(sign, left, right):
            ours = Compare(sign, _side(left, right, known), _side(right, left, known))
            if sign not in {"=", "!="} and (type(ours.left), type(ours.right)) != (type(left), type(right)):
                raise Inexpressible(_("it cannot be written in our language"))
            return ours
        case Ref(name):
            return Ref(_code(name, known))
        case Count(name):
            return Count(_code(name, known))
        case And(parts) | Or(parts):
            return type(tree)(tuple(cast("Expression", _renamed(part, known)) for part in parts))
        case Not(part):
            return Not(cast("Expression", _renamed(part, known)))
        case Arithmetic(sign, left, right):
            return Arithmetic(sign, _value(left, known), _value(right, known))
        case Check(name, arguments):
            return Check(name, tuple(_value(each, known) for each in arguments))
        case Function(name, arguments):
            return Function(name, tuple(cast("Expression", _renamed(each, known)) for each in arguments))
    return tree


def _value(side: Operand, known: Mapping[str, KnownQuestion]) -> Operand:
    return cast("Operand", _renamed(side, known))


def _side(side: Operand, beside: Operand, known: Mapping[str, KnownQuestion]) -> Operand:
    """One side of a comparison; a code of theirs beside a question is ours."""
    question = known.get(beside.name) if isinstance(beside, Ref) else None
    match side:
        case Text(value) if question:
            return Text(question.codes.get(value, value))
        case Number(value) if question and (renamed := _renamed_figure(value, question)):
            return Text(renamed)
    return _value(side, known)


def _renamed_figure(value: float, question: KnownQuestion) -> str:
    """Our code of the choice whose code was this figure, where it has changed: 1.5 is no code here."""
    for theirs, ours in question.codes.items():
        if ours != theirs and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", theirs) and float(theirs) == value:
            return ours
    return ""


def _code(name: str, known: Mapping[str, KnownQuestion]) -> str:
    return known[name].code if name in known and name != ITSELF else name
