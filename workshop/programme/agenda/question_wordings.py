"""Guiding questions and what they said when: those of a session, and alike those of a break-out group.

A wording is another one when a text that could be read says something else now. A translation that is added
belongs to the wording in force, and one that is taken away does not make a new one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from workshop.platform.db import Words


@dataclass(frozen=True)
class QuestionText:
    """A guiding question as typed. `id` is None for a new one, `place` is where it should stand, from 1."""

    text: Words
    id: int | None = None
    place: int | None = None


class Placed(Protocol):
    position: int


class Wording(Protocol):
    number: int
    text: Words
    since: datetime


class Reworded(Protocol):
    """A question with everything it ever said."""

    text: Words

    @property
    def wordings(self) -> list[Any]: ...


Row = TypeVar("Row", bound=Placed)
Worded = TypeVar("Worded", bound=Wording)
Question = TypeVar("Question", bound=Any)  # a guiding question of a session or of a group


def in_order(
    before: Sequence[Question], typed: Sequence[QuestionText], make: Callable[..., Question]
) -> list[Question]:
    """The questions in their new order: one without any text is removed, one given another place moves past the rest,
    one that is not mentioned stays.
    """
    rows = {question.id: question for question in before}
    stood = {question.id: place for place, question in enumerate(before, 1)}
    mentioned = {each.id for each in typed}
    wanted = [(stood[id], 0, question) for id, question in rows.items() if id not in mentioned]
    for each in typed:
        if not each.text:
            continue
        row = rows.get(each.id or 0) or make(position=0, text=each.text)
        reword(row, each.text)
        old = stood.get(row.id, len(before) + 1)
        place = each.place or old
        wanted.append((place, (place > old) - (place < old), row))
    wanted.sort(key=lambda entry: entry[:2])
    return renumber([row for _place, _moved, row in wanted])


def renumber(rows: Sequence[Row]) -> list[Row]:
    """The same rows, numbered from 1 in this order."""
    for position, row in enumerate(rows, 1):
        row.position = position
    return list(rows)


def reword(question: Reworded, text: Words) -> None:
    """Put the text in place of what the question said; a change of substance is a new wording, the old one stays."""
    if question.text == text:
        return
    question.text = text
    last = question.wordings[-1]
    if is_another(last.text, text):
        question.wordings.append(type(last)(number=last.number + 1, text=text))
    else:
        last.text = Words(last.text | text)


def is_another(earlier: Words, later: Words) -> bool:
    """Whether a text that stood in `earlier` says something else in `later`."""
    return any(later.get(code, said) != said for code, said in earlier.items())


def in_force(wordings: Sequence[Worded], at: datetime) -> Worded:
    """The wording that was in force at that moment; the first one where none was yet."""
    return next((each for each in reversed(wordings) if each.since <= at), wordings[0])
