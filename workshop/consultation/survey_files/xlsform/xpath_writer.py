"""Conditions, limits and calculations in the words of XLSForm: `xpath_expressions.parse(write(tree)) == tree`."""

import re

from workshop.consultation.questions.logic.expressions import (
    COLUMN,
    ITSELF,
    TODAY,
    And,
    Arithmetic,
    Check,
    Compare,
    Count,
    Function,
    Node,
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


def write(tree: Node) -> str:
    """The condition or calculation as ODK and Kobo read it."""
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
        case Arithmetic(sign, left, right):
            return " ".join((_bracketed(left), sign, _bracketed(right)))
        case Check(name, arguments) | Function(name, arguments):
            return f"{name}({', '.join(map(write, arguments))})"
        case Text(value):
            return _literal(value)
        case Ref(name):
            return _named(name)
        case Count(name):
            return f"count-selected({_named(name)})"
        case Number():
            return to_text(tree)


def _operand(side: Operand, ordered: bool) -> str:
    if isinstance(side, Text) and ordered and is_date(side.value):
        return f"date('{side.value}')"  # there a bare text would be taken for a number
    return write(side)


def _bracketed(side: Operand) -> str:
    return f"({write(side)})" if isinstance(side, Arithmetic) else write(side)


def _named(name: str) -> str:
    if name.startswith(COLUMN):
        return name.removeprefix(COLUMN)
    return name if name in {ITSELF, TODAY} else f"${{{name}}}"


def _literal(text: str) -> str:
    """A text in quotation marks, in pieces where it has both kinds or what looks like a question."""
    pieces = re.split(r"(?<=\$)(?=\{)|(?=')|(?<=')", text) if "${" in text or ("'" in text and '"' in text) else [text]
    quoted = [f'"{piece}"' if "'" in piece else f"'{piece}'" for piece in pieces]
    return quoted[0] if len(quoted) == 1 else f"concat({', '.join(quoted)})"
