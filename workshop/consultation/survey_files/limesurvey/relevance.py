"""Relevance equations and conditions of LimeSurvey as conditions of ours, where they can be said in our language.

An equation is first put into the words of XLSForm (`((A3.NAOK == "ind"))` becomes `((${A3} = 'ind'))`), then read as
one, so that whatever has no counterpart is refused for the same reasons.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from flask_babel import gettext as _

from workshop.consultation.questions.logic.answer_domains import NUMERIC
from workshop.consultation.questions.logic.expressions import (
    And,
    Arithmetic,
    Compare,
    Expression,
    Function,
    Node,
    Not,
    Number,
    Or,
    Ref,
    Selected,
    Text,
)
from workshop.consultation.questions.question import Kind

from ..xlsform.relevance_conditions import KnownQuestion
from ..xlsform.xpath_expressions import Inexpressible, read

TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\"|'[^']*')|(?P<number>\d+(?:\.\d+)?(?![A-Za-z0-9]))|(?P<sign>==|!=|<=|>=|&&|\|\||[-+*/<>!=(),])"
    r"|(?P<name>(?:\d+X\d+X\d|[A-Za-z_])[A-Za-z0-9_]*(?:\.[A-Za-z]+)?))"
)
WORDS = {
    "and": "and",
    "or": "or",
    "&&": "and",
    "||": "or",
    "eq": "=",
    "==": "=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "=": "=",
    "/": "div",
}
Tree = TypeVar("Tree", bound=Node)
SUFFIXES = {"NAOK", "value", "code", "shown"}


def equation(text: str, boxes: Mapping[str, tuple[str, str]], known: Mapping[str, KnownQuestion]) -> Expression:
    """A relevance equation. `boxes` are the ticks of several choices by name: "Q2_SQ001" → ("Q2", "SQ001")."""
    return blank_counts_nothing(_ticks(read(in_words_of_xlsform(text)), boxes), known)


def blank_counts_nothing(tree: Tree, known: Mapping[str, KnownQuestion], *, summed: bool = False) -> Tree:
    """Within a sum LimeSurvey takes a figure that was left blank for nothing; ours would have no value."""
    match tree:
        case Ref(name) if summed:
            if name not in known or known[name].kind not in NUMERIC | {Kind.CALCULATION}:
                raise Inexpressible(_("“%(what)s” has no counterpart here", what=name))
            return cast("Tree", Function("coalesce", (tree, Number(0.0))))
        case Arithmetic(sign, left, right):
            sides = [blank_counts_nothing(side, known, summed=True) for side in (left, right)]
            return cast("Tree", Arithmetic(sign, *sides))
        case Compare(sign, left, right):
            sides = [blank_counts_nothing(side, known) for side in (left, right)]
            return cast("Tree", Compare(sign, *sides))
        case And(parts) | Or(parts):
            return cast("Tree", type(tree)(tuple(blank_counts_nothing(part, known) for part in parts)))
        case Not(part):
            return cast("Tree", Not(blank_counts_nothing(part, known)))
        case Function(name, arguments):
            return cast("Tree", Function(name, tuple(blank_counts_nothing(each, known) for each in arguments)))
    return tree


def in_words_of_xlsform(text: str) -> str:
    """Token by token, so that no text is ever taken for a word."""
    written, at, empties = [], 0, 0
    tokens = []
    while text[at:].strip():
        if not (found := TOKEN.match(text, at)):
            raise Inexpressible(_("“%(what)s” has no counterpart here", what=text[at:].strip()[:20]))
        tokens.append((found.lastgroup or "", found[found.lastgroup or ""]))
        at = found.end()
    for place, (kind, value) in enumerate(tokens):
        following = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        if kind == "name" and value.lower() in WORDS:
            written.append(WORDS[value.lower()])
        elif kind == "name" and following == "(":
            written.append({"is_empty": "is-empty", "not": "not"}.get(value.lower(), value))
        elif kind == "name":
            written.append(_reference(value))
        elif value == "!":
            empties += 1
            written.append("not" if following == "(" else "not-empty")
        else:
            written.append(WORDS.get(value, value))
    joined = " ".join(written)
    joined = re.sub(r"not-empty is-empty \( (\$\{\w+\}) \)", r"\1 != ''", joined)
    return re.sub(r"is-empty \( (\$\{\w+\}) \)", r"\1 = ''", joined)


def _reference(name: str) -> str:
    base, _dot, suffix = name.partition(".")
    if suffix and suffix not in SUFFIXES:
        raise Inexpressible(_("“%(what)s” has no counterpart here", what=name))
    return f"${{{base}}}"


def _ticks(tree: Expression, boxes: Mapping[str, tuple[str, str]]) -> Expression:
    """Where a box is compared with "Y" or with nothing, whether that choice is selected."""
    match tree:
        case And(parts):
            return And(tuple(_ticks(part, boxes) for part in parts))
        case Or(parts):
            return Or(tuple(_ticks(part, boxes) for part in parts))
        case Not(part):
            return Not(_ticks(part, boxes))
        case Compare(sign, Ref(name), Text(value)) if name in boxes and sign in {"=", "!="} and value in {"Y", ""}:
            ticked = Selected(*boxes[name])
            return ticked if (sign == "=") == (value == "Y") else Not(ticked)
    return tree


def conditions(rows: Iterable[Mapping[str, str]], names: Mapping[str, str]) -> str:
    """The older table of conditions as an equation. `names` are codes by question number.

    Conditions of one scenario on the same question are alternatives, on different questions they all hold.
    """
    scenarios: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        question, method = row.get("cqid", ""), row.get("method", "==").strip() or "=="
        code, value = names.get(question, ""), row.get("value", "")
        if not code or method not in {"==", "!=", "<", "<=", ">", ">="} or value.startswith("@"):
            raise Inexpressible(_("“%(what)s” has no counterpart here", what=f"{code} {method} {value}".strip()))
        if box := re.search(rf"X{question}([A-Za-z0-9_]+)$", row.get("cfieldname", "")):
            code = f"{code}_{box[1]}"
        quoted = f'"{value}"' if '"' not in value else f"'{value}'"
        scenarios.setdefault(row.get("scenario", "1"), {}).setdefault(code, []).append(f"({code} {method} {quoted})")
    alternatives = [
        " and ".join(f"({' or '.join(parts)})" for parts in by_question.values()) for by_question in scenarios.values()
    ]
    return " or ".join(f"({each})" for each in alternatives)
