"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, selectinload

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.db import Words
from workshop.secretariat.series.models import Workshop

from .models import Snapshot

SnapshotRow = tuple[int, str, int, int, Words, datetime, int, bool, bool]


def questionnaires(workshop: Workshop) -> Select[Questionnaire]:
    return select(Questionnaire).where(Questionnaire.workshop_id == workshop.id).order_by(Questionnaire.id)


def snapshots(workshop_id: int) -> Select[*SnapshotRow]:
    """The snapshots of a workshop as plain columns, newest first."""
    return (
        select(
            QuestionnaireVersion.questionnaire_id,
            Questionnaire.slug.label("questionnaire"),
            Snapshot.id,
            Snapshot.number,
            Snapshot.title,
            Snapshot.taken_at,
            Snapshot.responses,
            Snapshot.published,
            Snapshot.held_back,
        )
        .join(Snapshot.version)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.workshop_id == workshop_id)
        .order_by(Snapshot.number.desc())
    )


def published_snapshots(workshop_id: int) -> Select[*SnapshotRow]:
    """Those that the public page of a workshop may link to."""
    return snapshots(workshop_id).where(Snapshot.published)


def snapshot(workshop_id: int, questionnaire: str, number: int) -> Select[Snapshot]:
    """One snapshot with all that its page needs."""
    return (
        select(Snapshot)
        .join(Snapshot.version)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.workshop_id == workshop_id, Questionnaire.slug == questionnaire, Snapshot.number == number)
        .options(
            contains_eager(Snapshot.version).contains_eager(QuestionnaireVersion.questionnaire),
            selectinload(Snapshot.columns),
        )
    )


def newest_version(workshop: Workshop, questionnaire: str) -> Select[QuestionnaireVersion]:
    return (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Questionnaire.slug == questionnaire)
        .options(contains_eager(QuestionnaireVersion.questionnaire))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def earlier(version: QuestionnaireVersion) -> Select[Snapshot]:
    """The snapshots of this version, without their columns."""
    return select(Snapshot).where(Snapshot.version_id == version.id).order_by(Snapshot.number)


def last_number(questionnaire: Questionnaire) -> Select[int]:
    """The highest number that a snapshot of this questionnaire has; 0 where there is none."""
    return (
        select(func.coalesce(func.max(Snapshot.number), 0))
        .join(Snapshot.version)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    )


def submitted_responses(
    version: QuestionnaireVersion, until: datetime | None = None
) -> Select[ResponseState, dict[str, object], bool]:
    """The answers to freeze, or those sent `until` then: no more of a response than is needed."""
    return select(Response.state, Response.answers, Response.is_synthetic).where(*_sent(version, until))


def how_many_submitted(version: QuestionnaireVersion, until: datetime | None = None) -> Select[int]:
    return select(func.count(Response.id)).where(*_sent(version, until))


def _sent(version: QuestionnaireVersion, until: datetime | None) -> list[ColumnElement[bool]]:
    sent = [Response.version_id == version.id, Response.state == ResponseState.SUBMITTED]
    return [*sent, Response.submitted_at <= until] if until else sent


def shown_workshop(slug: str) -> Select[Workshop]:
    return select(Workshop).where(Workshop.slug == slug, Workshop.published)
