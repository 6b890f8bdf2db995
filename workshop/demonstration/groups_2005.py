"""Who served the groups of 2005, what was noted in them, and two of the three reports: all of it sample data."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Practice, Recommendation, Strength
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.groups.models import Group, GroupRole
from workshop.programme.groups.rules import question_at
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

FILE = Path(__file__).with_name("breakouts-2005.yaml")
BETWEEN_POINTS = timedelta(minutes=2)
UNTIL_SIGNED = timedelta(hours=1, minutes=15)


def load(workshop: Workshop, groups: Sequence[Group], people: Mapping[str, User], *, at: datetime) -> list[object]:
    """Servants, points and reports of the groups, not yet saved; `at` counts where a session has no time.

    The people need their ids, so they must have been flushed.
    """
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    rows: list[object] = []
    for group in groups:
        said = data[group.number]
        rows += [GroupRole(group=group, user=people[who], role=Part(part)) for part, who in said["servants"].items()]
        points = [_point(group, number, said, people, at) for number, _ in enumerate(said["points"], 1)]
        rows += points
        if "report" in said:
            rows.append(_report(group, points, said["report"], people, at))
    return rows


def _point(group: Group, number: int, said: dict[str, Any], people: Mapping[str, User], at: datetime) -> Point:
    question, kind, voices, perspective, text, *language = said["points"][number - 1]
    asked = question_at(group, question)
    noted_at = (group.session.starts_at or at) + number * BETWEEN_POINTS
    return Point(
        group=group,
        question=asked,
        wording=asked.wordings[0] if asked else None,
        noted_by=people[next(iter(said["servants"].values()), "organiser")].id,
        number=number,
        kind=PointKind(kind),
        text=text,
        language=language[0] if language else "en",
        client_key=f"demonstration-{group.number}-{number}",
        noted_at=noted_at,
        perspective=Perspective(perspective),
        voices=voices,
        struck_at=noted_at + BETWEEN_POINTS if number in said.get("struck", ()) else None,
    )


def _report(
    group: Group, points: Sequence[Point], said: dict[str, Any], signers: Mapping[str, User], at: datetime
) -> GroupReport:
    signed_at = (group.session.ends_at or at) + UNTIL_SIGNED
    return GroupReport(
        group=group,
        headcount=said["headcount"],
        languages_spoken="English, French, Spanish",
        moderator="M. Example (sample)",
        rapporteur="R. Example (sample)",
        signed_at=signed_at,
        signed_by=signers["rapporteur"].id,
        moderator_signed_at=signed_at,
        moderator_signed_by=signers["chair"].id,
        saved_at=signed_at,
        key_points=[_key_point(group, points, n, each) for n, each in enumerate(said["key_points"], 1)],
        practices=[
            Practice(position=n, title=title, place=place, who=who, why=why)
            for n, (title, place, who, why) in enumerate(said["practices"], 1)
        ],
        recommendations=[
            Recommendation(position=n, question=question_at(group, q), action=action, addressee=to, by_when=by_when)
            for n, (q, action, to, by_when) in enumerate(said["recommendations"], 1)
        ],
        **{
            name: said[name] for name in ("differences", "lens_national", "lens_multilateral", "lessons", "not_covered")
        },
    )


def _key_point(group: Group, points: Sequence[Point], position: int, said: list[Any]) -> KeyPoint:
    question, kind, strength, perspective, behind, text = said
    asked = question_at(group, question)
    assert asked is not None, f"group {group.number} has no question {question}"  # noqa: S101  # our own file
    return KeyPoint(
        position=position,
        question=asked,
        kind=PointKind(kind),
        strength=Strength(strength),
        perspective=Perspective(perspective),
        text=text,
        points=[points[number - 1] for number in behind],
    )
