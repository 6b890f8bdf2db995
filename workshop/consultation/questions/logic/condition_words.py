"""A condition in words, for paper and beside its expression in the editor: "you answered “Yes” to question D3"."""

from collections.abc import Mapping, Sequence
from typing import cast

from flask_babel import gettext as _

from workshop.platform.db import Words

from ..question import Kind, Question
from .expressions import (
    COLUMN,
    ITSELF,
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
)

ARITHMETIC = {"-": "−", "*": "×", "div": "÷"}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class ConditionWords:
    """Says conditions of one questionnaire in one language. `numbers` are the questions' numbers on paper."""

    def __init__(self, questions: Mapping[str, Question], languages: Sequence[str], numbers: Mapping[str, str]) -> None:
        self.questions, self.languages, self.numbers = questions, languages, numbers

    def of(self, tree: Expression, *, inner: bool = False) -> str:
        match tree:
            case And(parts) | Or(parts):
                joint = _("and") if isinstance(tree, And) else _("or")
                text = f" {joint} ".join(self.of(part, inner=True) for part in parts)
                return f"({text})" if inner else text
            case Not(Selected() as part):
                return self._choice(part.name, part.code, chosen=False)
            case Not(Compare(sign, left, right)):
                return self._comparison(sign, left, right, holds=False)
            case Not(part):
                return _("it is not the case that %(condition)s", condition=self.of(part, inner=True))
            case Selected(name, code):
                return self._choice(name, code, chosen=True)
            case Compare(sign, left, right):
                return self._comparison(sign, left, right, holds=True)
            case Check(name, (one, other)):
                return self._check(name, {"one": self.operand(one), "other": self.operand(other)})
        raise AssertionError("unreachable: a check has two sides")

    def _check(self, name: str, said: dict[str, str]) -> str:
        match name:
            case "contains":
                return _("%(one)s contains %(other)s", **said)
            case "starts-with":
                return _("%(one)s begins with %(other)s", **said)
            case "ends-with":
                return _("%(one)s ends with %(other)s", **said)
            case "selected":
                return _("%(other)s is among %(one)s", **said)
        return _("%(one)s is written like %(other)s", **said)

    def _choice(self, name: str, code: str, *, chosen: bool) -> str:
        values = {"answer": self._answer(name, code), "number": self.numbers.get(name, name)}
        if chosen:
            return _("you answered “%(answer)s” to question %(number)s", **values)
        return _("you did not answer “%(answer)s” to question %(number)s", **values)

    def _answer(self, name: str, code: str) -> str:
        question = self.questions.get(name)
        if question and question.type is Kind.CONSENT:
            return _("Yes") if code == "yes" else _("No")
        option = question.option(code) if question else None
        if option:
            return Words(option.label).in_(*self.languages)[0]
        return _("Other") if code == "other" else code

    def _comparison(self, sign: str, left: Operand, right: Operand, *, holds: bool) -> str:
        if isinstance(left, Text | Number) and not isinstance(right, Text | Number):
            sign, left, right = TURNED[sign], right, left
        if sign in {"=", "!="} and not holds:
            sign, holds = ("!=" if sign == "=" else "="), True
        if (
            isinstance(left, Ref)
            and not self.calculation(left.name)
            and isinstance(right, Text)
            and sign in {"=", "!="}
        ):
            return self._text(left.name, right.value, equal=sign == "=")
        values = {"one": self.operand(left), "other": self.operand(right)}
        return SIGNS[sign, holds](values)

    def _text(self, name: str, value: str, *, equal: bool) -> str:
        number = self.numbers.get(name, name)
        if value:
            return self._choice(name, value, chosen=equal)
        if equal:
            return _("you left question %(number)s blank", number=number)
        return _("you answered question %(number)s", number=number)

    def calculation(self, code: str) -> str:
        """What a calculation works out, for whoever has to do it by hand."""
        question = self.questions.get(code)
        return f"({self.operand(question.calculation)})" if question and question.calculation else ""

    def operand(self, side: Operand) -> str:
        match side:
            case Ref(name) if worked_out := self.calculation(name):
                return worked_out
            case Arithmetic(sign, left, right):
                return f"{self.operand(left)} {ARITHMETIC.get(sign, sign)} {self.operand(right)}"
            case Function("if", (condition, one, other)):
                values = {
                    "condition": self.of(cast("Expression", condition), inner=True),
                    "one": self.operand(cast("Operand", one)),
                    "other": self.operand(cast("Operand", other)),
                }
                return _("(if %(condition)s: %(one)s; else: %(other)s)", **values)
            case Function(name, arguments):
                return f"{name}({', '.join(self.operand(cast('Operand', each)) for each in arguments)})"
            case Ref(name) if name == ITSELF:
                return _("this answer")
            case Ref(name) if name == TODAY:
                return _("today")
            case Ref(name) if name.startswith(COLUMN):
                return _("“%(name)s” of the choice", name=name.removeprefix(COLUMN))
            case Ref(name):
                return _("your answer to question %(number)s", number=self.numbers.get(name, name))
            case Count(name):
                return _("the number of answers you chose in question %(number)s", number=self.numbers.get(name, name))
            case Number(value):
                return f"{value:.10g}"
            case Text(value):
                return f"“{value}”"
        raise AssertionError("unreachable: every operand is told")


SIGNS = {
    ("=", True): lambda v: _("%(one)s is %(other)s", **v),
    ("!=", True): lambda v: _("%(one)s is not %(other)s", **v),
    (">", True): lambda v: _("%(one)s is more than %(other)s", **v),
    (">=", True): lambda v: _("%(one)s is %(other)s or more", **v),
    ("<", True): lambda v: _("%(one)s is less than %(other)s", **v),
    ("<=", True): lambda v: _("%(one)s is %(other)s or less", **v),
    (">", False): lambda v: _("%(one)s is not more than %(other)s", **v),
    (">=", False): lambda v: _("%(one)s is not %(other)s or more", **v),
    ("<", False): lambda v: _("%(one)s is not less than %(other)s", **v),
    ("<=", False): lambda v: _("%(one)s is not %(other)s or less", **v),
}
