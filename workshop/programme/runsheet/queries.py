"""What to read. Statements only: the caller runs them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from workshop.programme.agenda import queries as agenda
from workshop.programme.agenda.models import Session
from workshop.programme.papers.models import Document, State
from workshop.secretariat.series.models import Workshop

from .models import Run, StageNote


def sessions_of(workshop: Workshop, day: date) -> Select[Session]:
    """The sessions that begin on that day, with everything in them, in the order of time: four statements."""
    midnight = datetime.combine(day, time(), ZoneInfo(workshop.zone))
    until = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(workshop.zone))
    return (
        agenda.sessions(workshop)
        .where(Session.starts_at >= midnight, Session.starts_at < until)
        .order_by(None)
        .order_by(Session.starts_at, Session.number)
    )


def starts(workshop: Workshop) -> Select[datetime | None]:
    """When the sessions of a workshop begin; those without a time are left out."""
    timed = (Session.workshop_id == workshop.id, Session.starts_at.is_not(None))
    return select(Session.starts_at).where(*timed).order_by(Session.starts_at)


def runs(sessions: Sequence[Session]) -> Select[Run]:
    return select(Run).where(Run.session_id.in_([session.id for session in sessions])).order_by(Run.started_at, Run.id)


def notes(sessions: Sequence[Session]) -> Select[StageNote]:
    return select(StageNote).where(StageNote.session_id.in_([session.id for session in sessions]))


def note(session: Session, item_id: int | None) -> Select[StageNote]:
    return notes([session]).where(StageNote.item_id == item_id if item_id else StageNote.item_id.is_(None))


def awaited_documents(sessions: Sequence[Session]) -> Select[Document]:
    """Documents that have not come yet."""
    return (
        select(Document)
        .where(Document.session_id.in_([session.id for session in sessions]), Document.state == State.EXPECTED)
        .order_by(Document.id)
    )
