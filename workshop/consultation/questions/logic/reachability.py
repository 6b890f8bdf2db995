"""Whether any answers at all lead to a question: tried, not guessed.

The answers to the questions that a condition looks at, and to those that these depend on, are tried in order. A question
that is not asked has no answer; one that must be answered has one. Where there is too much to try nothing is claimed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..question import Question
from . import answer_domains
from .evaluation import evaluate
from .expressions import ITSELF, Check, Compare, Count, Expression, Ref, comparisons, names

MOST_TRIED = 20_000
MOST_COMPARED = 3


@dataclass
class Search:
    """All questions in order, with the conditions (that of the section included) under which they are asked."""

    questions: Sequence[Question]
    conditions: Mapping[str, Expression | None]
    by_code: Mapping[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        self.by_code = {question.code: question for question in self.questions}

    def can_hold(self, goal: Expression, *, chain: bool = True, itself: Question | None = None) -> bool | None:
        """Whether some answers make the condition hold; None where that is not known.

        With `chain` the conditions of the questions it looks at count as well. `itself` is the question behind ".".
        """
        wanted = self._needed(goal, chain=chain) | ({ITSELF} if itself else set())
        variables = [question for question in self.questions if question.code in wanted]
        named = {q.code: q for q in variables} | ({ITSELF: itself} if itself else {})
        if names(goal) - named.keys() or any(q.filter or q.within or not q.asks for q in named.values()):
            return None  # a question that cannot be understood yet, or whose answers cannot be tried one by one
        conditions = {code: self.conditions.get(code) if chain else None for code in named}
        trees = [goal, *(tree for tree in conditions.values() if tree)]
        atoms = [atom for tree in trees for atom in comparisons(tree) if not isinstance(atom, Check)]
        try:
            tried = _candidates(named, atoms)
        except answer_domains.TooMany:
            return None
        steps = [(code, conditions[code], tried[code], chain and named[code].required) for code in named]
        budget = [MOST_TRIED]
        found = next((True for answers in _tries(steps, {}, budget) if evaluate(goal, answers)), False)
        return found or (None if budget[0] < 0 else False)

    def _needed(self, goal: Expression, *, chain: bool) -> set[str]:
        wanted, waiting = set(), set(names(goal)) - {ITSELF}
        while waiting:
            code = waiting.pop()
            if code in wanted or code not in self.by_code:
                continue
            wanted.add(code)
            if chain and (tree := self.conditions.get(code)):
                waiting |= names(tree)
        return wanted


def _tries(
    steps: Sequence[tuple[str, Expression | None, Sequence[object], bool]],
    answers: dict[str, object],
    budget: list[int],
) -> Iterator[dict[str, object]]:
    """Every combination of answers, one question after the other; gives up when the budget is spent."""
    if budget[0] < 0:
        return
    if not steps:
        budget[0] -= 1
        yield answers
        return
    (code, condition, tried, required), *rest = steps
    asked = condition is None or evaluate(condition, answers)
    must = code == ITSELF or (required and bool(tried))
    if not (asked and must):
        yield from _tries(rest, answers, budget)
    for value in tried if asked else ():
        yield from _tries(rest, {**answers, code: value}, budget)


def _candidates(named: Mapping[str, Question], atoms: Sequence[answer_domains.Atom]) -> dict[str, Sequence[object]]:
    """The answers to try for each question: one of each kind that the conditions can tell apart."""
    said = answer_domains.Mentioned.by(atoms, list(named.values()))
    pairs = [atom for atom in atoms if isinstance(atom, Compare) and len(names(atom)) > 1]
    _refuse_unlike(pairs, named)
    found: dict[str, Sequence[object]] = {}
    for code, question in named.items():
        own = [atom for atom in atoms if code in names(atom)]
        listed = answer_domains.values(question, said, own)
        paired = any(code in names(atom) for atom in pairs)
        found[code] = listed if paired else _of_each_kind(code, listed, own)
    return found


def _refuse_unlike(pairs: Sequence[Compare], named: Mapping[str, Question]) -> None:
    """Where answers of two questions are compared, only some kinds can be tried fully."""
    involved = {code for atom in pairs for code in names(atom)}
    if len(involved) > MOST_COMPARED:
        raise answer_domains.TooMany
    for atom in pairs:
        sides = (atom.left, atom.right)
        if any(isinstance(side, Count) for side in sides):
            raise answer_domains.TooMany
        one, other = (named[side.name] for side in sides if isinstance(side, Ref))
        if not answer_domains.comparable(one, other):
            raise answer_domains.TooMany


def _of_each_kind(code: str, listed: Sequence[object], atoms: Sequence[answer_domains.Atom]) -> list[object]:
    by_outcome: dict[tuple[bool, ...], object] = {}
    for value in listed:
        by_outcome.setdefault(tuple(evaluate(atom, {code: value}) for atom in atoms), value)
    return list(by_outcome.values())
