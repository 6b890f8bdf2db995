"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.participation.delegations.models import FormerHolder, Participant
from workshop.secretariat.series.models import Workshop

from .models import ParticipantForm, ParticipantRecipient


def forms(workshop_id: int) -> Select[ParticipantForm]:
    return (
        select(ParticipantForm)
        .where(ParticipantForm.workshop_id == workshop_id)
        .options(joinedload(ParticipantForm.questionnaire))
        .order_by(ParticipantForm.id)
    )


def published_questionnaires(workshop: Workshop) -> Select[Questionnaire]:
    """Those that somebody could answer; trials are none."""
    published = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
    return (
        select(Questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Questionnaire.trial_of_id.is_(None), published.exists())
        .order_by(Questionnaire.id)
    )


def answered(workshop_id: int) -> Select[int, int]:
    """Of each form: how many have sent their answers."""
    return (
        select(ParticipantRecipient.form_id, func.count())
        .join(ParticipantRecipient.form)
        .join(ParticipantRecipient.recipient)
        .join(Recipient.response)
        .where(ParticipantForm.workshop_id == workshop_id, Response.state == ResponseState.SUBMITTED)
        .group_by(ParticipantRecipient.form_id)
    )


def turn_of(who: Participant) -> Select[int]:
    """How many have held this seat before."""
    return select(func.count()).select_from(FormerHolder).where(FormerHolder.participant_id == who.id)


def links_of(who: Participant, turn: int | None = None) -> Select[ParticipantRecipient]:
    """The links of whoever holds the seat now; without a turn, those of all who ever did."""
    found = (
        select(ParticipantRecipient)
        .where(ParticipantRecipient.participant_id == who.id)
        .options(joinedload(ParticipantRecipient.recipient).joinedload(Recipient.response))
    )
    return found if turn is None else found.where(ParticipantRecipient.turn == turn)


def participant_answering(response: Response) -> Select[Participant]:
    """Whose registration these answers belong to, if they do."""
    return (
        select(Participant)
        .join(ParticipantRecipient, ParticipantRecipient.participant_id == Participant.id)
        .join(Recipient, Recipient.id == ParticipantRecipient.recipient_id)
        .where(Recipient.response_id == response.id)
        .options(joinedload(Participant.workshop))
    )


def recipient_with_email(questionnaire: Questionnaire, email: str) -> Select[Recipient]:
    return select(Recipient).where(Recipient.questionnaire_id == questionnaire.id, Recipient.email == email)
