"""The language of conditions and calculations: a safe part of XLSForm's, read into a tree and never run as code.

${A3} != 'ind' and ${B7} > 0        selected(${D1}, 'edu')        not(selected(${D1}, 'no') or ${C3} = 'y')
. <= ${B7}                          count-selected(${D1}) >= 2    ${B4} < date('2005-02-28')
${men} + ${women}                   round(${a} div ${b} * 100, 1) region = ${region}

In a limit the point stands for the answer itself. The words of a refusal are translated: people read them while writing.
"""

import re
from collections.abc import Iterator
from typing import NoReturn, TypeVar

from flask_babel import gettext as _

from . import functions
from .expressions import (
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
    Node,
    Not,
    Number,
    Operand,
    Or,
    Ref,
    Selected,
    Text,
)

MAX_LENGTH = 4000
MAX_DEPTH = 30
TOKEN = re.compile(
    r"\s*(?:\$\{(?P<name>[A-Za-z][A-Za-z0-9_]*)\}|(?P<number>[0-9]+(?:\.[0-9]+)?)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)|(?P<itself>\.)|(?P<sign><=|>=|!=|[-+*=<>(),]))"
)
Thing = TypeVar("Thing")
KEYWORDS = {"and", "or", "div", "mod"}


class ExpressionError(ValueError):
    """The condition cannot be read; the message names the character where, counted from 1."""


def parse(text: str) -> Expression:
    """The tree of a condition. Raises ExpressionError."""
    return _Parser(text).condition()


def parse_calculation(text: str) -> Operand:
    """The tree of a calculation. Raises ExpressionError."""
    return _Parser(text).calculation()


