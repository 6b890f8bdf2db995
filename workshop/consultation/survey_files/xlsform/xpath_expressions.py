"""Conditions and limits in the words of XLSForm, both ways: what `grammar.py` covers, exactly.

`write` gives what ODK and Kobo read; `parse(write(tree)) == tree`. Reading takes more than we write: what has no place
in our language stays in the tree as a `Call`, so that a limit may still be understood by its form (`constraints.py`);
`settled` refuses a tree that has any.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from flask_babel import gettext as _

from workshop.consultation.questions.logic.expressions import (
    ITSELF,
    SIGNS,
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
    is_date,
    to_text,
)

MAX_LENGTH = 8000
MAX_DEPTH = 60
TOKEN = re.compile(
    r"\s*(?:\$\{\s*(?P<name>[^{}\s]+)\s*\}|(?P<number>-?[0-9]+(?:\.[0-9]+)?)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|[‘’](?P<curly>[^‘’']*)[‘’]|[“”](?P<curled>[^“”\"]*)[“”]|(?P<word>[A-Za-z][A-Za-z0-9_:-]*)|(?P<sign><=|>=|!=|[=<>(),])|(?P<itself>\.)(?![.0-9/]))"
)
QUOTED = {"single", "double", "curly", "curled"}  # spreadsheet programs bend quotation marks by themselves


class Inexpressible(ValueError):
    """What stands there has no place in our language; the message says what."""


@dataclass(frozen=True)
class Call:
    """A function that our language does not have, or a comparison with one (then `name` is its sign)."""

    name: str
    arguments: tuple["Node", ...]


Node = Expression | Operand | Call


def write(tree: Expression) -> str:
    """The condition as ODK and Kobo read it."""
    match tree:
        case And(parts) | Or(parts):
            word = " and " if isinstance(tree, And) else " or "
            return word.join(f"({write(part)})" if isinstance(part, And | Or) else write(part) for part in parts)
        case Not(part):
            return f"not({write(part)})"
        case Selected(name, code):
            return f"selected({_named(name)}, {_literal(code)})"
        case Compare(sign, left, right):
            ordered = sign not in {"=", "!="}
            return f"{_operand(left, ordered)} {sign} {_operand(right, ordered)}"


def _operand(side: Operand, ordered: bool) -> str:
    match side:
        case Text(value) if ordered and is_date(value):
            return f"date('{value}')"  # there a bare text would be taken for a number
        case Text(value):
            return _literal(value)
        case Ref(name):
            return _named(name)
    whole = to_text(Compare("=", side, Number(0.0)))
    return whole.removesuffix(" = 0")


def _named(name: str) -> str:
    return name if name == ITSELF else f"${{{name}}}"


def _literal(text: str) -> str:
    """A text in quotation marks, in pieces where it has both kinds or what looks like a question."""
    pieces = re.split(r"(?<=\$)(?=\{)|(?=')|(?<=')", text) if "${" in text or ("'" in text and '"' in text) else [text]
    quoted = [f'"{piece}"' if "'" in piece else f"'{piece}'" for piece in pieces]
    return quoted[0] if len(quoted) == 1 else f"concat({', '.join(quoted)})"


def read(text: str) -> Expression:
    """The tree of a condition. Raises Inexpressible."""
    return as_expression(parse(text))


def as_expression(node: Node) -> Expression:
    """The same where it is a condition of our language through and through. Raises Inexpressible."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                as_expression(part)
        case Not(part):
            as_expression(part)
        case Call():
            raise Inexpressible(_("“%(what)s” has no counterpart here", what=_what_is_missing(node)))
        case Ref() | Text() | Number() | Count():
            raise Inexpressible(_("there is a value where a condition is expected"))
    return node


def _what_is_missing(call: Call) -> str:
    """The function that is missing; in a comparison, the one that is compared."""
    inner = [each for each in call.arguments if isinstance(each, Call)]
    return _what_is_missing(inner[0]) if call.name in SIGNS and inner else call.name


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
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]  # type: ignore[arg-type]  # `settled` looks

    def _all_of(self) -> Node:
        parts = [self._comparison()]
        while self._took("word", "and"):
            parts.append(self._comparison())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]  # type: ignore[arg-type]  # as above

    def _comparison(self) -> Node:
        left = self._one()
        kind, sign = self._peek()
        if kind != "sign" or sign not in SIGNS:
            return left
        self.place += 1
        right = self._one()
        if isinstance(left, Operand) and isinstance(right, Operand):
            return Compare(sign, left, right)
        return _known_comparison(sign, left, right)

    def _one(self) -> Node:
        kind, value = self._peek()
        self.place += 1
        if kind == "word":
            return self._function(value)
        if (kind, value) == ("sign", "("):
            inner = self._any_of()
            self._expect(")")
            return inner
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


def _known_function(name: str, arguments: list[Node]) -> Node:
    """The functions that our language has, and those that make no difference in it."""
    match name, arguments:
        case "not", [part]:
            return Not(part)  # type: ignore[arg-type]  # `settled` looks
        case "selected", [Ref(question), Text(code)]:
            return Selected(question, code)
        case "count-selected", [Ref(question)]:
            return Count(question)
        case "date", [Text() as day]:
            return day
        case "concat", _ if arguments and all(isinstance(each, Text) for each in arguments):
            return Text("".join(each.value for each in arguments if isinstance(each, Text)))
        case (("string" | "number" | "int"), [(Ref() | Text() | Number()) as operand]):
            return operand
    return Call(name, tuple(arguments))


def _known_comparison(sign: str, left: Node, right: Node) -> Node:
    """Whether a text has any characters is whether the question is answered; other calls stay calls."""
    match left, right:
        case Call("string-length", (Ref(name),)), Number(number) if name != ITSELF:
            if (sign, number) in {(">", 0), ("!=", 0), (">=", 1)}:
                return Compare("!=", Ref(name), Text(""))
            if (sign, number) in {("=", 0), ("<", 1), ("<=", 0)}:
                return Compare("=", Ref(name), Text(""))
    return Call(sign, (left, right))
