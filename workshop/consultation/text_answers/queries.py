"""What to read. Statements only: the caller runs them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Delete, Select, Subquery, delete, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding, FindingState
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Publication, ResponseState
from workshop.secretariat.accounts.models import User

from .models import SimilarText, TextCode, TextCoding


def newest_version_of(questionnaire_id: int) -> Select[QuestionnaireVersion]:
    return (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def _answered(questionnaire_id: int, question: str) -> list[ColumnElement[bool]]:
    """Submitted answers to any version that hold words for that question; withdrawn ones hold none."""
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
    return [
        Response.version_id.in_(versions),
        Response.state == ResponseState.SUBMITTED,
        Response.answers[question].as_string().is_not(None),
    ]


def how_many_texts(questionnaire: Questionnaire, question: str) -> Select[int]:
    return select(func.count(Response.id)).where(*_answered(questionnaire.id, question))


def texts(
    questionnaire_id: int, question: str, *, code: int | None = None, campaign: int | None = None
) -> Select[int, str, str, Publication]:
    """Each answer in words with its language and the respondent's choice; those of a code or a campaign, if wanted."""
    statement = select(
        Response.id,
        Response.answers[question].as_string().label("text"),
        Response.language,
        Response.publication,
    ).where(*_answered(questionnaire_id, question))
    if code is not None:
        statement = statement.where(Response.id.in_(select(TextCoding.response_id).where(TextCoding.code_id == code)))
    if campaign is not None:
        members = select(SimilarText.response_id).where(
            SimilarText.question == question, SimilarText.campaign == campaign
        )
        statement = statement.where(Response.id.in_(members))
    return statement.order_by(Response.id)


def texts_with_names(snapshot: Snapshot, question: str) -> Select[str, str, Publication, str | None]:
    """Each answer in words that is in a snapshot, and whose it is where that is known."""
    return (
        select(
            Response.answers[question].as_string().label("text"),
            Response.language,
            Response.publication,
            Recipient.name,
        )
        .outerjoin(Recipient, Recipient.response_id == Response.id)
        .where(*_answered(snapshot.questionnaire_id, question))
        .where(or_(Response.submitted_at <= snapshot.until, Response.submitted_at.is_(None)))
        .order_by(Response.publication, Response.answers[question].as_string())
    )


def text_by_id(texts: Subquery, response_id: int) -> Select[int]:
    return select(texts.c.id).where(texts.c.id == response_id)


def response_of(texts: Subquery, response_id: int) -> Select[Response]:
    """The answers that hold one of those texts."""
    return select(Response).where(Response.id == response_id, Response.id.in_(select(texts.c.id)))


def asked_by_email(response_id: int) -> Select[Recipient]:
    """Whoever was asked by email and gave these answers, if anybody: their names are masked."""
    return select(Recipient).where(Recipient.response_id == response_id).options(joinedload(Recipient.organisation))


def drafts(questionnaire_id: int) -> Select[Finding]:
    """The findings in draft of a questionnaire, with what their tables are made of."""
    return (
        select(Finding)
        .join(Finding.snapshot)
        .where(Snapshot.questionnaire_id == questionnaire_id, Finding.state == FindingState.DRAFT)
        .options(contains_eager(Finding.snapshot))
        .order_by(Finding.position, Finding.id)
    )


def coders(ids: Collection[int]) -> Select[int, str]:
    return select(User.id, User.name).where(User.id.in_(ids))


def codes_of(questionnaire: Questionnaire, question: str) -> Select[TextCode]:
    return (
        select(TextCode)
        .where(TextCode.questionnaire_id == questionnaire.id, TextCode.question == question)
        .order_by(TextCode.id)
    )


def code_by_id(questionnaire: Questionnaire, question: str, id: int) -> Select[TextCode]:
    return codes_of(questionnaire, question).where(TextCode.id == id)


def codings_of(questionnaire: Questionnaire, question: str) -> Select[int, int, int]:
    """Which code which coder gave to which answer, as long as the answer is there."""
    return (
        select(TextCoding.code_id, TextCoding.response_id, TextCoding.coder)
        .join(TextCode, TextCode.id == TextCoding.code_id)
        .join(Response, Response.id == TextCoding.response_id)
        .where(
            TextCode.questionnaire_id == questionnaire.id,
            TextCode.question == question,
            Response.state == ResponseState.SUBMITTED,
        )
    )


def own_codings(questionnaire: Questionnaire, question: str, response_id: int, coder: int) -> Delete:
    """Takes away what one coder gave to one answer, before it is given anew."""
    codes = select(TextCode.id).where(TextCode.questionnaire_id == questionnaire.id, TextCode.question == question)
    return (
        delete(TextCoding)
        .where(TextCoding.code_id.in_(codes), TextCoding.response_id == response_id, TextCoding.coder == coder)
        .execution_options(synchronize_session=False)
    )


def campaigns_of(questionnaire: Questionnaire, question: str) -> Select[int, int]:
    """Each campaign with how many answers belong to it."""
    return (
        select(SimilarText.campaign, func.count(SimilarText.id))
        .join(Response, Response.id == SimilarText.response_id)
        .where(SimilarText.question == question, *_answered(questionnaire.id, question))
        .group_by(SimilarText.campaign)
        .order_by(SimilarText.campaign)
    )


def forget_campaigns(questionnaire_id: int, question: str) -> Delete:
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
    responses = select(Response.id).where(Response.version_id.in_(versions))
    return (
        delete(SimilarText)
        .where(SimilarText.question == question, SimilarText.response_id.in_(responses))
        .execution_options(synchronize_session=False)
    )