class _Parser:
    """Recursive descent: or, and, comparison, sum, product, one. Depth is bounded, so nothing can exhaust the stack."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ExpressionError(_("The condition is longer than %(max)s characters.", max=MAX_LENGTH))
        self.text, self.depth, self.place = text, 0, 0
        self.tokens = list(self._split())

    def _split(self) -> Iterator[tuple[str, str, int]]:
        at = 0
        while self.text[at:].strip():
            if not (found := TOKEN.match(self.text, at)):
                start = at + len(self.text[at:]) - len(self.text[at:].lstrip())
                raise ExpressionError(
                    _("“%(sign)s” is not understood, at character %(place)s.", sign=self.text[start], place=start + 1)
                )
            kind = found.lastgroup or ""
            yield ("text" if kind in {"single", "double"} else kind), found[kind], found.end() - len(found[0].lstrip())
            at = found.end()

    def condition(self) -> Expression:
        tree = self._any_of()
        if isinstance(tree, Operand):
            self._fail(_("=, !=, <, <=, > or >="))
        if self.place < len(self.tokens):
            self._fail(_("“and”, “or” or the end"))
        return tree

    def calculation(self) -> Operand:
        tree = self._any_of()
        if self.place < len(self.tokens):
            self._fail(_("+, -, *, div, mod or the end"))
        if not isinstance(tree, Operand):
            raise ExpressionError(
                _("This is a condition; a calculation gives a number or a text, as if(…, 1, 0) does.")
            )
        return tree

    def _any_of(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH + 1:
            raise ExpressionError(_("Brackets are nested more than %(max)s deep.", max=MAX_DEPTH))
        parts = [self._all_of()]
        while self._took("word", "or"):
            parts.append(self._all_of())
        self.depth -= 1
        return Or(tuple(map(self._holding, parts))) if len(parts) > 1 else parts[0]

    def _all_of(self) -> Node:
        parts = [self._comparison()]
        while self._peek()[:2] == ("word", "and"):
            self._holding(parts[-1])
            self.place += 1
            parts.append(self._comparison())
        return And(tuple(map(self._holding, parts))) if len(parts) > 1 else parts[0]

    def _comparison(self) -> Node:
        left = self._sum()
        kind, sign, _at = self._peek()
        if kind != "sign" or sign not in SIGNS:
            return left
        if not isinstance(left, Operand):
            self._fail(_("“and”, “or” or the end"))
        self.place += 1
        return Compare(sign, left, self._valued(self._sum()))

    def _sum(self) -> Node:
        tree = self._product()
        while self._peek()[:2] in {("sign", "+"), ("sign", "-")}:
            sign = self._peek()[1]
            left = self._valued(tree)
            self.place += 1
            tree = Arithmetic(sign, left, self._valued(self._product()))
        return tree

    def _product(self) -> Node:
        tree = self._one()
        while self._peek()[:2] in {("sign", "*"), ("word", "div"), ("word", "mod")}:
            sign = self._peek()[1]
            left = self._valued(tree)
            self.place += 1
            tree = Arithmetic(sign, left, self._valued(self._one()))
        return tree

    def _one(self) -> Node:
        kind, value, _at = self._peek()
        following = self.tokens[self.place + 1][1] if self.place + 1 < len(self.tokens) else ""
        if (kind, value) == ("sign", "("):
            self.place += 1
            tree = self._any_of()
            self._expect(")")
            return tree
        if (kind, value) == ("sign", "-"):
            return self._negative()
        if kind == "word" and following == "(":
            self.place += 2
            return self._function(value)
        if kind not in {"name", "text", "number", "itself", "word"} or (kind == "word" and value in KEYWORDS):
            self._fail(_("a question such as ${A1}, a number or a text in quotation marks"))
        self.place += 1
        if kind == "word":
            return Ref(COLUMN + value)
        if kind in {"name", "itself"}:
            return Ref(value)
        return Text(value) if kind == "text" else Number(float(value))

    def _negative(self) -> Operand:
        self.place += 1
        if self._peek()[0] == "number":
            return Number(-float(self._take("number", "")))
        return Arithmetic("-", Number(0.0), self._valued(self._one()))

    def _function(self, name: str) -> Node:
        match name:
            case "not":
                return Not(self._closed(self._holding(self._any_of())))
            case "selected":
                return self._selected()
            case "count-selected":
                return self._closed(Count(self._question()))
            case "date":
                return self._closed(Text(self._take("text", _("a date in quotation marks"))))
            case "today":
                return self._closed(Ref(TODAY))
        if name not in functions.ARITY:
            self.place -= 2
            raise ExpressionError(
                _(
                    "There is no function “%(name)s” here, at character %(place)s.",
                    name=name,
                    place=self._peek()[2] + 1,
                )
            )
        arguments = self._arguments()
        if len(arguments) not in functions.ARITY[name]:
            self._fail(_("another number of values for “%(name)s”", name=name))
        if name == "if":
            return Function(name, (self._holding(arguments[0]), *map(self._valued, arguments[1:])))
        values = tuple(map(self._valued, arguments))
        if name == "regex":
            self._pattern(values[1])
        return Check(name, values) if name in functions.CHECKS else Function(name, values)

    def _arguments(self) -> list[Node]:
        arguments = [self._any_of()]
        while self._took("sign", ","):
            arguments.append(self._any_of())
        return self._closed(arguments)

    def _closed(self, thing: Thing) -> Thing:
        self._expect(")")
        return thing

    def _selected(self) -> Expression:
        name = self._question()
        self._expect(",")
        if self._peek()[0] == "text":
            return self._closed(Selected(name, self._take("text", "")))
        if self._peek()[0] not in {"name", "word"}:
            self._fail(_("a code in quotation marks"))
        return self._closed(Check("selected", (Ref(name), self._valued(self._one()))))

    def _pattern(self, written: Operand) -> None:
        try:
            functions.pattern(written.value if isinstance(written, Text) else "(?")
        except ValueError:
            self.place -= 2
            self._fail(_("a pattern such as '[A-Z]{2}'"))

    def _question(self) -> str:
        """A question by name, or the point."""
        return ITSELF if self._took("itself", ".") else self._take("name", _("a question such as ${A1}"))

    def _holding(self, tree: Node) -> Expression:
        if isinstance(tree, Operand):
            self._fail(_("=, !=, <, <=, > or >="))
        return tree

    def _valued(self, tree: Node) -> Operand:
        if not isinstance(tree, Operand):
            self._fail(_("a question such as ${A1}, a number or a text in quotation marks"))
        return tree

    def _peek(self) -> tuple[str, str, int]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "", len(self.text))

    def _took(self, kind: str, value: str) -> bool:
        if self._peek()[:2] != (kind, value):
            return False
        self.place += 1
        return True

    def _take(self, kind: str, wanted: str) -> str:
        found, value, _at = self._peek()
        if found != kind:
            self._fail(wanted)
        self.place += 1
        return value

    def _expect(self, sign: str) -> None:
        if not self._took("sign", sign):
            self._fail(_("“%(sign)s”", sign=sign))

    def _fail(self, wanted: str) -> NoReturn:
        place = self._peek()[2] + 1
        raise ExpressionError(
            _("Expected %(wanted)s at character %(place)s of “%(text)s”.", wanted=wanted, place=place, text=self.text)
        )
