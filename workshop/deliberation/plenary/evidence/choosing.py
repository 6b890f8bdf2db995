"""What a paragraph may rest on: the sources of a workshop as a person chooses among them."""

from collections.abc import Sequence

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from workshop.consultation.presenting.models import Finding, FindingState
from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.deliberation.group_reports.models import KeyPoint, Recommendation
from workshop.platform.i18n import language
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import Workshop

from ..forms import text_of_choice
from ..models import Block
from ..paragraphs import Source, SourceKind
from .citations import Citations
from .sources import Current, Subject

OFFERED = (
    SourceKind.POINT,
    SourceKind.SESSION_POINT,
    SourceKind.KEY_POINT,
    SourceKind.RECOMMENDATION,
    SourceKind.SNAPSHOT,
    SourceKind.FINDING,
    SourceKind.DOCUMENT,
    SourceKind.SESSION,
)


def choices_for(block: Block, current: Current) -> list[tuple[str, Sequence[SelectChoice]]]:
    """What the paragraph may rest on and does not yet, kind by kind."""
    there = {(each.kind, each.source_id) for each in block.evidence}
    result: list[tuple[str, Sequence[SelectChoice]]] = []
    for kind in OFFERED:
        found = [
            SelectChoice(f"{kind}:{id}", choice_text(subject))
            for (each, id), subject in current.subjects.items()
            if each is kind and (kind, id) not in there and not is_out(subject)
        ]
        if found:
            result.append((str(kind.label), found))
    return result


def is_out(subject: Subject) -> bool:
    """Whether nothing new may rest on it."""
    return bool(
        (isinstance(subject, Point | SessionPoint) and subject.struck_at)
        or (isinstance(subject, Document) and subject.state is State.WITHDRAWN)
        or (isinstance(subject, Finding) and subject.state is not FindingState.PUBLISHED)
    )


def choice_text(subject: Subject) -> str:
    match subject:
        case Point() | SessionPoint():
            return text_of_choice(subject.label, subject.text)
        case KeyPoint():
            number = subject.report.key_points.index(subject) + 1
            return text_of_choice(f"K{subject.report.group.number}.{number}", subject.text)
        case Recommendation():
            return text_of_choice(f"{subject.report.group.number}.{subject.position}", subject.action)
        case Finding():
            return text_of_choice(subject.table, subject.statement.in_(language(), "en")[0])
        case ReleasedSession():
            return text_of_choice(str(subject.number), subject.title.in_(language(), "en")[0])
        case Document():
            return text_of_choice(str(subject.kind.label), subject.title.in_(language(), "en")[0] or subject.author)
        case _:
            title = getattr(subject, "title", None)
            return title.in_(language(), "en")[0] if title else _("without a title")


def source_chosen(value: str, current: Current, workshop: Workshop) -> Source:
    """The source that a choice stands for."""
    kind, _colon, id = value.partition(":")
    subject = current.subjects[SourceKind(kind), int(id)]
    cite = Citations(workshop.languages, workshop.zone)
    match subject:
        case Point():
            return cite.point(subject)
        case SessionPoint():
            return cite.session_point(subject)
        case KeyPoint():
            return cite.key_point(subject)
        case Recommendation():
            return cite.recommendation(subject)
        case Finding():
            return cite.finding(subject)
        case ReleasedSession():
            return cite.session(subject)
        case Document():
            papers = [each for (one, _id), each in current.subjects.items() if one is SourceKind.DOCUMENT]
            return cite.document(subject, f"D{papers.index(subject) + 1}")
        case _:
            return cite.snapshot(subject)  # type: ignore[arg-type]
