"""What conditions and calculations are worth, here and in static/js/questionnaire.js alike.

An answer is worth a text: a text itself, a whole number its digits, consent "yes" or "no", several choices their codes
with a space between, money its amount. A question that is not answered (or not asked) is worth the empty text, as in
XLSForm: it equals '' and differs from everything else, it is neither more nor less than any number, and nothing is
selected in it.
`=` and `!=` compare numbers where a number stands in the condition, and texts elsewhere; the others always numbers,
where a date (2005-02-28) is worth its day. How many are selected in a question that is not answered is 0.
"""

import operator
from collections.abc import Callable, Mapping
from typing import cast

from . import functions
from .expressions import (
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

Answers = Mapping[str, object]
HOLDS: dict[str, Callable[[str | float, str | float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(tree: Expression, answers: Answers) -> bool:
    """Whether the condition holds. `answers` maps question codes to answers; a code left out is not answered."""
    match tree:
        case And(parts):
            return all(evaluate(part, answers) for part in parts)
        case Or(parts):
            return any(evaluate(part, answers) for part in parts)
        case Not(part):
            return not evaluate(part, answers)
        case Selected(name, code):
            answer = answers.get(name)
            return code in answer if isinstance(answer, list) else answer == code
        case Check(name, arguments):
            one, other = (text_of(each, answers) for each in arguments)
            return functions.CHECKS[name][1](one, other)
        case Compare(sign, left, right):
            ordered = sign not in {"=", "!="}
            value: Callable[[Operand, Answers], str | float] = (
                number_of if ordered or is_numeric(left) or is_numeric(right) else text_of
            )
            return HOLDS[sign](value(left, answers), value(right, answers))


def value_of(tree: Operand, answers: Answers) -> str:
    """What a calculation gives, as a text; nothing where it has no value."""
    return text_of(tree, answers)


def is_numeric(side: Operand | Expression) -> bool:
    """Whether it is a number by itself, whatever is answered."""
    match side:
        case Number() | Count() | Arithmetic():
            return True
        case Function("if", (_condition, one, other)):
            return is_numeric(one) and is_numeric(other)
        case Function(name, _):
            return name in functions.NUMERIC
    return False


def number_of(side: Operand, answers: Answers) -> float:
    match side:
        case Number(value):
            return value
        case Arithmetic(sign, left, right):
            return functions.calculate(sign, number_of(left, answers), number_of(right, answers))
        case Function("if", (condition, one, other)):
            return number_of(cast("Operand", one if _holds(condition, answers) else other), answers)
        case Function(name, arguments) if name in functions.NUMERIC:
            return functions.NUMERIC[name][1](*(_values(each, answers) for each in arguments))
    return functions.figure(text_of(side, answers))


def text_of(side: Operand, answers: Answers) -> str:
    match side:
        case Ref(name):
            return worth(answers.get(name))
        case Count(name):
            return str(_how_many(answers.get(name)))
        case Text(value):
            return value
        case Function("if", (condition, one, other)):
            return text_of(cast("Operand", one if _holds(condition, answers) else other), answers)
        case Function(name, arguments) if name in functions.TEXTUAL:
            return functions.TEXTUAL[name][1](*(_values(each, answers) for each in arguments))
    return functions.number_text(number_of(side, answers))


def _holds(tree: Node, answers: Answers) -> bool:
    return evaluate(cast("Expression", tree), answers)  # the grammar sees to it


def _values(side: Node, answers: Answers) -> list[str]:
    """What it is worth, one by one where it names a list: the entries of a repeat, or one question in each of them."""
    if isinstance(side, Ref) and isinstance(answer := answers.get(side.name), list):
        return ["1" if isinstance(each, dict) and "amount" not in each else worth(each) for each in answer] or [""]
    return [text_of(cast("Operand", side), answers)]


def worth(answer: object) -> str:
    """The text that an answer is worth in a comparison."""
    match answer:
        case None:
            return ""
        case bool():
            return "yes" if answer else "no"
        case list():
            return " ".join(map(worth, answer))
        case dict():
            return str(answer.get("amount", ""))
    return str(answer)


def _how_many(answer: object) -> int:
    return len(answer) if isinstance(answer, list) else 0 if answer is None else 1
