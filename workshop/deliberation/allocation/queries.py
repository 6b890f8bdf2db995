"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import Workshop

from .models import SeatChoice, SeatedPerson, SeatingRun


def breakout_session(workshop: Workshop, number: int) -> Select[Session]:
    return select(Session).where(
        Session.workshop_id == workshop.id, Session.number == number, Session.format == Format.BREAKOUT
    )


def groups_of(session: Session) -> Select[Group]:
    return (
        select(Group)
        .where(Group.session_id == session.id)
        .options(selectinload(Group.questions), joinedload(Group.session))
        .order_by(Group.number)
    )


def people_of(session: Session) -> Select[SeatedPerson]:
    """Everybody on the list, by name, with the group."""
    return (
        select(SeatedPerson)
        .where(SeatedPerson.session_id == session.id)
        .options(joinedload(SeatedPerson.group))
        .order_by(SeatedPerson.name, SeatedPerson.id)
    )


def person(session: Session, person_id: int) -> Select[SeatedPerson]:
    return people_of(session).where(SeatedPerson.id == person_id)


def run_of(session: Session) -> Select[SeatingRun]:
    return select(SeatingRun).where(SeatingRun.session_id == session.id)


def sat_elsewhere(session: Session) -> Select[int | None, str, str]:
    """Group id, name and delegation of everybody seated in the other sessions of the workshop."""
    return (
        select(SeatedPerson.group_id, SeatedPerson.name, SeatedPerson.delegation)
        .join(SeatedPerson.session)
        .where(
            Session.workshop_id == session.workshop_id,
            SeatedPerson.session_id != session.id,
            SeatedPerson.group_id.is_not(None),
        )
    )


def seated_per_session(workshop: Workshop) -> Select[int, int, int]:
    """Session id, how many are on its list, how many of them have a seat."""
    return (
        select(SeatedPerson.session_id, func.count().label("people"), func.count(SeatedPerson.group_id).label("seated"))
        .join(SeatedPerson.session)
        .where(Session.workshop_id == workshop.id)
        .group_by(SeatedPerson.session_id)
    )


def person_by_link(token: str) -> Select[SeatedPerson]:
    """Whose seat it is, with session and workshop."""
    return (
        select(SeatedPerson)
        .where(SeatedPerson.opened_by(token))
        .options(
            joinedload(SeatedPerson.session).joinedload(Session.workshop),
            joinedload(SeatedPerson.group).joinedload(Group.session),
        )
    )


def choice_of(session: Session) -> Select[SeatChoice]:
    return select(SeatChoice).where(SeatChoice.session_id == session.id)
