"""What to read of editions. Statements only."""

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.deliberation.group_reports.models import GroupReport
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.queries import states_of_reports
from workshop.platform.labels import Labelled
from workshop.platform.providers import Provided
from workshop.programme.agenda.models import Appearance, Session
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.models import Release
from workshop.secretariat.accounts.models import User
from workshop.secretariat.activity.queries import newest_change
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Membership, Role, Series, Workshop

from .models import CheckDecision, Edition, EditionRelease, EditionState, Rendering

_OF_GROUPS = Group.workshop_id == Workshop.id
_OF_SESSIONS = Session.workshop_id == Workshop.id
# What the pages of a released report (:slug, :report) depend on. Most of its sources are recorded when they change; group
# reports count their revisions; points stay as noted, but can be struck and restored.
REPORT_STATE = (
    select(
        Workshop.id,
        Workshop.version,
        PlenaryReport.id,
        select(func.max(Edition.id)).where(Edition.report_id == PlenaryReport.id).scalar_subquery().label("edition"),
        newest_change(Workshop.id).label("changes"),
        select(func.count(GroupReport.id)).join(Group).where(_OF_GROUPS).scalar_subquery().label("reports"),
        select(func.sum(GroupReport.revision)).join(Group).where(_OF_GROUPS).scalar_subquery().label("revisions"),
        select(func.count(GroupReport.signed_at)).join(Group).where(_OF_GROUPS).scalar_subquery().label("signed"),
        select(func.count(Point.id)).join(Group).where(_OF_GROUPS).scalar_subquery().label("points"),
        select(func.count(Point.struck_at)).join(Group).where(_OF_GROUPS).scalar_subquery().label("struck"),
        select(func.count(SessionPoint.struck_at)).join(Session).where(_OF_SESSIONS).scalar_subquery().label("crossed"),
    )
    .join(PlenaryReport, PlenaryReport.workshop_id == Workshop.id)
    .where(
        Workshop.slug == bindparam("slug"),
        Workshop.published,
        PlenaryReport.slug == bindparam("report"),
        select(Edition.id)
        .where(Edition.report_id == PlenaryReport.id, Edition.state == EditionState.RELEASED)
        .exists(),
    )
)


undecided_remarks = Provided[[Edition], Select[int]](
    "How many remarks on an edition under review stand in the way of its clearing, because nobody has decided about them."
)


def editions(report: PlenaryReport) -> Select[Edition]:
    """All editions of a report, the newest first."""
    return (
        select(Edition)
        .where(Edition.report_id == report.id)
        .options(selectinload(Edition.releases), joinedload(Edition.cleared_by))
        .order_by(Edition.number.desc())
    )


def edition(report: PlenaryReport, number: int) -> Select[Edition]:
    return editions(report).where(Edition.number == number)


def edition_by_id(number: int) -> Select[Edition]:
    return (
        select(Edition)
        .join(Edition.report)
        .join(PlenaryReport.workshop)
        .options(contains_eager(Edition.report, PlenaryReport.workshop).joinedload(Workshop.series))
        .where(Edition.id == number)
    )


def released(slug: str, name: str) -> Select[Edition]:
    """The edition of a report that everyone reads: the newest that was released, unless it was withdrawn since."""
    out = exists(select(EditionRelease.id).where(EditionRelease.edition_id == Edition.id))
    return (
        select(Edition)
        .join(Edition.report)
        .join(PlenaryReport.workshop)
        .options(
            contains_eager(Edition.report, PlenaryReport.workshop).joinedload(Workshop.series),
            selectinload(Edition.releases),
            joinedload(Edition.cleared_by),
        )
        .where(Workshop.slug == slug, PlenaryReport.slug == name, out)
        .order_by(Edition.number.desc())
        .limit(1)
    )


def released_editions(workshop_id: int) -> Select[Edition]:
    """The public edition of every report of a workshop, the last released first."""
    newer = select(Edition.report_id, Edition.number).join(Edition.releases).subquery()
    is_newest = ~exists().where(newer.c.report_id == Edition.report_id, newer.c.number > Edition.number)
    return (
        select(Edition)
        .join(Edition.report)
        .options(contains_eager(Edition.report), selectinload(Edition.releases))
        .where(PlenaryReport.workshop_id == workshop_id, Edition.state == EditionState.RELEASED, is_newest)
        .order_by(Edition.id.desc())
    )


def decisions(report: PlenaryReport) -> Select[CheckDecision]:
    return select(CheckDecision).where(CheckDecision.report_id == report.id).order_by(CheckDecision.id.desc())


def renderings(edition: Edition) -> Select[Rendering]:
    """The PDFs made or asked for of an edition, each with its task."""
    return select(Rendering).where(Rendering.edition_id == edition.id).options(joinedload(Rendering.task))


def rendering(edition: Edition, language: str, fingerprint: str) -> Select[Rendering]:
    return renderings(edition).where(Rendering.language == language, Rendering.fingerprint == fingerprint)


def page_of(workshop: Workshop) -> Select[*tuple[object, ...]]:
    """The workshop as plain columns, with what the layout of a public page asks for."""
    release = select(Release.id).where(Release.workshop_id == Workshop.id)
    paper = select(Document.id).where(Document.workshop_id == Workshop.id, Document.state == State.PUBLISHED)
    return (
        select(
            *Workshop.__table__.c,
            Series.title.label("series_title"),
            release.exists().label("has_agenda"),
            paper.exists().label("has_papers"),
            has_report().label("has_reports"),
        )
        .join(Series, Series.id == Workshop.series_id)
        .where(Workshop.id == workshop.id)
    )


def has_report() -> ColumnElement[bool]:
    """Whether a workshop shows a report to everyone; beside `Workshop` in a statement."""
    return (
        select(Edition.id)
        .join(Edition.report)
        .where(PlenaryReport.workshop_id == Workshop.id, Edition.state == EditionState.RELEASED)
        .exists()
    )


@states_of_reports.by
def states_of_editions(workshop: Workshop) -> Select[int, Labelled]:
    """The report and state of every edition of a workshop's reports, oldest first."""
    return (
        select(Edition.report_id, Edition.state)
        .join(Edition.report)
        .where(PlenaryReport.workshop_id == workshop.id)
        .order_by(Edition.number)
    )


def people_known(workshop: Workshop) -> Select[str, str]:
    """The given and family names of everyone who has a part in the agenda of a workshop."""
    return (
        select(Person.given_name, Person.family_name)
        .join(Appearance, Appearance.person_id == Person.id)
        .join(Session, Session.id == Appearance.session_id)
        .where(Session.workshop_id == workshop.id)
        .distinct()
    )


def members_known(workshop: Workshop) -> Select[str]:
    """The names of the accounts that have a part in a workshop."""
    return (
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.workshop_id == workshop.id)
        .distinct()
    )


def roles_held(workshop: Workshop, user: User | None = None) -> Select[Role]:
    """The roles that anybody, or this person, holds in a workshop."""
    held = select(Membership.role).where(Membership.workshop_id == workshop.id)
    return held.where(Membership.user_id == user.id) if user else held
