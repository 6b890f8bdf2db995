"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, Channel, ResponseState
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

# What came on paper and does not count yet.
UNCHECKED = and_(Response.channel != Channel.ONLINE, Response.state.in_((ResponseState.BEGUN, ResponseState.ENTERED)))
# What a respondent has not sent is nobody's to read.
HELD = or_(Response.state == ResponseState.SUBMITTED, UNCHECKED)


def received_responses(questionnaire: Questionnaire, *, to_check: bool = False) -> Select[Response, Recipient]:
    """What was sent or typed in, with whoever was asked; without the answers. Anonymous ones stand as their lot fell."""
    statement = (
        select(Response, Recipient)
        .join(Response.version)
        .outerjoin(Recipient, Recipient.response_id == Response.id)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id, UNCHECKED if to_check else HELD)
        .options(contains_eager(Response.version), joinedload(Response.transcription), defer(Response.answers))
    )
    if questionnaire.anonymity is Anonymity.ANONYMOUS:
        return statement.order_by(Response.id)
    return statement.order_by(Response.submitted_at.desc().nulls_first(), Response.id.desc())


def how_many(questionnaire: Questionnaire, *, to_check: bool = False) -> Select[int]:
    return (
        select(func.count(Response.id))
        .join(Response.version)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id, UNCHECKED if to_check else HELD)
    )


def response(workshop: Workshop, questionnaire: str, number: int) -> Select[Response]:
    """One set of answers, with all that its page needs."""
    return (
        select(Response)
        .join(Response.version)
        .join(QuestionnaireVersion.questionnaire)
        .where(
            Response.id == number, Questionnaire.workshop_id == workshop.id, Questionnaire.slug == questionnaire, HELD
        )
        .options(
            contains_eager(Response.version)
            .contains_eager(QuestionnaireVersion.questionnaire)
            .joinedload(Questionnaire.workshop),
            joinedload(Response.transcription),
        )
    )


def recipient_of(response: Response) -> Select[Recipient]:
    return select(Recipient).where(Recipient.response_id == response.id)


def names(accounts: list[int]) -> Select[int, str]:
    return select(User.id, User.name).where(User.id.in_(accounts))
