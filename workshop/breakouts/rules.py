"""Who may note what in a group. No database, no request, no clock."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import ngettext

from workshop.accounts.models import User
from workshop.agenda.models import Part, Perspective
from workshop.agenda.wordings import QuestionText, in_order, is_another
from workshop.db import Words
from workshop.errors import RuleBroken
from workshop.series.models import MeetingMode, Role

from .models import Group, GroupQuestion, GroupServant, Point, PointKind

READERS = (Role.ORGANISER, Role.CHAIR, Role.RAPPORTEUR, Role.NOTE_TAKER)
NOTING = (Part.MODERATOR, Part.RAPPORTEUR, Part.NOTE_TAKER)
RAISED_FROM = (
    Perspective.ORIGIN, Perspective.TRANSIT, Perspective.DESTINATION, Perspective.DIASPORA, Perspective.PARTNER,
)  # fmt: skip
LONGEST_POINT = 1000
MOST_VOICES = 500

UnderQuestions = list[tuple[GroupQuestion | None, list[Point]]]


def serves(group: Group, servants: Sequence[GroupServant], parts: Sequence[Part], user: User) -> bool:
    """Whether this person plays one of these parts in the group. `servants` may be those of several groups."""
    return any(
        servant.group_id == group.id and servant.user_id == user.id and servant.role in parts for servant in servants
    )


def may_note(group: Group, servants: Sequence[GroupServant], roles: set[Role], user: User) -> bool:
    """Organisers, and whoever moderates, notes or reports for this very group; other readers only read."""
    return Role.ORGANISER in roles or serves(group, servants, NOTING, user)


def mode_of(group: Group) -> MeetingMode:
    """How what is said in the group may be attributed: its session's own mode, else that of the workshop."""
    return group.session.mode or group.workshop.mode


def note(group: Group, question: GroupQuestion | None, *, number: int, by: User, at: datetime, **said: Any) -> Point:
    """A new point under a guiding question, or under none of them. `said` is what the form asked for."""
    said["client_key"] = key_of(said["client_key"], question, said["text"])
    wording = question.wordings[-1] if question else None
    return Point(group=group, question=question, wording=wording, number=number, noted_by=by.id, noted_at=at, **said)


def key_of(client_key: str, question: GroupQuestion | None, text: str) -> str:
    """What tells a point sent twice from a new one.

    The key of the form alone would not do: a browser's Back button brings a sent form back with its old key,
    and what is typed into it then is a new point that must not vanish.
    """
    place = question.position if question else 0
    return hashlib.sha256(f"{client_key}|{place}|{text}".encode()).hexdigest()[:40]


def strike(point: Point, *, at: datetime) -> None:
    """Take a mistake out of what counts; it stays readable, struck. Striking twice keeps the first time."""
    point.struck_at = point.struck_at or at


def unstrike(point: Point) -> None:
    point.struck_at = None


def under_questions(group: Group, points: Sequence[Point]) -> UnderQuestions:
    """The points under each guiding question, in order; last those under none of them (often no points)."""
    return [(question, [p for p in points if p.question is question]) for question in [*group.questions, None]]


def earlier_wordings(points: Sequence[Point]) -> dict[int, Words]:
    """What the question said when a point was noted, by the point's number, where it says something else now."""
    return {
        point.number: point.wording.text
        for point in points
        if point.wording and point.question and is_another(point.wording.text, point.question.text)
    }


def ask(group: Group, typed: Sequence[QuestionText], *, resting: Mapping[int, int]) -> None:
    """Put the questions in place of those that were asked. `resting` counts what belongs to each: points, reports.

    As soon as anything was noted, numbers stay: note-takers' pages, also those without a line, go by them.
    Raises RuleBroken for a question that would be removed with what was noted under it.
    """
    for question in group.questions:
        gone = any(each.id == question.id and not each.text for each in typed)
        if gone and resting.get(question.id):
            message = ngettext("Question %(number)s stays: something was noted under it. Reword it instead.",
                               "Question %(number)s stays: %(num)s points and parts of reports rest on it. Reword it instead.",
                               resting[question.id], number=question.position)  # fmt: skip
            raise RuleBroken(message, "questions")
    numbers = {question.id: question.position for question in group.questions}
    if resting:
        typed = [replace(each, place=None) for each in typed]
    asked = in_order(group.questions, typed, GroupQuestion)
    if resting:
        last = max(numbers.values(), default=0)
        fresh = [question for question in asked if question.id not in numbers]
        for position, question in enumerate(fresh, last + 1):
            question.position = position
        for question in asked:
            question.position = numbers.get(question.id, question.position)
    group.questions[:] = asked


def question_at(group: Group, position: int) -> GroupQuestion | None:
    return next((question for question in group.questions if question.position == position), None)


def counted(points: Sequence[Point]) -> dict[PointKind, int]:
    """How many points of each kind stand, without those struck; kinds nobody raised are left out."""
    standing = [point.kind for point in points if point.struck_at is None]
    return {kind: standing.count(kind) for kind in PointKind if kind in standing}
