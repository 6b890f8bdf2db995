"""What the editor reads of drafts. Statements only: the caller runs them."""

from sqlalchemy import Delete, Select, delete, func, select
from sqlalchemy.orm import contains_eager

from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop

from .models import DraftChange, Questionnaire, QuestionnaireVersion


def last_change(questionnaire: Questionnaire) -> Select[DraftChange]:
    return (
        select(DraftChange)
        .where(DraftChange.questionnaire_id == questionnaire.id)
        .order_by(DraftChange.id.desc())
        .limit(1)
    )


def old_changes(questionnaire: Questionnaire, kept: int = 50) -> Delete:
    """Deletes what nobody will undo any more."""
    newest = (
        select(DraftChange.id)
        .where(DraftChange.questionnaire_id == questionnaire.id)
        .order_by(DraftChange.id.desc())
        .limit(kept)
        .scalar_subquery()
    )
    return (
        delete(DraftChange)
        .where(DraftChange.questionnaire_id == questionnaire.id, DraftChange.id.not_in(newest))
        .execution_options(synchronize_session=False)
    )


def library(user: User) -> Select[Questionnaire, QuestionnaireVersion]:
    """Every questionnaire of the workshops that this person organises, with its newest version if it has one."""
    newest = (
        select(func.max(QuestionnaireVersion.number))
        .where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .correlate(Questionnaire)
        .scalar_subquery()
    )
    organised = select(Membership.workshop_id).where(Membership.user_id == user.id, Membership.role == Role.ORGANISER)
    return (
        select(Questionnaire, QuestionnaireVersion)
        .join(Questionnaire.workshop)
        .outerjoin(
            QuestionnaireVersion,
            (QuestionnaireVersion.questionnaire_id == Questionnaire.id) & (QuestionnaireVersion.number == newest),
        )
        .where(Questionnaire.workshop_id.in_(organised), Questionnaire.trial_of_id.is_(None))
        .options(contains_eager(Questionnaire.workshop))
        .order_by(Workshop.starts_on.desc(), Questionnaire.id)
    )
