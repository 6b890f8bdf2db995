"""What to read. Statements only: the caller runs them; `current` takes the session, for it reads every kind of source."""

from collections.abc import Iterator, Sequence

from flask_babel import ngettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding, FindingState
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.deliberation.capture.queries import points_of_workshop, session_points_of_workshop
from workshop.deliberation.group_reports.models import GroupReport, Recommendation
from workshop.deliberation.group_reports.queries import group_reports
from workshop.platform.db import Database
from workshop.platform.labels import Labelled
from workshop.platform.providers import Provided
from workshop.programme.groups.models import Group
from workshop.programme.groups.queries import groups
from workshop.programme.papers.queries import documents
from workshop.programme.releases.queries import newest_release
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import milestones
from workshop.secretariat.settings.removal import Counted, contents

from .evidence.sources import Current, Subject
from .models import SLUG, Block, Comment, PlenaryReport, RecommendationNumber, ReportKind
from .paragraphs import SourceKind


def snapshots(workshop: Workshop) -> Select[Snapshot]:
    """The snapshots of a workshop that a report may rest on, those of its first questionnaire first, newest first.

    Only what was shown to somebody: a report is no way round that decision.
    """
    return (
        select(Snapshot)
        .join(Snapshot.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Snapshot.disclosures.any())
        .options(contains_eager(Snapshot.questionnaire), joinedload(Snapshot.version))
        .order_by(Snapshot.questionnaire_id, Snapshot.published.desc(), Snapshot.taken_at.desc())
    )


def findings_shown(workshop: Workshop) -> Select[Finding]:
    """The findings of a workshop that a report may rest on: those that were published, and still are or no longer."""
    return (
        select(Finding)
        .join(Finding.snapshot)
        .join(Snapshot.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Finding.state != FindingState.DRAFT)
        .options(contains_eager(Finding.snapshot), joinedload(Finding.superseded_by))
        .order_by(Snapshot.questionnaire_id, Finding.position, Finding.id)
    )


def tables_shown(snapshot: Snapshot) -> Select[Snapshot]:
    """The same snapshot with what its tables are made of."""
    return (
        select(Snapshot)
        .where(Snapshot.id == snapshot.id)
        .options(selectinload(Snapshot.columns), selectinload(Snapshot.disclosures))
        .execution_options(populate_existing=True)
    )


states_of_reports = Provided[[Workshop], Select[int, Labelled]](
    "The reports of a workshop of which there are editions, each with the state of one, the newest last."
)


def reports(workshop: Workshop) -> Select[PlenaryReport]:
    """The reports of a workshop, that to the plenary first."""
    is_plenary = PlenaryReport.kind == ReportKind.PLENARY
    return select(PlenaryReport).where(PlenaryReport.workshop_id == workshop.id).order_by(~is_plenary, PlenaryReport.id)


def report_with_blocks() -> Select[PlenaryReport]:
    """Reports with their workshop and everything in them: four statements."""
    blocks = selectinload(PlenaryReport.blocks)
    return (
        select(PlenaryReport)
        .join(PlenaryReport.workshop)
        .options(
            contains_eager(PlenaryReport.workshop).joinedload(Workshop.series),
            blocks.selectinload(Block.evidence),
            blocks.selectinload(Block.comments).joinedload(Comment.author),
        )
    )


def report(workshop: Workshop, name: str) -> Select[PlenaryReport]:
    """A report in work by its short name."""
    return report_with_blocks().where(PlenaryReport.workshop_id == workshop.id, PlenaryReport.slug == name)


def plenary_report(workshop: Workshop) -> Select[PlenaryReport]:
    """The report to the plenary of a workshop, none before it was compiled."""
    return report(workshop, SLUG)


def recommendation_numbers(workshop: Workshop) -> Select[RecommendationNumber]:
    """The numbers ever given to recommendations of a workshop, with the paragraphs chosen for each."""
    return (
        select(RecommendationNumber)
        .where(RecommendationNumber.workshop_id == workshop.id)
        .options(selectinload(RecommendationNumber.supports).load_only(Block.id, Block.position))
        .order_by(RecommendationNumber.number)
    )


def offers(workshop: Workshop) -> Select[int, str]:
    """The recommendations that groups offer: id and action, in the order of groups."""
    return (
        select(Recommendation.id, Recommendation.action)
        .join(Recommendation.report)
        .join(GroupReport.group)
        .where(Group.workshop_id == workshop.id)
        .order_by(Group.number, Recommendation.position)
    )


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
        SourceKind.FINDING: session.scalars(findings_shown(workshop)).all(),
        SourceKind.GROUP: session.scalars(groups(workshop.id)).all(),
        SourceKind.GROUP_REPORT: reports,
        SourceKind.KEY_POINT: [key for report in reports for key in report.key_points],
        SourceKind.POINT: session.scalars(points_of_workshop(workshop)).all(),
        SourceKind.SESSION_POINT: session.scalars(session_points_of_workshop(workshop)).all(),
        SourceKind.RECOMMENDATION: [offer for report in reports for offer in report.recommendations],
    }
    return Current((kind, subject) for kind, subjects in found.items() for subject in subjects)


@contents.by
def reports_contained(workshop: Workshop) -> Iterator[Counted]:
    counted = select(func.count(PlenaryReport.id)).where(PlenaryReport.workshop_id == workshop.id)
    yield counted, lambda count: ngettext("%(num)s report", "%(num)s reports", count)
