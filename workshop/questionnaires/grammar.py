"""The language of conditions: a small, safe part of XLSForm's, read into a tree and never run as code.

${A3} != 'ind' and ${B7} > 0        selected(${D1}, 'edu')        not(selected(${D1}, 'no') or ${C3} = 'y')
"""

import re
from collections.abc import Iterator
from typing import NoReturn

from .expressions import SIGNS, And, Compare, Expression, Not, Number, Operand, Or, Ref, Selected, Text

MAX_LENGTH = 2000
MAX_DEPTH = 30
TOKEN = re.compile(
    r"\s*(?:\$\{(?P<name>[A-Za-z][A-Za-z0-9_]*)\}|(?P<number>-?[0-9]+(?:\.[0-9]+)?)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|(?P<word>[a-z]+)|(?P<sign><=|>=|!=|[=<>(),]))"
)


class ExpressionError(ValueError):
    """The condition cannot be read; the message names the character where, counted from 1."""


def parse(text: str) -> Expression:
    """The tree of a condition. Raises ExpressionError."""
    return _Parser(text).whole()


class _Parser:
    """Recursive descent: or, and, not, one comparison. Depth is bounded, so no condition can exhaust the stack."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ExpressionError(f"The condition is longer than {MAX_LENGTH} characters.")
        self.text, self.depth, self.place = text, 0, 0
        self.tokens = list(self._split())

    def _split(self) -> Iterator[tuple[str, str, int]]:
        at = 0
        while self.text[at:].strip():
            if not (found := TOKEN.match(self.text, at)):
                start = at + len(self.text[at:]) - len(self.text[at:].lstrip())
                raise ExpressionError(f"“{self.text[start]}” is not understood, at character {start + 1}.")
            kind = found.lastgroup or ""
            yield ("text" if kind in {"single", "double"} else kind), found[kind], found.end() - len(found[0].lstrip())
            at = found.end()

    def whole(self) -> Expression:
        tree = self._any_of()
        if self.place < len(self.tokens):
            self._fail("“and”, “or” or the end")
        return tree

    def _any_of(self) -> Expression:
        parts = [self._all_of()]
        while self._took("word", "or"):
            parts.append(self._all_of())
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all_of(self) -> Expression:
        parts = [self._one()]
        while self._took("word", "and"):
            parts.append(self._one())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self) -> Expression:
        if self._took("word", "not"):
            return Not(self._bracketed())
        if self._took("word", "selected"):
            return self._selected()
        if self._peek()[:2] == ("sign", "("):
            return self._bracketed()
        left, sign = self._operand(), self._take("sign", "=, !=, <, <=, > or >=")
        if sign not in SIGNS:
            self.place -= 1
            self._fail("=, !=, <, <=, > or >=")
        return Compare(sign, left, self._operand())

    def _bracketed(self) -> Expression:
        self._expect("(")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"Brackets are nested more than {MAX_DEPTH} deep.")
        tree = self._any_of()
        self._expect(")")
        self.depth -= 1
        return tree

    def _selected(self) -> Selected:
        self._expect("(")
        name = self._take("name", "a question such as ${A1}")
        self._expect(",")
        code = self._take("text", "a code in quotation marks")
        self._expect(")")
        return Selected(name, code)

    def _operand(self) -> Operand:
        kind, value, _ = self._peek()
        if kind not in {"name", "text", "number"}:
            self._fail("a question such as ${A1}, a number or a text in quotation marks")
        self.place += 1
        return Ref(value) if kind == "name" else Text(value) if kind == "text" else Number(float(value))

    def _peek(self) -> tuple[str, str, int]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "", len(self.text))

    def _took(self, kind: str, value: str) -> bool:
        if self._peek()[:2] != (kind, value):
            return False
        self.place += 1
        return True

    def _take(self, kind: str, wanted: str) -> str:
        found, value, _ = self._peek()
        if found != kind:
            self._fail(wanted)
        self.place += 1
        return value

    def _expect(self, sign: str) -> None:
        if not self._took("sign", sign):
            self._fail(f"“{sign}”")

    def _fail(self, wanted: str) -> NoReturn:
        raise ExpressionError(f"Expected {wanted} at character {self._peek()[2] + 1} of “{self.text}”.")
