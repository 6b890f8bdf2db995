"""Conditions for whoever fills in paper: before which question one is sent on, and where to."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import And, Compare, Expression, Not, Or, conjuncts
from workshop.consultation.questions.question import Kind, Question

OPPOSITE = {"=": "!=", "!=": "="}


@dataclass(frozen=True)
class Jump:
    """Who is in this case goes on with the question named; with the end of the paper where there is none."""

    when: Expression
    to: Question | None


def jumps(definition: Definition) -> dict[str, list[Jump]]:
    """By the code of the question before which they stand.

    Questions one after another that share a condition are passed over together, so it is said once, before the first.
    """
    questions = [question for question in definition.questions if question.type is not Kind.CALCULATION]
    needed = [conjuncts(question.condition) if question.condition else () for question in questions]
    found: dict[str, list[Jump]] = {}
    held: set[Expression] = set()
    for at, question in enumerate(questions):
        held &= set(needed[at])
        by_target: dict[int, list[Expression]] = {}
        for part in needed[at]:
            if part not in held:
                by_target.setdefault(_end_of_run(needed, at, part), []).append(part)
        held |= set(needed[at])
        for end in sorted(by_target, reverse=True):  # whoever passes over more does so first
            target = questions[end] if end < len(questions) else None
            found.setdefault(question.code, []).append(Jump(opposite(_all_of(by_target[end])), target))
    return found


def _end_of_run(needed: Sequence[Sequence[Expression]], start: int, part: Expression) -> int:
    end = start
    while end < len(needed) and part in needed[end]:
        end += 1
    return end


def _all_of(parts: list[Expression]) -> Expression:
    return And(tuple(parts)) if len(parts) > 1 else parts[0]


def opposite(tree: Expression) -> Expression:
    """When it does not hold, with as few negations as can be."""
    match tree:
        case Not(part):
            return part
        case And(parts):
            return Or(tuple(opposite(part) for part in parts))
        case Or(parts):
            return And(tuple(opposite(part) for part in parts))
        case Compare(sign, left, right) if sign in OPPOSITE:
            return Compare(OPPOSITE[sign], left, right)
    return Not(tree)
