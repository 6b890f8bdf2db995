"""What to read. Statements only: the caller runs them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from flask_babel import ngettext
from sqlalchemy import ColumnElement, Executable, Select, Update, bindparam, func, literal, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.platform.db import Base, Database
from workshop.platform.providers import Provided
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.register.queries import aliases, organisations
from workshop.secretariat.series.models import MeetingMode, Workshop
from workshop.secretariat.settings.removal import Counted, contents

from .appearances import Register
from .models import Appearance, Availability, GuidingQuestion, Item, Move, QuestionWording, Replacement, Room, Session


class ExpectedDocument(Protocol):
    """As much of a document as is known before there are any."""

    @property
    def session_id(self) -> int: ...


OWN = {each.__table__ for each in (GuidingQuestion, Item, Appearance)}


document_states = Provided[[Workshop, Collection[int]], Executable](
    "The documents of these sessions of a workshop with their states, for its agenda."
)
release_state = Provided[[Workshop, Sequence[Session]], tuple[datetime | None, list[str], Sequence[object]]](
    "When the newest release was published, if there is one, in sentences what the draft changes against it, and the "
    "sessions in which it names nobody in public, since their modes do not allow it."
)


def meeting_modes(workshop_id: int) -> Select[int | None, MeetingMode | None, MeetingMode]:
    """Each session's id and own mode, beside the mode of the workshop, which stands in one row at least."""
    return (
        select(Session.id, Session.mode, Workshop.mode)
        .select_from(Workshop)
        .outerjoin(Session, Session.workshop_id == Workshop.id)
        .where(Workshop.id == workshop_id)
    )


def documents_by_session(
    session: Database, workshop: Workshop, sessions: Collection[int]
) -> dict[int, list[ExpectedDocument]]:
    """Where each document that is expected for one of these sessions stands, by the id of its session."""
    found: dict[int, list[ExpectedDocument]] = {}
    for statement in document_states(workshop, sessions):
        for document in session.scalars(statement):
            found.setdefault(document.session_id, []).append(document)
    return found


def sessions(workshop: Workshop) -> Select[Session]:
    """The whole draft agenda with everything in it, in order: four statements whatever its length."""
    return _with_people(workshop).options(selectinload(Session.questions))


def sessions_at_once(workshop: Workshop) -> Select[Session]:
    """The same in a statement less. Run with `.unique()`."""
    return _with_people(workshop).options(joinedload(Session.questions))


def _with_people(workshop: Workshop) -> Select[Session]:
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id)
        .options(
            joinedload(Session.room),
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


def rooms(workshop: Workshop) -> Select[Room]:
    return select(Room).where(Room.workshop_id == workshop.id).order_by(Room.position, Room.name, Room.id)


def availability(workshop: Workshop) -> Select[Availability]:
    """When people can be there, of everybody who said so."""
    return select(Availability).where(Availability.workshop_id == workshop.id)


def give_places() -> Update:
    """Many sessions at once get the places in the rows that come with it, keyed `session`."""
    names = ("starts_at", "ends_at", "room_id", "revision")
    table = Base.metadata.tables[Session.__tablename__]
    return update(table).where(table.c.id == bindparam("session")).values({name: bindparam(name) for name in names})


def move_of(workshop: Workshop, key: str) -> Select[Move]:
    return select(Move).where(Move.workshop_id == workshop.id, Move.key == key)


def register(session: Database, workshop: Workshop) -> Register:
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


def replacements(*conditions: ColumnElement[bool]) -> Select[Replacement]:
    """Who had a place before, the newest first, with what to print of them. `conditions` say which places."""
    return (
        select(Replacement)
        .join(Replacement.appearance)
        .where(*conditions)
        .options(joinedload(Replacement.organisation), joinedload(Replacement.appearance).joinedload(Appearance.person))
        .order_by(Replacement.id.desc())
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
    """How many rows of later packages belong to it, such as documents and break-out groups: their keys tell."""
    key = Base.metadata.tables[row.__tablename__].c.id
    pointing = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table not in OWN and not table.info.get("rests_on_nothing") and column.references(key)
    ]
    counts = [select(func.count()).where(column == row.id).scalar_subquery() for column in pointing]
    return select(sum(counts, literal(0)))


@register_queries.organisation_ids_in.by
def organisation_ids_in(workshops: Select[int]) -> Select[int | None]:
    """The organisations that somebody on an agenda comes from."""
    return select(Appearance.organisation_id).join(Session).where(Session.workshop_id.in_(workshops))


@register_queries.organisation_ids_in.by
def former_organisation_ids_in(workshops: Select[int]) -> Select[int | None]:
    """Those of people who had a place on an agenda before."""
    before = select(Replacement.organisation_id).join(Replacement.appearance).join(Appearance.session)
    return before.where(Session.workshop_id.in_(workshops))


@register_queries.uses_of.by
def appearances_from(organisation: Organisation, workshops: Select[int]) -> Select[Appearance]:
    """Everybody who appears for it."""
    return (
        select(Appearance)
        .join(Appearance.session)
        .where(Appearance.organisation_id == organisation.id, Session.workshop_id.in_(workshops))
        .options(contains_eager(Appearance.session).joinedload(Session.workshop), joinedload(Appearance.person))
        .order_by(Session.workshop_id.desc(), Session.number, Appearance.position)
    )


@contents.by
def sessions_contained(workshop: Workshop) -> Iterator[Counted]:
    counted = select(func.count(Session.id)).where(Session.workshop_id == workshop.id)
    yield counted, lambda count: ngettext("%(num)s session", "%(num)s sessions", count)
