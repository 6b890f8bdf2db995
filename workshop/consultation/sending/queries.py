"""What to read. Statements only: the caller runs them."""

from datetime import date

from sqlalchemy import Select, Update, func, select, update
from sqlalchemy.orm import joinedload

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.mail import MessageState, unsent_mails
from workshop.secretariat.register import queries as register_queries

from .models import Kind, Letter, LetterText, Reminder


def is_published(questionnaire: Questionnaire) -> Select[int]:
    return select(func.count(QuestionnaireVersion.id)).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)


def recipients(questionnaire: Questionnaire) -> Select[Recipient]:
    """Everybody on the list with how far the answers are, but without the answers: two statements with `unsent`."""
    state_alone = joinedload(Recipient.response).load_only(Response.state, Response.channel, Response.is_late)
    return (
        select(Recipient)
        .where(Recipient.questionnaire_id == questionnaire.id)
        .options(state_alone)
        .order_by(func.lower(Recipient.name), Recipient.id)
    )


def unsent(questionnaire: Questionnaire) -> Select[int, MessageState, str]:
    """Of each recipient: the newest mail, where it did not arrive or none has left."""
    among = select(Recipient.id).where(Recipient.questionnaire_id == questionnaire.id)
    return unsent_mails(Letter.recipient_id, Letter.id, Letter.message_id, among)


def recipient(questionnaire: Questionnaire, key: str) -> Select[Recipient]:
    return recipients(questionnaire).where(Recipient.key == key)


def letters_to(recipient: Recipient) -> Select[Letter]:
    return (
        select(Letter)
        .where(Letter.recipient_id == recipient.id)
        .options(joinedload(Letter.message))
        .order_by(Letter.id.desc())
    )


def steps_taken(questionnaire: Questionnaire, step: str) -> Select[int]:
    """The recipients who were written to for that reason already."""
    return (
        select(Letter.recipient_id)
        .join(Letter.recipient)
        .where(Recipient.questionnaire_id == questionnaire.id, Letter.step == step)
    )


def last_reminded(questionnaire: Questionnaire) -> Select[int, date]:
    """The recipients to whom a reminder was written, each with the day of the last."""
    return (
        select(Letter.recipient_id, func.max(Letter.written_on))
        .join(Letter.recipient)
        .where(Recipient.questionnaire_id == questionnaire.id, Letter.kind == Kind.REMINDER)
        .group_by(Letter.recipient_id)
    )


def planned_reminders() -> Select[Reminder]:
    """Reminders of all questionnaires that have not gone out yet."""
    return select(Reminder).where(Reminder.done_at.is_(None)).options(joinedload(Reminder.questionnaire))


def text(questionnaire: Questionnaire, kind: Kind) -> Select[LetterText]:
    return select(LetterText).where(LetterText.questionnaire_id == questionnaire.id, LetterText.kind == kind)


def answers_by_state(questionnaire: Questionnaire) -> Select[ResponseState, int]:
    """How many sets of answers there are in each state, whoever was asked."""
    of_it = QuestionnaireVersion.questionnaire_id == questionnaire.id
    return select(Response.state, func.count()).join(Response.version).where(of_it).group_by(Response.state)


def reminders(questionnaire: Questionnaire) -> Select[Reminder]:
    return select(Reminder).where(Reminder.questionnaire_id == questionnaire.id).order_by(Reminder.due_at)


@register_queries.organisation_ids_in.by
def organisation_ids_in(workshops: Select[int]) -> Select[int | None]:
    """The organisations that are asked to answer."""
    asked = select(Recipient.organisation_id).join(Recipient.questionnaire)
    return asked.where(Questionnaire.workshop_id.in_(workshops))


def lock_sending(questionnaire: Questionnaire) -> Update:
    """Keeps the questionnaire to oneself until the commit, on either database: two clicks do not write one mail twice."""
    return (
        update(Questionnaire)
        .where(Questionnaire.id == questionnaire.id)
        .values(revision=Questionnaire.revision)
        .execution_options(synchronize_session=False)
    )
