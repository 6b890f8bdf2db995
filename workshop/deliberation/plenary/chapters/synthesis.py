"""Across the groups and sessions: what comes up in more than one, every disagreement noted, and what was left open.

It puts side by side what rapporteurs and note-takers wrote; it weighs nothing and drops no disagreement.
"""

from collections.abc import Iterable

from flask_babel import gettext as _

from workshop.deliberation.capture.coverage import disagrees
from workshop.deliberation.capture.models import NotedPoint, PointKind
from workshop.deliberation.capture.rules import strictest
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint
from workshop.platform.db import Words
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.models import MeetingMode

from ..drafting import Draft, Material
from ..multilingual_prose import Prose, Sentence, enumerate_in_prose, join_list
from ..paragraphs import Source
from .discussion import group_named, point_in_prose, session_named

SHARED = (PointKind.ISSUE, PointKind.PRACTICE, PointKind.OBSTACLE, PointKind.LESSON, PointKind.PROPOSAL)
LEFT_OPEN = PointKind.OPEN_QUESTION


def write_synthesis(draft: Draft, material: Material) -> None:
    draft.paragraph(
        draft.said(
            lambda: _(
                "This chapter puts side by side what came up in more than one group, where views differed, and what was "
                "left open. It weighs nothing."
            )
        ),
        *(draft.cite.report(report) for report in material.reports),
        key="how",
    )
    _write_convergence(draft, material)
    _write_difference(draft, material)
    _write_gaps(draft, material)


def _write_convergence(draft: Draft, material: Material) -> None:
    keys = [key for report in material.reports for key in report.key_points]
    draft.heading(draft.said(lambda: _("Where groups met")))
    shared = in_several_groups(keys)
    for kind, alike in shared:
        _write_shared(draft, kind, alike)
    if not shared:
        draft.paragraph(
            draft.said(lambda: _("No kind of point comes up in more than one group.")),
            *(draft.cite.report(report) for report in material.reports),
            key="none",
        )


def in_several_groups(keys: Iterable[KeyPoint]) -> list[tuple[PointKind, list[KeyPoint]]]:
    """Each kind of key point that two groups or more have, with the key points of it."""
    every = list(keys)
    bearing = [(kind, [key for key in every if key.kind is kind]) for kind in SHARED]
    return [(kind, alike) for kind, alike in bearing if len(groups_of(alike)) > 1]


def groups_of(keys: Iterable[KeyPoint]) -> list[int]:
    return sorted({key.report.group.number for key in keys})


def _write_shared(draft: Draft, kind: PointKind, keys: list[KeyPoint]) -> None:
    prose = draft.prose()
    said = [(prose.original(key.text.rstrip(" .;"), key.report.language), key.report.group.number) for key in keys]

    def sentence() -> str:
        things = [_("%(text)s (group %(number)s)", text=text, number=number) for text, number in said]
        return _(
            "%(kind)s, in groups %(groups)s: %(list)s.",
            kind=kind.label,
            groups=join_list([str(number) for number in groups_of(keys)]),
            list=enumerate_in_prose(things, _("; ")),
        )

    draft.paragraph(prose.say(sentence), *(draft.cite.key_point(key) for key in keys), key=kind.value)


def _write_difference(draft: Draft, material: Material) -> None:
    """Every disagreement that was noted, and what rapporteurs wrote about differences; none is left out."""
    draft.heading(draft.said(lambda: _("Where views differed")))
    before = draft.number
    for session in material.agenda:
        for said in material.said_in(session):
            if disagrees(said):
                mode = material.mode_of(session)
                _write_noted(draft, session_named(session.number), said, mode, draft.cite.session_point(said))
    for group in material.groups:
        place, mode = group_named(group.number), mode_of(group)
        for point in material.noted_in(group):
            if disagrees(point):
                _write_noted(draft, place, point, mode, draft.cite.point(point))
        if (report := material.report_of(group)) and report.differences:
            _write_told(draft, report, report.differences, "differences")
    if draft.number == before:
        draft.paragraph(
            draft.said(lambda: _("No disagreement was noted.")), draft.cite.workshop(material.workshop), key="none"
        )


def _write_noted(draft: Draft, place: Sentence, point: NotedPoint, mode: MeetingMode, source: Source) -> None:
    prose = draft.prose()
    thing = point_in_prose(prose, point, strictest([mode, point.mode]))
    prose.say(lambda: _("%(place)s: %(text)s.", place=place(), text=thing()))
    draft.paragraph(prose, source, key=f"{source.kind}:{source.source_id}")


def _write_told(draft: Draft, report: GroupReport, text: str, key: str, *sources: Source) -> None:
    """A part of a group's report, as its rapporteur wrote it."""
    prose = draft.prose()
    place = prose.original(text, report.language)
    prose.say(lambda: _("Group %(number)s: %(text)s", number=report.group.number, text=place))
    draft.paragraph(prose, draft.cite.report(report), *sources, key=key)


def _write_gaps(draft: Draft, material: Material) -> None:
    """Questions that drew nothing, questions that stayed open, and what groups say they did not cover."""
    draft.heading(draft.said(lambda: _("What was left open")))
    before = draft.number
    for group in material.groups:
        noted = {point.question_id for point in material.noted_in(group)}
        silent = [each.text for each in group.questions if each.id not in noted]
        if silent:
            _write_silent(draft, draft.prose(), group.number, silent, draft.cite.group(group))
        report = material.report_of(group)
        if report and report.not_covered:
            _write_told(draft, report, report.not_covered, "not covered")
        for key in report.key_points if report else ():
            if report and key.kind is LEFT_OPEN:
                _write_told(draft, report, key.text, f"open:{key.id}", draft.cite.key_point(key))
    if draft.number == before:
        draft.paragraph(
            draft.said(lambda: _("Every question drew points, and no group named a matter not covered.")),
            draft.cite.workshop(material.workshop),
            key="nothing open",
        )


def _write_silent(draft: Draft, prose: Prose, number: int, questions: list[Words], source: Source) -> None:
    things = [prose.original(text) for text in questions]
    prose.say(
        lambda: _(
            "Group %(number)s noted no point on: %(list)s",
            number=number,
            list=enumerate_in_prose(things, " "),
        )
    )
    draft.paragraph(prose, source, key=f"silent:{number}")
