"""What to read. Statements only: the caller runs them."""

from typing import Any

from sqlalchemy import Select, Update, func, literal, select, update
from sqlalchemy.orm import joinedload, scoped_session, selectinload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.db import Base
from workshop.series.models import Workshop
from workshop.stakeholders.models import Organisation, OrganisationAlias, Person

from .models import Appearance, GuidingQuestion, Item, Release, Room, Session
from .rules import Register

OWN = {each.__table__ for each in (GuidingQuestion, Item, Appearance)}


def sessions(workshop: Workshop) -> Select[Session]:
    """The whole draft agenda with everything in it, in order: four statements whatever its length."""
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id)
        .options(
            joinedload(Session.room),
            selectinload(Session.questions),
            selectinload(Session.items),
            selectinload(Session.appearances).options(
                joinedload(Appearance.person), joinedload(Appearance.organisation)
            ),
        )
        .order_by(Session.number)
    )


def newest_release(workshop_id: int) -> Select[Release]:
    return select(Release).where(Release.workshop_id == workshop_id).order_by(Release.number.desc()).limit(1)


def rooms(workshop: Workshop) -> Select[Room]:
    return select(Room).where(Room.workshop_id == workshop.id).order_by(Room.name)


def register(session: scoped_session[Any], workshop: Workshop) -> Register:
    """People and organisations a speaker's name is looked up among; a new name is taken to be in the first language."""
    return Register(
        people=session.scalars(people(workshop)).all(),
        organisations=session.scalars(organisations()).all(),
        aliases=session.scalars(aliases()).all(),
        language=workshop.languages[0],
    )


def people(workshop: Workshop) -> Select[Person]:
    """Everybody who appears on this agenda, each once."""
    appearing = select(Appearance.person_id).join(Session).where(Session.workshop_id == workshop.id)
    return select(Person).where(Person.id.in_(appearing)).order_by(Person.id)


def organisations() -> Select[Organisation]:
    return select(Organisation).order_by(Organisation.id)


def aliases() -> Select[OrganisationAlias]:
    return select(OrganisationAlias).options(joinedload(OrganisationAlias.organisation)).order_by(OrganisationAlias.id)


def hold(workshop: Workshop) -> ReturningUpdate[Workshop]:
    """Keeps the workshop to oneself until the commit, on either database: who saves at the same time waits,
    and then reads what the other has saved. Gives the workshop as it is now.
    """
    return (
        update(Workshop)
        .where(Workshop.id == workshop.id)
        .values(version=Workshop.version)
        .returning(Workshop)
        .execution_options(populate_existing=True, synchronize_session=False)
    )


def swap(one: Session, other: Session) -> tuple[Update, Update]:
    """Two sessions trade numbers: first both get out of the way, since no number may stand twice at any moment."""
    both, total = (one.id, other.id), one.number + other.number
    quiet = {"synchronize_session": False}
    return (
        update(Session)
        .where(Session.id.in_(both))
        .values(number=-1 - total + Session.number)
        .execution_options(**quiet),
        update(Session).where(Session.id.in_(both)).values(number=-1 - Session.number).execution_options(**quiet),
    )


def resting_on(row: Session | Item) -> Select[int]:
    """How many rows of later features belong to it, such as documents and break-out groups: their keys tell."""
    key: Any = type(row).__table__.c.id
    pointing = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table not in OWN and not table.info.get("rests_on_nothing") and column.references(key)
    ]
    counts = [select(func.count()).where(column == row.id).scalar_subquery() for column in pointing]
    return select(sum(counts, literal(0)))
