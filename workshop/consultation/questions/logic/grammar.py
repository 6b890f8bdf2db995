"""The language of conditions: a small, safe part of XLSForm's, read into a tree and never run as code.

${A3} != 'ind' and ${B7} > 0        selected(${D1}, 'edu')        not(selected(${D1}, 'no') or ${C3} = 'y')
. <= ${B7}                          count-selected(${D1}) >= 2    ${B4} < date('2005-02-28')

In a limit the point stands for the answer itself. The words of a refusal are translated: people read them while writing.
"""

import re
from collections.abc import Callable, Iterator
from typing import NoReturn

from flask_babel import gettext as _

from .expressions import ITSELF, SIGNS, And, Compare, Count, Expression, Not, Number, Operand, Or, Ref, Selected, Text

MAX_LENGTH = 2000
MAX_DEPTH = 30
TOKEN = re.compile(
    r"\s*(?:\$\{(?P<name>[A-Za-z][A-Za-z0-9_]*)\}|(?P<number>-?[0-9]+(?:\.[0-9]+)?)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|(?P<word>[a-z]+(?:-[a-z]+)*)|(?P<itself>\.)|(?P<sign><=|>=|!=|[=<>(),]))"
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

    def whole(self) -> Expression:
        tree = self._any_of()
        if self.place < len(self.tokens):
            self._fail(_("“and”, “or” or the end"))
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
        left, sign = self._operand(), self._take("sign", _("=, !=, <, <=, > or >="))
        if sign not in SIGNS:
            self.place -= 1
            self._fail(_("=, !=, <, <=, > or >="))
        return Compare(sign, left, self._operand())

    def _bracketed(self) -> Expression:
        self._expect("(")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(_("Brackets are nested more than %(max)s deep.", max=MAX_DEPTH))
        tree = self._any_of()
        self._expect(")")
        self.depth -= 1
        return tree

    def _selected(self) -> Selected:
        self._expect("(")
        name = self._question()
        self._expect(",")
        code = self._take("text", _("a code in quotation marks"))
        self._expect(")")
        return Selected(name, code)

    def _question(self) -> str:
        """A question by name, or the point."""
        return ITSELF if self._took("itself", ".") else self._take("name", _("a question such as ${A1}"))

    def _operand(self) -> Operand:
        if self._took("word", "count-selected"):
            return self._in_brackets(lambda: Count(self._question()))
        if self._took("word", "date"):
            return self._in_brackets(lambda: Text(self._take("text", _("a date in quotation marks"))))
        kind, value, _at = self._peek()
        if kind not in {"name", "text", "number", "itself"}:
            self._fail(_("a question such as ${A1}, a number or a text in quotation marks"))
        self.place += 1
        return (
            Ref(ITSELF)
            if kind == "itself"
            else Ref(value)
            if kind == "name"
            else Text(value)
            if kind == "text"
            else Number(float(value))
        )

    def _in_brackets(self, read: Callable[[], Operand]) -> Operand:
        self._expect("(")
        operand = read()
        self._expect(")")
        return operand

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
