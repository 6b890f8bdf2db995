"""Conditions that were read, in terms of the questions that were taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.consultation.questions.document_reader import UNCOMPARED, codes_named
from workshop.consultation.questions.logic.expressions import (
    ITSELF,
    And,
    Compare,
    Count,
    Expression,
    Not,
    Number,
    Operand,
    Or,
    Ref,
    Selected,
    Text,
    names,
    to_text,
)
from workshop.consultation.questions.logic.grammar import ExpressionError, parse
from workshop.consultation.questions.question import Kind

from .xpath_expressions import Inexpressible


@dataclass
class KnownQuestion:
    """A question that was taken: what a condition may say of it. `codes` are theirs to ours."""

    code: str
    kind: Kind
    codes: dict[str, str] = field(default_factory=dict)
    options: frozenset[str] = frozenset()


def in_our_terms(
    tree: Expression, known: Mapping[str, KnownQuestion], itself: KnownQuestion | None = None
) -> Expression:
    """The same condition with our codes. Raises Inexpressible where it looks at something that is not there.

    `itself` is the question whose limit this is; elsewhere nothing may look at the answer itself.
    """
    here = {**known, **({ITSELF: itself} if itself else {})}
    for name in sorted(names(tree)):
        if name not in here or here[name].kind in UNCOMPARED:
            raise Inexpressible(_("“%(name)s” is not an earlier imported question", name=name))
    renamed = _renamed(tree, here)
    ours = {question.code: question for question in known.values()}
    for name, code in codes_named(renamed):
        options = ours[name].options if name in ours else frozenset()
        if options and code and code not in options:
            raise Inexpressible(_("“%(code)s” is not a choice of %(name)s", code=code, name=name))
    try:
        if parse(to_text(renamed)) != renamed:
            raise Inexpressible(_("it cannot be written in our language"))
    except ExpressionError as error:
        raise Inexpressible(str(error)) from error
    return renamed


def _renamed(tree: Expression, known: Mapping[str, KnownQuestion]) -> Expression:
    match tree:
        case And(parts):
            return And(tuple(_renamed(part, known) for part in parts))
        case Or(parts):
            return Or(tuple(_renamed(part, known) for part in parts))
        case Not(part):
            return Not(_renamed(part, known))
        case Selected(name, code):
            question = known[name]
            return Selected(_code(name, question), question.codes.get(code, code))
        case Compare(sign, left, right):
            ours = Compare(sign, _operand(left, right, known), _operand(right, left, known))
            if sign not in {"=", "!="} and (type(ours.left), type(ours.right)) != (type(left), type(right)):
                raise Inexpressible(_("it cannot be written in our language"))
            return ours


def _operand(side: Operand, beside: Operand, known: Mapping[str, KnownQuestion]) -> Operand:
    match side, beside:
        case Ref(name), _other:
            return Ref(_code(name, known[name]))
        case Count(name), _other:
            return Count(_code(name, known[name]))
        case Text(value), Ref(name):
            return Text(known[name].codes.get(value, value))
        case Number(value), Ref(name) if renamed := _renamed_figure(value, known[name]):
            return Text(renamed)
    return side


def _renamed_figure(value: float, question: KnownQuestion) -> str:
    """Our code of the choice whose code was this figure, where it has changed: 1.5 is no code here."""
    for theirs, ours in question.codes.items():
        if ours != theirs and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", theirs) and float(theirs) == value:
            return ours
    return ""


def _code(name: str, question: KnownQuestion) -> str:
    return name if name == ITSELF else question.code
