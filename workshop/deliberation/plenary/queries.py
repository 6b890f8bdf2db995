"""What to read. Statements only: the caller runs them; `current` takes the session, for it reads every kind of source."""

from collections.abc import Iterator, Sequence

from flask_babel import ngettext
from sqlalchemy import Delete, Select, delete, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.deliberation.capture.queries import points_of_workshop
from workshop.deliberation.group_reports.queries import group_reports
from workshop.platform.db import Database
from workshop.platform.tasks import Task, TaskState
from workshop.programme.groups.queries import groups
from workshop.programme.papers.models import Document, State
from workshop.programme.papers.queries import documents
from workshop.programme.releases.models import Release
from workshop.programme.releases.queries import newest_release
from workshop.secretariat.series.models import Series, Workshop
from workshop.secretariat.series.queries import milestones
from workshop.secretariat.settings.removal import Counted, contents

from .models import SLUG, Paragraph, PlenaryReport, Rendering, SourceKind
from .sources import Current, Subject


def snapshots(workshop: Workshop) -> Select[Snapshot]:
    """The snapshots of a workshop that a report may rest on, the published ones first and of these the newest."""
    return (
        select(Snapshot)
        .join(Snapshot.version)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Snapshot.held_back.is_(False))
        .options(joinedload(Snapshot.version).joinedload(QuestionnaireVersion.questionnaire))
        .order_by(Snapshot.published.desc(), Snapshot.taken_at.desc())
    )


def report_with_sources() -> Select[PlenaryReport]:
    """Reports with their workshop and everything in them: three statements."""
    return (
        select(PlenaryReport)
        .join(PlenaryReport.workshop)
        .options(
            contains_eager(PlenaryReport.workshop).joinedload(Workshop.series),
            selectinload(PlenaryReport.paragraphs).selectinload(Paragraph.sources),
        )
    )


def report_by_id(number: int) -> Select[PlenaryReport]:
    return report_with_sources().where(PlenaryReport.id == number)


def report(slug: str, name: str) -> Select[PlenaryReport]:
    """A report by its address, whoever may read it."""
    return report_with_sources().where(Workshop.slug == slug, PlenaryReport.slug == name)


def plenary_report(workshop: Workshop) -> Select[PlenaryReport]:
    """The report to the plenary of a workshop, none before it was compiled."""
    return report(workshop.slug, SLUG)


def rendering(report: PlenaryReport, language: str, fingerprint: str) -> Select[Rendering]:
    """The PDF of a report in this very state and language, made or asked for."""
    return renderings(report).where(Rendering.language == language, Rendering.fingerprint == fingerprint)


def page_of(workshop: Workshop) -> Select[*tuple[object, ...]]:
    """The workshop as plain columns, with what the layout of a public page asks for."""
    release = select(Release.id).where(Release.workshop_id == Workshop.id)
    paper = select(Document.id).where(Document.workshop_id == Workshop.id, Document.state == State.PUBLISHED)
    published = select(PlenaryReport.id).where(
        PlenaryReport.workshop_id == Workshop.id, PlenaryReport.published_at.is_not(None)
    )
    return (
        select(
            *Workshop.__table__.c,
            Series.title.label("series_title"),
            release.exists().label("has_agenda"),
            paper.exists().label("has_papers"),
            published.exists().label("has_reports"),
        )
        .join(Series, Series.id == Workshop.series_id)
        .where(Workshop.id == workshop.id)
    )


def renderings(report: PlenaryReport) -> Select[Rendering]:
    """The PDFs made or asked for of a report, each with its task."""
    return select(Rendering).where(Rendering.report_id == report.id).options(joinedload(Rendering.task))


def forget_pdfs(report: PlenaryReport) -> list[Delete]:
    """Statements that take away the PDFs of an earlier edition, and the tasks still waiting to make them."""
    of_report = Rendering.report_id == report.id
    waiting = Task.id.in_(select(Rendering.task_id).where(of_report)) & (Task.state == TaskState.READY)
    return [delete(Task).where(waiting), delete(Rendering).where(of_report)]


def lock_report(workshop: Workshop) -> Select[int]:
    """Whoever reads this first goes first; the others wait (PostgreSQL) or are told to try again (SQLite)."""
    return select(Workshop.id).where(Workshop.id == workshop.id).with_for_update()


def current(session: Database, workshop: Workshop) -> Current:
    """Every source a report of this workshop may rest on, as it stands now: a fixed number of statements."""
    release = session.scalars(newest_release(workshop.id)).one_or_none()
    reports = session.scalars(group_reports(workshop)).all()
    found: dict[SourceKind, Sequence[Subject]] = {
        SourceKind.WORKSHOP: [workshop],
        SourceKind.MILESTONE: session.scalars(milestones(workshop)).all(),
        SourceKind.SESSION: release.sessions if release else [],
        SourceKind.DOCUMENT: session.scalars(documents(workshop.id)).unique().all(),
        SourceKind.SNAPSHOT: session.scalars(snapshots(workshop)).all(),
        SourceKind.GROUP: session.scalars(groups(workshop.id)).all(),
        SourceKind.GROUP_REPORT: reports,
        SourceKind.KEY_POINT: [key for report in reports for key in report.key_points],
        SourceKind.POINT: session.scalars(points_of_workshop(workshop)).all(),
        SourceKind.RECOMMENDATION: [offer for report in reports for offer in report.recommendations],
    }
    return Current((kind, subject) for kind, subjects in found.items() for subject in subjects)


@contents.by
def reports_contained(workshop: Workshop) -> Iterator[Counted]:
    counted = select(func.count(PlenaryReport.id)).where(PlenaryReport.workshop_id == workshop.id)
    yield counted, lambda count: ngettext("%(num)s report", "%(num)s reports", count)
