"""Who may note what, and what becomes of it. No database, no request, no clock."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.agenda.question_wordings import in_force, is_another
from workshop.programme.groups.models import Group, GroupRole
from workshop.programme.groups.rules import serves
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode, Role

from .models import Point, PointKind, SessionPoint
from .places import Noted, Place, Question

READERS = (Role.ORGANISER, Role.CHAIR, Role.MODERATOR, Role.RAPPORTEUR, Role.NOTE_TAKER)
NOTING = (Part.MODERATOR, Part.RAPPORTEUR, Part.NOTE_TAKER)
NOTING_IN_PLENARY = {Role.ORGANISER, Role.RAPPORTEUR, Role.NOTE_TAKER}
RAISED_FROM = (
    Perspective.ORIGIN,
    Perspective.TRANSIT,
    Perspective.DESTINATION,
    Perspective.DIASPORA,
    Perspective.PARTNER,
)
LONGEST_POINT = 1000
MOST_VOICES = 500
KEPT_IN_BROWSER = timedelta(days=30)  # what says that it was typed longer ago comes from a wrong clock

UnderQuestions = list[tuple[Question | None, list[Noted]]]


def may_note(place: Place, servants: Sequence[GroupRole], roles: set[Role], user: User) -> bool:
    """Organisers; in a group whoever moderates, notes or reports for this very one, in plenary whoever does so there.

    Who came in by the code of a group notes in that group alone.
    """
    if isinstance(place.owner, Group):
        return Role.ORGANISER in roles or serves(place.owner, servants, NOTING, user)
    return bool(NOTING_IN_PLENARY & roles) and not user.is_guest


def note(
    place: Place,
    question: Question | None,
    *,
    number: int,
    by: User,
    at: datetime,
    typed_at: datetime | None = None,
    mode: MeetingMode | None = None,
    wordings: Iterable[int] = (),
    **said: object,
) -> Noted:
    """A new point under a guiding question, or under none of them. `said` is what the form asked for.

    `wordings` are the ids of what the questions said where it was typed, `mode` is what held there: where another one
    holds by now, the text must be checked first. Raises RuleBroken.
    """
    if mode is not None and mode is not place.mode:
        message = _(
            "The meeting mode has changed to “%(mode)s” since this was typed. It is not saved yet: check that the text "
            "respects it, then add it again.",
            mode=place.mode.label,
        )
        raise RuleBroken(message, "mode")
    typed = plausible(typed_at, at)
    facts: dict[str, Any] = {
        "number": number,
        "noted_by": by.id,
        "noted_at": at,
        "typed_at": typed,
        "mode": place.mode,
        "question": question,
        "wording": wording_of(question, wordings, typed),
        **said,
        "client_key": key_of(str(said["client_key"]), question, str(said["text"])),
    }
    if isinstance(place.owner, Group):
        return Point(group=place.owner, **facts)
    return SessionPoint(session=place.owner, **facts)


def plausible(typed_at: datetime | None, at: datetime) -> datetime:
    """When it was typed, unless the clock of that browser cannot be right."""
    if typed_at is None or not at - KEPT_IN_BROWSER <= typed_at <= at:
        return at
    return typed_at


def wording_of(question: Question | None, shown: Iterable[int], typed_at: datetime) -> Any:
    """What the question said when the point was typed: the wording on the page, else that in force at the time."""
    if question is None:
        return None
    seen = set(shown)
    found = next((each for each in question.wordings if each.id in seen), None)
    return found or in_force(question.wordings, typed_at)


def key_of(client_key: str, question: Question | None, text: str) -> str:
    """What tells a point sent twice from a new one.

    The key of the form alone would not do: a browser's Back button brings a sent form back with its old key,
    and what is typed into it then is a new point that must not vanish.
    """
    place = question.position if question else 0
    return hashlib.sha256(f"{client_key}|{place}|{text}".encode()).hexdigest()[:40]


def strike(point: Noted, *, at: datetime) -> None:
    """Take a mistake out of what counts; it stays readable, struck. Striking twice keeps the first time."""
    point.struck_at = point.struck_at or at


def unstrike(point: Noted) -> None:
    point.struck_at = None


def under_questions(place: Place, points: Sequence[Noted]) -> UnderQuestions:
    """The points under each guiding question, in order; last those under none of them (often no points)."""
    return [(question, [p for p in points if p.question is question]) for question in [*place.questions, None]]


def unanswered(placed: UnderQuestions) -> list[int]:
    """The positions of questions under which nothing stands yet."""
    return [
        question.position
        for question, points in placed
        if question and not any(point.struck_at is None for point in points)
    ]


def writers(points: Iterable[Noted], names: Mapping[int, str], *, since: datetime) -> list[str]:
    """Who has added points lately, by name, the latest first."""
    recent = sorted((each for each in points if each.noted_at >= since), key=lambda each: each.noted_at, reverse=True)
    return list(dict.fromkeys(names[by] for each in recent if (by := each.noted_by) and by in names))


def earlier_wordings(points: Sequence[Noted]) -> dict[int, Words]:
    """What the question said when a point was typed, by the point's number, where it says something else now."""
    return {
        point.number: point.wording.text
        for point in points
        if point.wording and point.question and is_another(point.wording.text, point.question.text)
    }


def strictest(modes: Iterable[MeetingMode | None]) -> MeetingMode:
    """Of several modes the one that says least about who spoke: a point keeps that under which it was said."""
    order = list(MeetingMode)
    return max((mode for mode in modes if mode), key=order.index, default=MeetingMode.ON_RECORD)


def count_points(points: Sequence[Noted]) -> dict[PointKind, int]:
    """How many points of each kind stand, without those struck; kinds nobody raised are left out."""
    standing = [point.kind for point in points if point.struck_at is None]
    return {kind: standing.count(kind) for kind in PointKind if kind in standing}
