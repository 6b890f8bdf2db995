"""Who may note what in a group. No database, no request, no clock."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from workshop.accounts.models import User
from workshop.agenda.models import Part, Perspective
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
    return Point(group=group, question=question, number=number, noted_by=by.id, noted_at=at, **said)


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


def question_at(group: Group, position: int) -> GroupQuestion | None:
    return next((question for question in group.questions if question.position == position), None)


def counted(points: Sequence[Point]) -> dict[PointKind, int]:
    """How many points of each kind stand, without those struck; kinds nobody raised are left out."""
    standing = [point.kind for point in points if point.struck_at is None]
    return {kind: standing.count(kind) for kind in PointKind if kind in standing}
