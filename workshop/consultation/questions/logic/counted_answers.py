"""From answers to what counts: which questions they lead to, what is worked out from them, which choices go with them.

An answer to a question that is not asked counts as none. In a repeat each entry is settled by itself, beside the answers
outside; from outside, a question in a repeat is worth the list of its answers.
"""

from collections.abc import Iterable, Mapping

from ..question import Kind, Option, Question
from .evaluation import evaluate, value_of
from .expressions import COLUMN, names

Answers = Mapping[str, object]


def settle(questions: Iterable[Question], answers: Answers) -> tuple[frozenset[str], dict[str, object]]:
    """The codes of the questions asked, and the answers that count, calculations among them."""
    counted: dict[str, object] = {}
    asked = settle_into(counted, questions, answers)
    return frozenset(asked), counted


def settle_into(counted: dict[str, object], questions: Iterable[Question], answers: Answers) -> list[str]:
    """The same, with the answers that count so far; those found are added to them."""
    asked = []
    for question in questions:
        if question.condition is not None and not evaluate(question.condition, counted):
            continue
        asked.append(question.code)
        if question.type is Kind.CALCULATION and question.calculation is not None:
            if value := value_of(question.calculation, counted):
                counted[question.code] = value
        elif question.type is Kind.REPEAT:
            if entries := settled_entries(question, answers.get(question.code), counted):
                counted[question.code] = entries
                for inner in question.questions:
                    if listed := [entry[inner.code] for entry in entries if inner.code in entry]:
                        counted[inner.code] = listed
        elif question.code in answers:
            counted[question.code] = answers[question.code]
    return asked


def settled_entries(question: Question, given: object, outside: Answers) -> list[dict[str, object]]:
    """The entries of a repeat as far as they count."""
    found = []
    for entry in entries_of(given):
        own = {code: answer for code, answer in outside.items() if code not in entry}
        before = set(own)
        settle_into(own, question.questions, entry)
        found.append({code: answer for code, answer in own.items() if code not in before})
    return found


def entries_of(given: object) -> list[dict[str, object]]:
    return [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []


def how_many(question: Question, counted: Answers) -> int | None:
    """How many entries a repeat has where that follows from another answer; None where people decide."""
    if question.times is None:
        return None
    number = value_of(question.times, counted)
    return min(max(0, int(float(number))), question.most_entries) if number else 0


def offered(question: Question, counted: Answers) -> tuple[Option, ...]:
    """The options that go with these answers."""
    if question.filter is None:
        return question.options
    wanted = {name: counted[name] for name in names(question.filter) if name in counted}
    return tuple(o for o in question.options if evaluate(question.filter, {**wanted, **columns_of(o)}))


def columns_of(option: Option) -> dict[str, object]:
    """What a filter sees of an option."""
    return {f"{COLUMN}{name}": value for name, value in {**option.columns, "name": option.code}.items()}
