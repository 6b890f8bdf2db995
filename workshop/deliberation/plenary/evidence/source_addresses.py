"""Where a reader may open what a paragraph rests on."""

from collections.abc import Callable

from flask import url_for

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding, FindingState
from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Recommendation
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import Workshop

from ..paragraphs import Cited
from .sources import Current, Subject

Address = Callable[[Cited], str | None]


def addresses(workshop: Workshop, current: Current, *, inside: bool) -> Address:
    """A function from a source to its address. `inside` readers may open notes and group reports too."""

    def address(source: Cited) -> str | None:
        subject = current.subject(source)
        if subject is None:
            return None
        opened = _for_everyone(workshop, subject) if workshop.published else None
        return opened or (_for_those_inside(workshop, subject) if inside else None)

    return address


def _for_everyone(workshop: Workshop, subject: Subject) -> str | None:
    slug = workshop.slug
    match subject:
        case Workshop():
            return url_for("public.workshop", slug=slug)
        case ReleasedSession():
            return url_for("public.agenda", slug=slug, _anchor=f"session-{subject.number}")
        case Document() if subject.state in {State.PUBLISHED, State.NOT_PROVIDED}:
            return url_for("public.papers", slug=slug)
        case Snapshot() if subject.published:
            form = subject.version.questionnaire.slug
            return url_for("findings.results", slug=slug, questionnaire=form, number=subject.number)
        case Finding() if subject.state is not FindingState.DRAFT:
            return url_for("presenting.finding", slug=slug, key=subject.key)
        case _:
            return None


def _for_those_inside(workshop: Workshop, subject: Subject) -> str | None:
    slug = workshop.slug
    match subject:
        case Group():
            return url_for("capture.notes", slug=slug, number=subject.number)
        case Point():
            number = subject.group.number
            return url_for("capture.notes", slug=slug, number=number, _anchor=f"point-{subject.number}")
        case SessionPoint():
            number, anchor = subject.session.number, f"point-{subject.number}"
            return url_for("capture.notes", slug=slug, kind="sessions", number=number, _anchor=anchor)
        case GroupReport():
            return url_for("group_reports.group", slug=slug, number=subject.group.number)
        case KeyPoint() | Recommendation():
            return url_for("group_reports.group", slug=slug, number=subject.report.group.number)
        case _:
            return None
