"""Who may note what in a group. No database, no request, no clock."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.agenda.question_wordings import is_another
from workshop.programme.groups.models import Group, GroupQuestion, GroupRole
from workshop.programme.groups.rules import serves
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Role

from .models import Point, PointKind

READERS = (Role.ORGANISER, Role.CHAIR, Role.MODERATOR, Role.RAPPORTEUR, Role.NOTE_TAKER)
NOTING = (Part.MODERATOR, Part.RAPPORTEUR, Part.NOTE_TAKER)
RAISED_FROM = (
    Perspective.ORIGIN,
    Perspective.TRANSIT,
    Perspective.DESTINATION,
    Perspective.DIASPORA,
    Perspective.PARTNER,
)
LONGEST_POINT = 1000
MOST_VOICES = 500

UnderQuestions = list[tuple[GroupQuestion | None, list[Point]]]


def may_note(group: Group, servants: Sequence[GroupRole], roles: set[Role], user: User) -> bool:
    """Organisers, and whoever moderates, notes or reports for this very group; other readers only read."""
    return Role.ORGANISER in roles or serves(group, servants, NOTING, user)


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


def count_points(points: Sequence[Point]) -> dict[PointKind, int]:
    """How many points of each kind stand, without those struck; kinds nobody raised are left out."""
    standing = [point.kind for point in points if point.struck_at is None]
    return {kind: standing.count(kind) for kind in PointKind if kind in standing}
