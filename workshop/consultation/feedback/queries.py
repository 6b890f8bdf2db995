"""What to read. Statements only: the caller runs them."""

from collections.abc import Collection, Iterable

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding, FindingState, Quote
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.providers import Provided
from workshop.secretariat.series.models import Workshop

from .models import Feedback

reports_resting_on = Provided[[Workshop, Collection[Snapshot], Collection[Finding]], Iterable[tuple[str, str]]](
    "The public reports that rest on these results or findings: what they are called, and their address."
)


def feedback_of(workshop: Workshop, slug: str) -> Select[Feedback]:
    """The page of a questionnaire with all that was heard."""
    return (
        select(Feedback)
        .join(Feedback.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Questionnaire.slug == slug)
        .options(
            contains_eager(Feedback.questionnaire).joinedload(Questionnaire.workshop), selectinload(Feedback.entries)
        )
    )


def public_feedback(slug: str, questionnaire: str) -> Select[Feedback]:
    """The page as everyone reads it."""
    return (
        select(Feedback)
        .join(Feedback.questionnaire)
        .join(Questionnaire.workshop)
        .where(
            Workshop.slug == slug,
            Workshop.published,
            Questionnaire.slug == questionnaire,
            Feedback.published_at.is_not(None),
        )
        .options(
            contains_eager(Feedback.questionnaire).contains_eager(Questionnaire.workshop),
            selectinload(Feedback.entries),
        )
    )


def published_feedback(questionnaire_id: int) -> Select[Feedback]:
    """The page of a questionnaire that its respondents may read."""
    return (
        select(Feedback)
        .where(Feedback.questionnaire_id == questionnaire_id, Feedback.published_at.is_not(None))
        .options(selectinload(Feedback.entries))
    )


def public_snapshots(questionnaire_id: int) -> Select[Snapshot]:
    """The published results of a questionnaire, oldest first."""
    return (
        select(Snapshot)
        .where(Snapshot.questionnaire_id == questionnaire_id, Snapshot.published, Snapshot.frozen)
        .order_by(Snapshot.number)
    )


def public_findings(questionnaire_id: int) -> Select[Finding]:
    return (
        select(Finding)
        .join(Finding.snapshot)
        .where(Snapshot.questionnaire_id == questionnaire_id, Finding.state == FindingState.PUBLISHED)
        .options(joinedload(Finding.snapshot), selectinload(Finding.quotes).joinedload(Quote.response))
        .order_by(Finding.position, Finding.id)
    )


def contributors(questionnaire: Questionnaire) -> Select[Recipient]:
    """Those asked by email who answered, as far as it is known, and whose answers are there still."""
    return (
        select(Recipient)
        .outerjoin(Recipient.response)
        .where(
            Recipient.questionnaire_id == questionnaire.id,
            or_(
                Response.state == ResponseState.SUBMITTED,
                Recipient.answered.is_(True) & Recipient.response_id.is_(None),
            ),
        )
        .options(joinedload(Recipient.questionnaire).joinedload(Questionnaire.workshop))
        .order_by(Recipient.id)
    )
