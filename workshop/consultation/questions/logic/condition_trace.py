"""Why a question is asked or not, given these answers: each comparison of its condition with what it looks at."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..definition import Definition
from ..question import Question
from .evaluation import evaluate, worth
from .expressions import comparisons, names, to_text


@dataclass(frozen=True)
class Part:
    """One comparison, whether it holds, and what the questions in it are answered: code to the worth of its answer."""

    text: str
    holds: bool
    looked_at: dict[str, str]


@dataclass(frozen=True)
class Traced:
    """A question with a condition: whether it is asked, and why."""

    question: Question
    text: str
    asked: bool
    parts: list[Part]


def trace(definition: Definition, answers: Mapping[str, object]) -> list[Traced]:
    """Every question that has a condition, its section's included, in order."""
    asked = definition.asked(answers)
    counted = {code: answer for code, answer in answers.items() if code in asked}
    return [_traced(question, counted, asked) for question in definition.questions if question.condition]


def _traced(question: Question, counted: Mapping[str, object], asked: frozenset[str]) -> Traced:
    tree = question.condition
    found = (
        []
        if tree is None
        else [
            Part(
                to_text(part), evaluate(part, counted), {name: worth(counted.get(name)) for name in sorted(names(part))}
            )
            for part in comparisons(tree)
        ]
    )
    return Traced(question, to_text(tree) if tree else "", question.code in asked, found)
