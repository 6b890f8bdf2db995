"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Update, func, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Publication, ResponseState
from workshop.platform.db import Words
from workshop.platform.providers import Provided
from workshop.platform.tasks import Task
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Workshop

from .models import Audience, Disclosure, Precision, Snapshot, TableChoice

pages_beside_results = Provided[[Questionnaire], Iterable[tuple[str, str]]](
    "What else everyone can read of a questionnaire beside its results: words and address."
)
SnapshotRow = tuple[int, str, int, int, Words, datetime, int, bool, bool, bool, str]


def snapshots(workshop_id: int) -> Select[*SnapshotRow]:
    """The snapshots of a workshop as plain columns, newest first."""
    return (
        select(
            Snapshot.questionnaire_id,
            Questionnaire.slug.label("questionnaire"),
            Snapshot.id,
            Snapshot.number,
            Snapshot.title,
            func.coalesce(Snapshot.as_of, Snapshot.taken_at).label("taken_at"),
            Snapshot.responses,
            Snapshot.published,
            Snapshot.shared,
            Snapshot.frozen,
            Snapshot.problem,
        )
        .join(Snapshot.questionnaire)
        .where(Questionnaire.workshop_id == workshop_id)
        .order_by(Snapshot.number.desc())
    )


def published_snapshots(workshop_id: int) -> Select[*SnapshotRow]:
    """Those that the public page of a workshop may link to."""
    return snapshots(workshop_id).where(Snapshot.published)


def snapshots_shown_to_staff(workshop_id: int) -> Select[*SnapshotRow]:
    """Those that its chair and rapporteurs may read."""
    return snapshots(workshop_id).where(Snapshot.published | Snapshot.shared)


def snapshot(workshop_id: int, questionnaire: str, number: int) -> Select[Snapshot]:
    """One snapshot with all that its page needs; its columns are read where they have to be counted."""
    return (
        select(Snapshot)
        .join(Snapshot.questionnaire)
        .where(Questionnaire.workshop_id == workshop_id, Questionnaire.slug == questionnaire, Snapshot.number == number)
        .options(
            contains_eager(Snapshot.questionnaire).joinedload(Questionnaire.workshop),
            joinedload(Snapshot.version),
            joinedload(Snapshot.task),
            selectinload(Snapshot.disclosures),
            selectinload(Snapshot.rates),
            selectinload(Snapshot.choices),
        )
    )


def publish_as(questionnaire: Questionnaire, publication: Publication, said: tuple[str, str] | None = None) -> Update:
    """Note how submitted answers may be published: of those that say so, or of all."""
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    statement = update(Response).where(Response.version_id.in_(versions), Response.state == ResponseState.SUBMITTED)
    if said:
        question, option = said
        statement = statement.where(Response.answers[question].as_string() == option)
    return statement.values(publication=publication).execution_options(synchronize_session=False)


def is_frozen() -> ColumnElement[bool]:
    return Snapshot.frozen.is_(True)


def snapshot_by_id(id: int) -> Select[Snapshot]:
    """The one a worker is to fill."""
    return select(Snapshot).where(Snapshot.id == id).options(joinedload(Snapshot.questionnaire))


def in_ledger(snapshot: Snapshot) -> Select[Snapshot]:
    """The other snapshots of which something was shown and that may count the same answers, with what was shown.

    Versions counted together are neighbours. Those kept apart share nobody, so their results tell nothing of each other.
    """
    return (
        select(Snapshot)
        .join(Snapshot.version)
        .where(
            Snapshot.questionnaire_id == snapshot.questionnaire_id,
            Snapshot.id != snapshot.id,
            Snapshot.versions[0].as_integer() <= snapshot.versions[-1],
            QuestionnaireVersion.number >= snapshot.versions[0],
            select(Disclosure.id).where(Disclosure.snapshot_id == Snapshot.id).exists(),
        )
        .options(selectinload(Snapshot.disclosures))
        .order_by(Snapshot.number)
    )


def ledger_of(questionnaire: Questionnaire) -> Select[int, Words, str, Precision, Audience, datetime, str]:
    """What was shown of a questionnaire, newest first, with the name of who decided it."""
    return (
        select(
            Snapshot.number,
            Snapshot.title,
            Disclosure.table,
            Disclosure.precision,
            Disclosure.audience,
            Disclosure.at,
            User.name,
        )
        .join(Disclosure.snapshot)
        .outerjoin(User, User.id == Disclosure.who)
        .where(Snapshot.questionnaire_id == questionnaire.id)
        .order_by(Snapshot.number.desc(), Disclosure.id)
    )


def who_took(snapshot: Snapshot) -> Select[str]:
    """The name of the account that had it taken; none where that was erased."""
    return select(User.name).where(User.id == snapshot.taken_by)


