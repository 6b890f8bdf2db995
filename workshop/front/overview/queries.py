"""What to read. Statements only: the caller runs them. Of what can be many, no more is read than is shown."""

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.deliberation.editions.models import Edition, EditionState
from workshop.deliberation.group_reports.models import GroupReport
from workshop.deliberation.plenary.models import PlenaryReport, ReportKind
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance, GuidingQuestion, Item, Room, Session
from workshop.programme.groups.models import Group, GroupQuestion, GroupRole
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.models import Release
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.accounts.models import User
from workshop.secretariat.activity.queries import changed_since
from workshop.secretariat.members.queries import colleagues_count
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop

from .rules import CHAIRED, SHOWN, WAITING

Facts = tuple[int | None, ...]
# What the agenda that is published says of: a change of any of them is one that the public does not see yet.
PUBLISHED_KINDS = [each.__tablename__ for each in (Session, GuidingQuestion, Item, Appearance, Group, GroupQuestion)]


def facts(workshop: Workshop) -> Select[*Facts]:
    """What the front page of those who prepare a workshop depends on, in one row: how much there is of each thing, how
    many sessions and groups were changed since the agenda was published, and how far the report is.
    """

    def of(table: type[Room | Session | Invitation | Questionnaire]) -> ScalarSelect[int]:
        return select(func.count(table.id)).where(table.workshop_id == workshop.id).scalar_subquery()

    published = select(func.max(Release.published_at)).where(Release.workshop_id == workshop.id).scalar_subquery()
    of_plenary = (PlenaryReport.workshop_id == workshop.id, PlenaryReport.kind == ReportKind.PLENARY)
    released = select(Edition.id).join(Edition.report).where(*of_plenary, Edition.state == EditionState.RELEASED)
    return select(
        colleagues_count(workshop).label("colleagues"),
        of(Room).label("rooms"),
        of(Session).label("sessions"),
        of(Invitation).label("invitations"),
        of(Questionnaire).label("questionnaires"),
        select(func.count(Release.id)).where(Release.workshop_id == workshop.id).scalar_subquery().label("releases"),
        changed_since(workshop, PUBLISHED_KINDS, published).label("changed"),
        _compiled(workshop).label("compiled"),
        released.exists().label("report_published"),
    )


def is_compiled(workshop: Workshop) -> Select[bool]:
    """Whether there is a draft of the report to the plenary."""
    return select(_compiled(workshop))


def _compiled(workshop: Workshop) -> ColumnElement[bool]:
    return exists().where(PlenaryReport.workshop_id == workshop.id, PlenaryReport.kind == ReportKind.PLENARY)


def awaited_documents(workshop: Workshop) -> Select[Document, Person | None, int]:
    """The documents that somebody waits for, the earliest due first, with who provides them and how many there are."""
    speaks = (
        select(func.min(Appearance.person_id))
        .where(Appearance.item_id == Document.item_id)
        .correlate(Document)
        .scalar_subquery()
    )
    return (
        select(Document, Person, func.count().over().label("total"))
        .outerjoin(Person, Person.id == func.coalesce(Document.person_id, speaks))
        .where(Document.workshop_id == workshop.id, Document.state.in_(WAITING))
        .options(joinedload(Document.session))
        .order_by(Document.due_on.is_(None), Document.due_on, Document.id)
        .limit(SHOWN)
    )


def sessions_without_chair(workshop: Workshop) -> Select[int, int]:
    """The numbers of the sessions that need a chair, and how many there are."""
    led = select(Appearance.id).where(
        Appearance.session_id == Session.id, Appearance.part.in_((Part.CHAIR, Part.MODERATOR))
    )
    return (
        select(Session.number, func.count().over().label("total"))
        .where(Session.workshop_id == workshop.id, Session.format.in_(CHAIRED), ~led.exists())
        .order_by(Session.number)
        .limit(SHOWN)
    )


def groups_and_reports(workshop: Workshop) -> Select[Group, GroupReport | None, int]:
    """Each group with its report, if there is one, and how many rapporteurs it has."""
    rapporteurs = (
        select(func.count(GroupRole.id))
        .where(GroupRole.group_id == Group.id, GroupRole.role == Part.RAPPORTEUR)
        .correlate(Group)
        .scalar_subquery()
    )
    return (
        select(Group, GroupReport, rapporteurs.label("rapporteurs"))
        .outerjoin(GroupReport, GroupReport.group_id == Group.id)
        .where(Group.workshop_id == workshop.id)
        .order_by(Group.number)
    )


def own_groups(workshop: Workshop, user: User) -> Select[GroupRole, GroupReport | None]:
    """The groups that somebody serves, each with its report."""
    return (
        select(GroupRole, GroupReport)
        .join(GroupRole.group)
        .outerjoin(GroupReport, GroupReport.group_id == Group.id)
        .where(Group.workshop_id == workshop.id, GroupRole.user_id == user.id)
        .options(contains_eager(GroupRole.group))
        .order_by(Group.number, GroupRole.id)
    )


def answers_so_far(workshop: Workshop) -> Select[int, Words, int, int]:
    """Per questionnaire: its title, how many answers were begun and how many of those submitted."""
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
    begun = select(func.count()).where(Response.version_id.in_(versions.correlate(Questionnaire)))
    return (
        select(
            Questionnaire.id,
            Questionnaire.title,
            begun.scalar_subquery().label("begun"),
            begun.where(Response.state == ResponseState.SUBMITTED).scalar_subquery().label("submitted"),
        )
        .where(Questionnaire.workshop_id == workshop.id, Questionnaire.trial_of_id.is_(None), versions.exists())
        .order_by(Questionnaire.id)
    )


def public_facts(workshop: Workshop) -> Select[int, int, bool, int]:
    """What of the workshop anybody may read: releases of the agenda, papers, whether a report, results."""
    papers = select(func.count(Document.id)).where(
        Document.workshop_id == workshop.id, Document.state == State.PUBLISHED
    )
    report = (
        select(Edition.id)
        .join(Edition.report)
        .where(PlenaryReport.workshop_id == workshop.id, Edition.state == EditionState.RELEASED)
    )
    results = (
        select(func.count(Snapshot.id))
        .join(Snapshot.version)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Snapshot.published)
    )
    return select(
        select(func.count(Release.id)).where(Release.workshop_id == workshop.id).scalar_subquery().label("releases"),
        papers.scalar_subquery().label("papers"),
        exists(report).label("report"),
        results.scalar_subquery().label("results"),
    )


def own_questionnaires(workshop: Workshop, user: User) -> Select[Questionnaire, Recipient | None, ResponseState | None]:
    """The questionnaires somebody may answer: those sent to the address of this account, and the open ones."""
    published = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
    hers = and_(Recipient.questionnaire_id == Questionnaire.id, func.lower(Recipient.email) == user.email)
    return (
        select(Questionnaire, Recipient, Response.state)
        .outerjoin(Recipient, hers)
        .outerjoin(Response, Response.id == Recipient.response_id)
        .where(
            Questionnaire.workshop_id == workshop.id,
            published.exists(),
            Questionnaire.open_to_all | Recipient.id.is_not(None),
        )
        .options(defer(Questionnaire.draft))
        .order_by(Questionnaire.id)
    )
