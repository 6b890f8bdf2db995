"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.consultation.findings.models import Snapshot, TableChoice
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

from .models import FileKind, Finding, FindingState, Quote, ResultFile


def findings_of(snapshot: Snapshot) -> Select[Finding]:
    """The findings of a snapshot in the order a person gave them."""
    return (
        select(Finding)
        .where(Finding.snapshot_id == snapshot.id)
        .options(joinedload(Finding.session), selectinload(Finding.quotes).joinedload(Quote.response))
        .order_by(Finding.position, Finding.id)
    )


def finding_by_key(slug: str, key: str) -> Select[Finding]:
    """A finding by its permanent id, with its snapshot and all that its table is made of."""
    return (
        select(Finding)
        .join(Finding.snapshot)
        .join(Snapshot.questionnaire)
        .join(Questionnaire.workshop)
        .where(Workshop.slug == slug, Finding.key == key)
        .options(
            contains_eager(Finding.snapshot).options(
                contains_eager(Snapshot.questionnaire).contains_eager(Questionnaire.workshop),
                joinedload(Snapshot.version),
                selectinload(Snapshot.disclosures),
                selectinload(Snapshot.rates),
                selectinload(Snapshot.choices),
            ),
            joinedload(Finding.session),
            joinedload(Finding.guiding_question),
            joinedload(Finding.superseded_by),
            selectinload(Finding.quotes).joinedload(Quote.response),
        )
    )


def public_finding(slug: str, key: str) -> Select[Finding]:
    """One that was published; a withdrawn one stays at its address."""
    return finding_by_key(slug, key).where(Workshop.published, Finding.state != FindingState.DRAFT)


def findings_of_workshop(workshop: Workshop) -> Select[Finding]:
    """All that were not withdrawn, by session; those for no session last."""
    return (
        select(Finding)
        .join(Finding.snapshot)
        .join(Snapshot.questionnaire)
        .outerjoin(Finding.session)
        .where(Questionnaire.workshop_id == workshop.id, Finding.state != FindingState.WITHDRAWN)
        .options(
            contains_eager(Finding.session),
            contains_eager(Finding.snapshot).contains_eager(Snapshot.questionnaire),
            selectinload(Finding.quotes).joinedload(Quote.response),
        )
        .order_by(Session.id.is_(None), Session.starts_at, Finding.position, Finding.id)
    )


def shown_snapshots(workshop: Workshop) -> Select[Snapshot]:
    """What was shared or published of a workshop, with all that tables are made of, the oldest first."""
    return (
        select(Snapshot)
        .join(Snapshot.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Snapshot.frozen, Snapshot.shared | Snapshot.published)
        .options(
            contains_eager(Snapshot.questionnaire).joinedload(Questionnaire.workshop),
            joinedload(Snapshot.version),
            selectinload(Snapshot.disclosures),
            selectinload(Snapshot.rates),
            selectinload(Snapshot.choices),
        )
        .order_by(Snapshot.questionnaire_id, func.coalesce(Snapshot.as_of, Snapshot.taken_at), Snapshot.number)
    )


def table_choices_of(workshop: Workshop) -> Select[TableChoice]:
    """Which tables are for which session."""
    return (
        select(TableChoice)
        .join(TableChoice.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id)
        .options(joinedload(TableChoice.session))
        .order_by(TableChoice.id)
    )


def answers_allowed(snapshot: Snapshot) -> Select[*tuple[object, ...]]:
    """The answers that a snapshot counts and that are there still, each with the respondent's choice, in an order that
    tells nothing of when they came."""
    return (
        select(
            Response.answers,
            Response.publication,
            Response.language,
            QuestionnaireVersion.number.label("version"),
        )
        .join(Response.version)
        .where(
            QuestionnaireVersion.questionnaire_id == snapshot.questionnaire_id,
            QuestionnaireVersion.number.in_(snapshot.versions),
            Response.state == ResponseState.SUBMITTED,
            or_(Response.submitted_at <= snapshot.until, Response.submitted_at.is_(None)),
        )
        .order_by(Response.key)
    )


def session_of(workshop: Workshop, number: int) -> Select[Session]:
    """A session by its id, with its guiding questions."""
    return sessions_of(workshop).where(Session.id == number).options(selectinload(Session.questions))


def replacing(snapshot: Snapshot) -> Select[Finding]:
    """The published findings of a questionnaire, which may take the place of one another."""
    return (
        select(Finding)
        .join(Finding.snapshot)
        .where(Snapshot.questionnaire_id == snapshot.questionnaire_id, Finding.state == FindingState.PUBLISHED)
        .options(joinedload(Finding.snapshot))
        .order_by(Finding.id.desc())
    )


def files_of(of: Snapshot | Session, user: User) -> Select[ResultFile]:
    """The files that were made of a snapshot, or of a session's briefing, for this person."""
    column = ResultFile.snapshot_id if isinstance(of, Snapshot) else ResultFile.session_id
    return (
        select(ResultFile)
        .where(column == of.id, ResultFile.user_id == user.id)
        .options(joinedload(ResultFile.task))
        .order_by(ResultFile.id.desc())
    )


def file_of(user: User, key: str, at: datetime) -> Select[ResultFile]:
    """One's own file that has not expired."""
    return select(ResultFile).where(
        ResultFile.user_id == user.id, ResultFile.key == key, ResultFile.expires_at > at, ResultFile.stored_as != ""
    )


def same_file(of: Snapshot | Session, user: User, kind: FileKind, language: str) -> Select[ResultFile]:
    return files_of(of, user).where(ResultFile.kind == kind, ResultFile.language == language)


def expired_files(at: datetime) -> Select[ResultFile]:
    return select(ResultFile).where(ResultFile.expires_at <= at)


def sessions_of(workshop: Workshop) -> Select[Session]:
    return select(Session).where(Session.workshop_id == workshop.id).order_by(Session.starts_at, Session.id)
