"""The points themselves, so that every reader can follow a paragraph to what was noted: place by place, none of those
struck. Nothing tells who made one but what the meeting mode lets be told.
"""

from collections.abc import Sequence

from flask_babel import gettext as _

from workshop.deliberation.capture.attribution import attribution_of
from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.platform.db import Words
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.models import MeetingMode

from ..drafting import Draft, Material
from ..multilingual_prose import NAME, Sentence
from ..paragraphs import Cell, Source
from .annex import columns
from .discussion import group_named, session_named


def write_points(draft: Draft, material: Material) -> None:
    groups = [(group, points) for group in material.groups if (points := material.noted_in(group))]
    sessions = [(session, said) for session in material.agenda if (said := material.said_in(session))]
    if groups or sessions:
        draft.heading(draft.said(lambda: _("Points noted")))
    for session, said in sessions:
        cited = [draft.cite.session_point(each) for each in said]
        _write(draft, session_named(session.number), said, material.mode_of(session), cited)
    for group, noted in groups:
        cited = [draft.cite.point(each) for each in noted]
        _write(draft, group_named(group.number), noted, mode_of(group), cited)


def _write(
    draft: Draft, place: Sentence, points: Sequence[Point | SessionPoint], mode: MeetingMode, sources: Sequence[Source]
) -> None:
    draft.table(
        draft.each(lambda: _("Points noted: %(place)s", place=place())),
        columns(draft, lambda: _("No."), lambda: _("Kind"), lambda: _("Point"), lambda: _("From")),
        [_row(draft, point, mode) for point in points],
        *sources,
        key=f"points:{sources[0].label[NAME].partition('.')[0]}",
    )


def _row(draft: Draft, point: Point | SessionPoint, mode: MeetingMode) -> list[Cell]:
    who = attribution_of(point, mode)
    said_by = Words({NAME: who.name}) if who.name else draft.label(who.angle) if who.angle else Words()
    number = Words({NAME: point.label})
    return [number, draft.label(point.kind), Words({point.language: point.text}), said_by]
