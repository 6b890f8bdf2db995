"""Where a reader may open what a paragraph rests on."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from workshop.programme.papers.models import State
from workshop.secretariat.series.models import Workshop

from .models import Source, SourceKind
from .sources import Current

Address = Callable[[Source], str | None]


def addresses(workshop: Workshop, current: Current, *, inside: bool) -> Address:
    """A function from a source to its address. `inside` readers may open notes and group reports too."""

    def address(source: Source) -> str | None:
        subject = current.subject(source)
        if subject is None:
            return None
        opened = _for_everyone(workshop, source.kind, subject) if workshop.published else None
        return opened or (_for_those_inside(workshop, source.kind, subject) if inside else None)

    return address


def _for_everyone(workshop: Workshop, kind: SourceKind, subject: Any) -> str | None:
    slug = workshop.slug
    match kind:
        case SourceKind.WORKSHOP:
            return url_for("public.workshop", slug=slug)
        case SourceKind.SESSION:
            return url_for("public.agenda", slug=slug, _anchor=f"session-{subject.number}")
        case SourceKind.DOCUMENT if subject.state in {State.PUBLISHED, State.NOT_PROVIDED}:
            return url_for("public.papers", slug=slug)
        case SourceKind.SNAPSHOT if subject.published:
            form = subject.version.questionnaire.slug
            return url_for("findings.results", slug=slug, questionnaire=form, number=subject.number)
        case _:
            return None


def _for_those_inside(workshop: Workshop, kind: SourceKind, subject: Any) -> str | None:
    slug = workshop.slug
    match kind:
        case SourceKind.GROUP:
            return url_for("capture.notes", slug=slug, number=subject.number)
        case SourceKind.POINT:
            number = subject.group.number
            return url_for("capture.notes", slug=slug, number=number, _anchor=f"point-{subject.number}")
        case SourceKind.GROUP_REPORT:
            return url_for("group_reports.group", slug=slug, number=subject.group.number)
        case SourceKind.KEY_POINT | SourceKind.RECOMMENDATION:
            return url_for("group_reports.group", slug=slug, number=subject.report.group.number)
        case _:
            return None
