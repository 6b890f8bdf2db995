"""Conditions, limits and calculations of XLSForm, read: all that `xpath_writer.py` writes, and more.

What has no place in our language stays in the tree as a `Call`, so that a limit may still be understood by its form (`constraints.py`),
and the rest of a condition may stand; `as_expression` refuses a tree that has any.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, cast

from flask_babel import gettext as _

from workshop.consultation.questions.logic import functions
from workshop.consultation.questions.logic.expressions import (
    COLUMN,
    ITSELF,
    SIGNS,
    TODAY,
    And,
    Arithmetic,
    Check,
    Compare,
    Count,
    Expression,
    Function,
    Not,
    Number,
    Operand,
    Or,
    Ref,
    Selected,
    Text,
    children,
)
from workshop.consultation.questions.logic.expressions import Node as OurNode

MAX_LENGTH = 8000
MAX_DEPTH = 60
TOKEN = re.compile(
    r"\s*(?:\$\{\s*(?P<name>[^{}\s]+)\s*\}|(?P<number>[0-9]+(?:\.[0-9]+)?)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|[‘’](?P<curly>[^‘’']*)[‘’]|[“”](?P<curled>[^“”\"]*)[“”]|(?P<word>[A-Za-z_](?:[A-Za-z0-9_:]|-(?=[A-Za-z0-9_]))*)"
    r"|(?P<sign><=|>=|!=|[-+*=<>(),])|(?P<itself>\.)(?![.0-9/]))"
)
QUOTED = {"single", "double", "curly", "curled"}  # spreadsheet programs bend quotation marks by themselves
WORDS = {"and", "or", "div", "mod"}


class Inexpressible(ValueError):
    """What stands there has no place in our language; the message says what."""


@dataclass(frozen=True)
class Call:
    """What our language does not have: a function by its name, or a sign with one of those beside it."""

    name: str
    arguments: tuple["Node", ...]


Node = OurNode | Call


def read(text: str) -> Expression:
    """The tree of a condition. Raises Inexpressible."""
    return as_expression(parse(text))


def as_expression(node: Node) -> Expression:
    """The same where it is a condition of our language through and through. Raises Inexpressible."""
    _refuse_calls(node)
    if isinstance(node, Operand):
        raise Inexpressible(_("there is a value where a condition is expected"))
    return cast("Expression", node)


def as_calculation(node: Node) -> Operand:
    """The same where it is a calculation. Raises Inexpressible."""
    _refuse_calls(node)
    if not isinstance(node, Operand):
        raise Inexpressible(_("there is a condition where a value is expected"))
    return node


def _refuse_calls(node: Node) -> None:
    if isinstance(node, Call):
        raise Inexpressible(_("“%(what)s” has no counterpart here", what=_what_is_missing(node)))
    if isinstance(node, And | Or | Not) and any(isinstance(part, Operand) for part in children(node)):
        raise Inexpressible(_("there is a value where a condition is expected"))
    for child in children(node):
        _refuse_calls(child)


def _what_is_missing(call: Call) -> str:
    """The function that is missing; in a comparison, the one that is compared."""
    inner = [each for each in call.arguments if isinstance(each, Call)]
    return _what_is_missing(inner[0]) if inner and call.name in OPERATORS else call.name


OPERATORS = {*SIGNS, "+", "-", "*", "div", "mod"}


def parse(text: str) -> Node:
    """The tree of whatever stands there. Raises Inexpressible where it cannot be read."""
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise Inexpressible(_("it is longer than %(most)s characters", most=MAX_LENGTH))
        self.text, self.depth, self.place = text, 0, 0
        self.tokens = list(self._split())

    def _split(self) -> Iterator[tuple[str, str]]:
        at = 0
        while rest := self.text[at:].strip():
            if not (found := TOKEN.match(self.text, at)):
                raise Inexpressible(_("“%(what)s” has no counterpart here", what=rest.split()[0][:30]))
            kind = found.lastgroup or ""
            yield ("text" if kind in QUOTED else kind), found[kind]
            at = found.end()

    def whole(self) -> Node:
        tree = self._any_of()
        if self.place < len(self.tokens):
            self._fail()
        return tree

    def _any_of(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Inexpressible(_("its brackets are nested more than %(most)s deep", most=MAX_DEPTH))
        parts = [self._all_of()]
        while self._took("word", "or"):
            parts.append(self._all_of())
        self.depth -= 1
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]  # type: ignore[arg-type]  # `as_expression` looks

    def _all_of(self) -> Node:
        parts = [self._comparison()]
        while self._took("word", "and"):
            parts.append(self._comparison())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]  # type: ignore[arg-type]  # as above

    def _comparison(self) -> Node:
        left = self._sum()
        kind, sign = self._peek()
        if kind != "sign" or sign not in SIGNS:
            return left
        self.place += 1
        return _known_comparison(sign, left, self._sum())

    def _sum(self) -> Node:
        tree = self._product()
        while self._peek() in {("sign", "+"), ("sign", "-")}:
            sign = self._peek()[1]
            self.place += 1
            tree = _arithmetic(sign, tree, self._product())
        return tree

    def _product(self) -> Node:
        tree = self._one()
        while self._peek() in {("sign", "*"), ("word", "div"), ("word", "mod")}:
            sign = self._peek()[1]
            self.place += 1
            tree = _arithmetic(sign, tree, self._one())
        return tree

    def _one(self) -> Node:
        kind, value = self._peek()
        self.place += 1
        if kind == "word" and value not in WORDS:
            return self._function(value) if self._peek() == ("sign", "(") else Ref(COLUMN + value)
        if (kind, value) == ("sign", "("):
            inner = self._any_of()
            self._expect(")")
            return inner
        if (kind, value) == ("sign", "-"):
            one = self._one()
            return Number(-one.value) if isinstance(one, Number) else _arithmetic("-", Number(0.0), one)
        if kind in {"name", "itself"}:
            return Ref(value)
        if kind in {"text", "number"}:
            return Text(value) if kind == "text" else Number(float(value))
        self.place -= 1
        return self._fail()

    def _function(self, name: str) -> Node:
        self._expect("(")
        arguments: list[Node] = []
        while not self._took("sign", ")"):
            if arguments:
                self._expect(",")
            arguments.append(self._any_of())
        return _known_function(name.lower(), arguments)

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def _took(self, kind: str, value: str) -> bool:
        if self._peek() != (kind, value):
            return False
        self.place += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._took("sign", sign):
            self._fail()

    def _fail(self) -> NoReturn:
        value = self._peek()[1]
        raise Inexpressible(_("“%(what)s” is not expected there", what=value) if value else _("it ends too early"))


def _arithmetic(sign: str, left: Node, right: Node) -> Node:
    if isinstance(left, Operand) and isinstance(right, Operand):
        return Arithmetic(sign, left, right)
    return Call(sign, (left, right))


def _known_function(name: str, arguments: list[Node]) -> Node:
    """The functions that our language has, and those that make no difference in it."""
    match name, arguments:
        case "not", [part]:
            return Not(part)  # type: ignore[arg-type]  # `as_expression` looks
        case "selected", [Ref(question), Text(code)]:
            return Selected(question, code)
        case "count-selected", [Ref(question)]:
            return Count(question)
        case "date", [(Text() | Ref()) as day]:
            return day
        case "today", []:
            return Ref(TODAY)
        case "concat", _ if arguments and all(isinstance(each, Text) for each in arguments):
            return Text("".join(each.value for each in arguments if isinstance(each, Text)))
        case "string", [(Ref() | Text()) as operand]:
            return operand
        case "if", [condition, one, other] if not isinstance(condition, Operand | Call):
            if isinstance(one, Operand) and isinstance(other, Operand):
                return Function("if", (condition, one, other))
    return _function_of_ours(name, arguments)


def _function_of_ours(name: str, arguments: list[Node]) -> Node:
    """A function by the same name, where all that is given to it has a place here too."""
    values = tuple(each for each in arguments if isinstance(each, Operand))
    fits = name != "if" and len(arguments) in functions.ARITY.get(name, range(0)) and len(values) == len(arguments)
    if not fits or (name in {"selected", "count"} and not isinstance(values[0], Ref)):
        return Call(name, tuple(arguments))
    if name == "regex" and not (isinstance(values[1], Text) and _can_be_matched(values[1].value)):
        return Call(name, values)
    return Check(name, values) if name in functions.CHECKS else Function(name, values)


def _can_be_matched(pattern: str) -> bool:
    try:
        functions.pattern(pattern)
    except ValueError:
        return False
    return "'" not in pattern or '"' not in pattern


def _known_comparison(sign: str, left: Node, right: Node) -> Node:
    """Whether a text has any characters is whether the question is answered; beside a number everything is one."""
    match left, right:
        case Function("string-length", (Ref(name),)), Number(number) if name != ITSELF:
            if (sign, number) in {(">", 0), ("!=", 0), (">=", 1)}:
                return Compare("!=", Ref(name), Text(""))
            if (sign, number) in {("=", 0), ("<", 1), ("<=", 0)}:
                return Compare("=", Ref(name), Text(""))
    left, right = _bare_number(sign, left, right), _bare_number(sign, right, left)
    if isinstance(left, Operand) and isinstance(right, Operand):
        return Compare(sign, left, right)
    return Call(sign, (left, right))


def _bare_number(sign: str, side: Node, other: Node) -> Node:
    match side:
        case Function("number", (Ref() as inner,)) if sign not in {"=", "!="} or isinstance(other, Number):
            return inner
    return side
