"""What to read. Statements only: the caller runs them."""

from typing import Any

from sqlalchemy import Select, Update, bindparam, func, literal, or_, select, update
from sqlalchemy.orm import contains_eager, defer, joinedload, scoped_session, selectinload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.db import Base
from workshop.series.models import Workshop
from workshop.stakeholders.countries import sort_key
from workshop.stakeholders.models import Organisation, OrganisationAlias, Person

from .models import Appearance, GuidingQuestion, Item, Move, QuestionWording, Release, Replacement, Room, Session
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
                joinedload(Appearance.person), joinedload(Appearance.organisation), joinedload(Appearance.delivered_by)
            ),
        )
        .order_by(Session.number)
    )


def wordings(session: Session) -> Select[QuestionWording]:
    """Everything the guiding questions of a session ever said, in order."""
    return (
        select(QuestionWording)
        .join(QuestionWording.question)
        .where(GuidingQuestion.session_id == session.id)
        .options(contains_eager(QuestionWording.question))
        .order_by(GuidingQuestion.position, QuestionWording.number)
    )


def newest_release(workshop_id: int) -> Select[Release]:
    return select(Release).where(Release.workshop_id == workshop_id).order_by(Release.number.desc()).limit(1)


def releases(workshop_id: int) -> Select[Release]:
    """Every release without its agenda, the newest first."""
    return (
        select(Release)
        .where(Release.workshop_id == workshop_id)
        .options(defer(Release.agenda))
        .order_by(Release.number.desc())
    )


def release(workshop_id: int, *numbers: int) -> Select[Release]:
    """The releases of these numbers with their agendas, in order."""
    return (
        select(Release).where(Release.workshop_id == workshop_id, Release.number.in_(numbers)).order_by(Release.number)
    )


def rooms(workshop: Workshop) -> Select[Room]:
    return select(Room).where(Room.workshop_id == workshop.id).order_by(Room.position, Room.name, Room.id)


def give_places() -> Update:
    """Many sessions at once get the places in the rows that come with it, keyed `session`."""
    names = ("starts_at", "ends_at", "room_id", "revision")
    table: Any = Session.__table__
    return update(table).where(table.c.id == bindparam("session")).values({name: bindparam(name) for name in names})


def move_of(workshop: Workshop, key: str) -> Select[Move]:
    return select(Move).where(Move.workshop_id == workshop.id, Move.key == key)


def register(session: scoped_session[Any], workshop: Workshop) -> Register:
    """People and organisations a speaker's name is looked up among; a new name is taken to be in the first language."""
    return Register(
        people=session.scalars(people_ever(workshop)).all(),
        organisations=session.scalars(organisations()).all(),
        aliases=session.scalars(aliases()).all(),
        language=workshop.languages[0],
    )


def people(workshop: Workshop) -> Select[Person]:
    """Everybody who appears on this agenda or reads out a statement there, each once."""
    here = Session.workshop_id == workshop.id
    appearing = select(Appearance.person_id).join(Session).where(here)
    delivering = select(Appearance.delivered_by_id).join(Session).where(here, Appearance.delivered_by_id.is_not(None))
    return select(Person).where(or_(Person.id.in_(appearing), Person.id.in_(delivering))).order_by(Person.id)


def people_ever(workshop: Workshop) -> Select[Person]:
    """The same with those who had a place before, so that whoever comes back is not taken for somebody new."""
    before = (
        select(Replacement.person_id)
        .join(Replacement.appearance)
        .join(Appearance.session)
        .where(Session.workshop_id == workshop.id)
    )
    now_there = people(workshop).with_only_columns(Person.id).order_by(None)
    return select(Person).where(or_(Person.id.in_(now_there), Person.id.in_(before))).order_by(Person.id)


def replacements(*conditions: Any) -> Select[Replacement]:
    """Who had a place before, the newest first, with what to print of them. `conditions` say which places."""
    return (
        select(Replacement)
        .join(Replacement.appearance)
        .where(*conditions)
        .options(joinedload(Replacement.organisation), joinedload(Replacement.appearance).joinedload(Appearance.person))
        .order_by(Replacement.id.desc())
    )


def names_of_organisations(session: scoped_session[Any], language: str) -> list[str]:
    """Every name and alias, for a form to suggest, in the order of the alphabet."""
    named = session.scalars(select(Organisation.name)).all()
    others = session.scalars(select(OrganisationAlias.name)).all()
    return sorted(
        {*(name.in_(language, "en")[0] for name in named), *others}, key=lambda each: sort_key(each, language)
    )


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
