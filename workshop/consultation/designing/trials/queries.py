"""What to read of trials. Statements only: the caller runs them."""

from sqlalchemy import Delete, Select, delete, select
from sqlalchemy.orm import contains_eager

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response


def trial_version_of(questionnaire: Questionnaire) -> Select[QuestionnaireVersion]:
    """What is tried out of a questionnaire at present."""
    return (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.trial_of_id == questionnaire.id)
        .options(contains_eager(QuestionnaireVersion.questionnaire))
    )


def trial_responses(version: QuestionnaireVersion) -> Select[Response]:
    """The sets of answers in which anything was written."""
    kept = (Response.version_id == version.id, Response.saved_at.is_not(None))
    return select(Response).where(*kept).order_by(Response.id)


def erase_trials(questionnaire: Questionnaire) -> Delete:
    """What was tried out of it goes, with all answers."""
    return (
        delete(Questionnaire)
        .where(Questionnaire.trial_of_id == questionnaire.id)
        .execution_options(synchronize_session=False)
    )
