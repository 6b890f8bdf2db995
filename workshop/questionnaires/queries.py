"""What to read. Statements only: the caller runs them."""

from datetime import date, datetime

from sqlalchemy import Delete, Select, Update, delete, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.series.models import Workshop
from workshop.tasks import Task, TaskState

from .models import Colleague, Questionnaire, QuestionnaireVersion, Recipient, Response

QUIET = {"synchronize_session": False}


def open_questionnaires(workshop_id: int) -> Select[Questionnaire]:
    """Questionnaires of a workshop that anyone may answer by their open address."""
    published = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
    return (
        select(Questionnaire)
        .where(Questionnaire.workshop_id == workshop_id, Questionnaire.open_to_all, published.exists())
        .order_by(Questionnaire.id)
    )


def newest_version(slug: str, questionnaire: str) -> Select[QuestionnaireVersion]:
    """The version anyone may answer now, with its questionnaire and published workshop; no row where there is none."""
    return (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .join(Questionnaire.workshop)
        .where(
            Workshop.slug == slug, Workshop.published, Questionnaire.slug == questionnaire, Questionnaire.open_to_all
        )
        .options(contains_eager(QuestionnaireVersion.questionnaire).contains_eager(Questionnaire.workshop))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def response_behind(token_hash: str) -> Select[Response]:
    """The response that a personal link leads to, the own one or a colleague's, with all that its pages show."""
    lent = select(Colleague.response_id).where(Colleague.token_hash == token_hash)
    return (
        select(Response)
        .where(or_(Response.token_hash == token_hash, Response.id.in_(lent)))
        .options(
            joinedload(Response.version)
            .joinedload(QuestionnaireVersion.questionnaire)
            .joinedload(Questionnaire.workshop),
            selectinload(Response.colleagues),
        )
    )


def recipient_behind(token_hash: str) -> Select[Recipient]:
    """Whoever a personal link was sent to, with the questionnaire and the answers, if any."""
    return (
        select(Recipient)
        .where(Recipient.token_hash == token_hash)
        .options(joinedload(Recipient.questionnaire).joinedload(Questionnaire.workshop), joinedload(Recipient.response))
    )


def version_for(questionnaire: Questionnaire) -> Select[QuestionnaireVersion]:
    """The version that whoever begins now answers."""
    return (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
        .options(joinedload(QuestionnaireVersion.questionnaire).joinedload(Questionnaire.workshop))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def waiting(kind: str, subject_id: int) -> Select[int]:
    """A task of that kind for that subject which nobody has taken yet."""
    return (
        select(Task.id).where(Task.kind == kind, Task.subject_id == subject_id, Task.state == TaskState.READY).limit(1)
    )


def response_ids(questionnaire_id: int) -> Select[int]:
    return select(Response.id).join(Response.version).where(QuestionnaireVersion.questionnaire_id == questionnaire_id)


def recipient_ids(questionnaire_id: int) -> Select[int]:
    return select(Recipient.id).where(Recipient.questionnaire_id == questionnaire_id)


def rewritten_response(id: int) -> Update:
    """The same row written once more, unchanged."""
    return update(Response).where(Response.id == id).values(language=Response.language).execution_options(**QUIET)


def rewritten_recipient(id: int) -> Update:
    return update(Recipient).where(Recipient.id == id).values(language=Recipient.language).execution_options(**QUIET)


def outlived(on: date) -> Select[Questionnaire]:
    """Questionnaires whose answers were promised to be gone by that day, and which still have some, or a list."""
    responses = select(Response.id).join(Response.version).where(
        QuestionnaireVersion.questionnaire_id == Questionnaire.id
    )  # fmt: skip
    recipients = select(Recipient.id).where(Recipient.questionnaire_id == Questionnaire.id)
    return (
        select(Questionnaire)
        .where(Questionnaire.kept_until < on, or_(responses.exists(), recipients.exists()))
        .options(joinedload(Questionnaire.workshop))
        .order_by(Questionnaire.id)
    )


def erased(questionnaire: Questionnaire) -> tuple[Delete, Delete]:
    """Whoever was asked, and everything answered. Snapshots stay: nobody can be found in them."""
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    return (
        delete(Recipient).where(Recipient.questionnaire_id == questionnaire.id).execution_options(**QUIET),
        delete(Response).where(Response.version_id.in_(versions)).execution_options(**QUIET),
    )


def seen(colleague: Colleague, section: str, at: datetime) -> Update:
    """That somebody is writing there, noted beside the answers, so that it never stands in the way of a save."""
    return update(Colleague).where(Colleague.id == colleague.id).values(at_section=section, seen_at=at)