def invitations(questionnaire: Questionnaire) -> Select[Category | None, str, int]:
    """How many were invited, by kind and country."""
    return (
        select(Recipient.category, Recipient.country, func.count(Recipient.id).label("number"))
        .where(Recipient.questionnaire_id == questionnaire.id, Recipient.invited)
        .group_by(Recipient.category, Recipient.country)
    )


def others(snapshot: Snapshot) -> Select[Snapshot]:
    """The other snapshots of the questionnaire, without their columns."""
    return (
        select(Snapshot)
        .where(Snapshot.questionnaire_id == snapshot.questionnaire_id, Snapshot.id != snapshot.id)
        .order_by(Snapshot.number)
    )


def versions(workshop: Workshop, questionnaire: str) -> Select[QuestionnaireVersion]:
    """All versions of a questionnaire, oldest first."""
    return (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(
            Questionnaire.workshop_id == workshop.id,
            Questionnaire.slug == questionnaire,
            Questionnaire.trial_of_id.is_(None),
        )
        .options(contains_eager(QuestionnaireVersion.questionnaire))
        .order_by(QuestionnaireVersion.number)
    )


def versions_counted(snapshot: Snapshot) -> Select[QuestionnaireVersion]:
    """The versions whose answers are in a snapshot, oldest first."""
    return (
        select(QuestionnaireVersion)
        .where(
            QuestionnaireVersion.questionnaire_id == snapshot.questionnaire_id,
            QuestionnaireVersion.number.in_(snapshot.versions),
        )
        .order_by(QuestionnaireVersion.number)
    )


def last_number(questionnaire: Questionnaire) -> Select[int]:
    """The highest number that a snapshot of this questionnaire has; 0 where there is none."""
    return select(func.coalesce(func.max(Snapshot.number), 0)).where(Snapshot.questionnaire_id == questionnaire.id)


def submitted_responses(
    versions: Sequence[QuestionnaireVersion], until: datetime | None = None
) -> Select[*tuple[object, ...]]:
    """The answers to freeze, or those sent `until` then: no more of a response than is needed, as plain columns."""
    return (
        select(
            Response.state,
            Response.answers,
            Response.is_synthetic,
            Response.language,
            Response.channel,
            Response.is_late,
            QuestionnaireVersion.number.label("version"),
            Recipient.category,
            Recipient.country,
        )
        .join(Response.version)
        .outerjoin(Recipient, Recipient.response_id == Response.id)
        .where(*_sent(versions, until))
    )


def how_many_submitted(versions: Sequence[QuestionnaireVersion], until: datetime | None = None) -> Select[int]:
    return select(func.count(Response.id)).where(*_sent(versions, until))


def how_many_invited(questionnaire: Questionnaire) -> Select[int]:
    return select(func.count(Recipient.id)).where(Recipient.questionnaire_id == questionnaire.id, Recipient.invited)


def how_many_withdrew(snapshot: Snapshot) -> Select[int]:
    """How many of those whose answers had been sent took them back after the snapshot was taken."""
    return (
        select(func.count(Response.id))
        .join(Response.version)
        .where(
            QuestionnaireVersion.questionnaire_id == snapshot.questionnaire_id,
            QuestionnaireVersion.number.in_(snapshot.versions),
            Response.state == ResponseState.WITHDRAWN,
            Response.submitted_at.is_not(None),
            Response.saved_at > snapshot.taken_at,
        )
    )


def progress(task: Task, step: int, steps: int) -> Update:
    return update(Task).where(Task.id == task.id).values(step=step, steps=steps)


def _sent(versions: Sequence[QuestionnaireVersion], until: datetime | None) -> list[ColumnElement[bool]]:
    sent = [
        Response.version_id.in_([version.id for version in versions]),
        Response.state == ResponseState.SUBMITTED,
    ]
    return [*sent, or_(Response.submitted_at <= until, Response.submitted_at.is_(None))] if until else sent


def table_choices(questionnaire: Questionnaire) -> Select[TableChoice]:
    """What was decided about the tables of a questionnaire, with the sessions they are for."""
    return (
        select(TableChoice)
        .where(TableChoice.questionnaire_id == questionnaire.id)
        .options(joinedload(TableChoice.session), joinedload(TableChoice.guiding_question))
    )


def table_choice(questionnaire: Questionnaire, table: str) -> Select[TableChoice]:
    return table_choices(questionnaire).where(TableChoice.table == table)


def sessions_asked(workshop: Workshop) -> Select[Session]:
    """The sessions of a workshop with their guiding questions, in order."""
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id)
        .options(selectinload(Session.questions))
        .order_by(Session.starts_at, Session.id)
    )


def shown_workshop(slug: str) -> Select[Workshop]:
    return select(Workshop).where(Workshop.slug == slug, Workshop.published)
