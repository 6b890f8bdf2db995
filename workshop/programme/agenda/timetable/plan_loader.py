"""Reads the timetable out of the database: five statements, whatever its size, and no more than it needs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, func, select

from workshop.platform.db import Database, Words
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.series.models import Workshop

from ..formats import Format, Part
from ..models import Appearance, Availability, Item, Room, Session
from .plan import Entry, Hall, Needed, Place, Programme

EntryRow = tuple[
    int,
    int,
    Words,
    Format,
    datetime | None,
    datetime | None,
    int | None,
    bool,
    int | None,
    int,
    int | None,
]


def programme(session: Database, workshop: Workshop) -> Programme:
    """Everything that the timetable shows and checks. Rows, not objects: with 120 sessions that is ten times faster."""
    return replace(
        facts(session, workshop),
        entries=tuple(_entries(session.execute(entries(workshop)))),
        rooms=tuple(Hall(*row) for row in session.execute(halls(workshop))),
        people=tuple(Needed(*row) for row in session.execute(appearances_in_plan(workshop))),
    )


def programme_of(session: Database, workshop: Workshop, sessions: Iterable[Session]) -> Programme:
    """The same for checking, out of sessions that were read already: one statement more."""
    rows = list(sessions)
    halls = {each.room.id: Hall(each.room.id, each.room.name, each.room.seats) for each in rows if each.room}
    return replace(
        facts(session, workshop),
        entries=tuple(
            Entry(
                each.id,
                each.number,
                each.title,
                each.format,
                Place(each.starts_at, each.ends_at, each.room_id),
                each.interpreted,
                each.expected,
                each.revision,
                sum(item.minutes or 0 for item in each.items),
            )
            for each in rows
        ),
        rooms=tuple(halls.values()),
        people=tuple(
            Needed(who.session_id, who.delivered_by_id or who.person_id, who.part, who.organisation_id, who.country)
            for each in rows
            for who in each.appearances
        ),
    )


def facts(session: Database, workshop: Workshop) -> Programme:
    """What holds for the whole workshop, and who told when they can be there."""
    there: dict[int, list[tuple[datetime, datetime]]] = {}
    for person, start, end in session.execute(availability(workshop)):
        there.setdefault(person, []).append((start, end))
    return Programme(
        zone=workshop.zone,
        first=workshop.starts_on,
        last=workshop.ends_on,
        there=there,
        hard_stops=tuple(workshop.hard_stops),
        teams=workshop.interpreter_teams,
    )


def entries(workshop: Workshop) -> Select[*EntryRow]:
    minutes = (
        select(Item.session_id, func.sum(Item.minutes).label("minutes"))
        .join(Item.session)
        .where(Session.workshop_id == workshop.id)
        .group_by(Item.session_id)
        .subquery("minutes")
    )
    return (
        select(
            Session.id,
            Session.number,
            Session.title,
            Session.format,
            Session.starts_at,
            Session.ends_at,
            Session.room_id,
            Session.interpreted,
            Session.expected,
            Session.revision,
            minutes.c.minutes,
        )
        .outerjoin(minutes, minutes.c.session_id == Session.id)
        .where(Session.workshop_id == workshop.id)
        .order_by(Session.number)
    )


def _entries(rows: Iterable[EntryRow]) -> Iterable[Entry]:
    for id, number, title, format, starts_at, ends_at, room, interpreted, expected, revision, minutes in rows:
        place = Place(starts_at, ends_at, room)
        yield Entry(id, number, title, format, place, interpreted, expected, revision, minutes or 0)


def halls(workshop: Workshop) -> Select[int, str, int | None]:
    return (
        select(Room.id, Room.name, Room.seats)
        .where(Room.workshop_id == workshop.id)
        .order_by(Room.position, Room.name, Room.id)
    )


def appearances_in_plan(workshop: Workshop) -> Select[int, int, Part, int | None, str, str]:
    there = func.coalesce(Appearance.delivered_by_id, Appearance.person_id)  # whoever must be there
    written = func.trim(Person.given_name + " " + Person.family_name)
    return (
        select(
            Appearance.session_id,
            there,
            Appearance.part,
            Appearance.organisation_id,
            Appearance.country,
            func.coalesce(func.nullif(Person.name_as_published, ""), written),
        )
        .join(Session, Appearance.session_id == Session.id)
        .join(Person, there == Person.id)
        .where(Session.workshop_id == workshop.id)
        .order_by(Appearance.id)
    )


def people(ids: Iterable[int]) -> Select[Person]:
    return select(Person).where(Person.id.in_(ids))


def organisations(ids: Iterable[int]) -> Select[Organisation]:
    return select(Organisation).where(Organisation.id.in_(ids))


def availability(workshop: Workshop) -> Select[int, datetime, datetime]:
    return (
        select(Availability.person_id, Availability.starts_at, Availability.ends_at)
        .where(Availability.workshop_id == workshop.id)
        .order_by(Availability.person_id, Availability.starts_at)
    )
