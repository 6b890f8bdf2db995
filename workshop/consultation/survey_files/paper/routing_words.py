"""A condition in words for paper: "you answered “Yes” to question D3"."""

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import (
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
    worth,
)
from workshop.consultation.questions.question import Kind

from .printed_words import in_language_of_paper as _

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Words:
    """Says conditions of one questionnaire in one language. `numbers` are the questions' numbers on paper."""

    def __init__(self, definition: Definition, language: str, numbers: dict[str, str]) -> None:
        self.definition, self.language, self.numbers = definition, language, numbers

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

    def _choice(self, name: str, code: str, *, chosen: bool) -> str:
        values = {"answer": self._answer(name, code), "number": self.numbers.get(name, name)}
        if chosen:
            return _("you answered “%(answer)s” to question %(number)s", **values)
        return _("you did not answer “%(answer)s” to question %(number)s", **values)

    def _answer(self, name: str, code: str) -> str:
        question = self.definition.question(name)
        if question and question.type is Kind.CONSENT:
            return _("Yes") if code == "yes" else _("No")
        option = question.option(code) if question else None
        if option:
            return option.label.in_(self.language, *self.definition.languages)[0]
        return _("Other") if code == "other" else code

    def _comparison(self, sign: str, left: Operand, right: Operand, *, holds: bool) -> str:
        if not isinstance(left, Ref | Count):
            sign, left, right = TURNED[sign], right, left
        if sign in {"=", "!="} and not holds:
            sign, holds = ("!=" if sign == "=" else "="), True
        if isinstance(left, Ref) and isinstance(right, Text) and sign in {"=", "!="}:
            return self._text(left.name, right.value, equal=sign == "=")
        values = {"one": self._operand(left), "other": self._operand(right)}
        return SIGNS[sign, holds](values)

    def _text(self, name: str, value: str, *, equal: bool) -> str:
        number = self.numbers.get(name, name)
        if value:
            return self._choice(name, value, chosen=equal)
        if equal:
            return _("you left question %(number)s blank", number=number)
        return _("you answered question %(number)s", number=number)

    def _operand(self, side: Operand) -> str:
        match side:
            case Ref(name):
                return _("your answer to question %(number)s", number=self.numbers.get(name, name))
            case Count(name):
                return _("the number of answers you chose in question %(number)s", number=self.numbers.get(name, name))
            case Number(value):
                return f"{value:.10g}"
            case Text(value):
                return f"“{worth(value)}”"


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
