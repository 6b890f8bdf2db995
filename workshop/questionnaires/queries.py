"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from workshop.series.models import Workshop

from .models import Questionnaire, QuestionnaireVersion, Recipient, Response


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
    """The response that a personal link leads to, with all that its pages show."""
    return (
        select(Response)
        .where(Response.token_hash == token_hash)
        .options(
            joinedload(Response.version)
            .joinedload(QuestionnaireVersion.questionnaire)
            .joinedload(Questionnaire.workshop)
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
