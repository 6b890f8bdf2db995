"""What a tally sheet is compared with in the database. Statements only: the caller runs them."""

from collections.abc import Iterable

from sqlalchemy import Select, Update, func, select, update
from sqlalchemy.orm import joinedload

from .models import Questionnaire, QuestionnaireVersion, Recipient, Response
from .queries import QUIET


def recipient_ids(questionnaire_id: int) -> Select[int]:
    """Everybody on the list."""
    return select(Recipient.id).where(Recipient.questionnaire_id == questionnaire_id)


def highest_recipient() -> Select[int]:
    """For so many the sheet needs room, of whichever questionnaire."""
    return select(func.max(Recipient.id))


def answered_recipients(questionnaire: Questionnaire) -> Select[int]:
    """Of whom the database knows that their invitation was used."""
    return recipient_ids(questionnaire.id).where(Recipient.answered)


def carry_over(questionnaire: Questionnaire, recipients: Iterable[int]) -> tuple[Update, Update]:
    """Who has begun, in one statement; and every set of answers written once more, unchanged."""
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    return (
        update(Recipient).where(Recipient.id.in_(sorted(recipients))).values(answered=True).execution_options(**QUIET),
        update(Response)
        .where(Response.version_id.in_(versions))
        .values(language=Response.language)
        .execution_options(**QUIET),
    )


def with_tallies() -> Select[Questionnaire]:
    """The questionnaires that have a sheet of used invitations."""
    return select(Questionnaire).where(Questionnaire.tally != "").options(joinedload(Questionnaire.workshop))
