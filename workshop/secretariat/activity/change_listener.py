"""Writes down every change of a row whose class is `RECORDED`: one statement for each flush that brings changes.

What is changed past the session, by a statement of its own, is told with `note`.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from flask import g, has_request_context
from flask_login import current_user
from flask_sqlalchemy.session import Session
from sqlalchemy import event, insert, inspect, or_, update
from sqlalchemy.orm import Mapper, object_session

from workshop.platform.db import Base, Database, Model, now
from workshop.platform.recording import DOING, Recorded, plain
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

from .models import Actor, Change, Verb


class Numbered(Protocol):
    """Whatever has the number of a row."""

    @property
    def id(self) -> int: ...


PENDING = "changes to write down"
GONE = "workshops and accounts that no entry may point to any more"


@event.listens_for(Base, "after_insert", propagate=True)
def see_addition(_mapper: object, _connection: object, row: Any) -> None:
    if recorded := recorded_of(row):
        after = {name: plain(getattr(row, name)) for name in recorded.fields}
        keep(row, Verb.ADDED, {}, {name: value for name, value in after.items() if value not in (None, "", {}, [])})


@event.listens_for(Base, "after_update", propagate=True)
def see_change(_mapper: object, _connection: object, row: Any) -> None:
    if recorded := recorded_of(row):
        before, after = {}, {}
        for name in recorded.fields:
            history = inspect(row).attrs[name].history
            if history.added or history.deleted:
                before[name] = plain(history.deleted[0] if history.deleted else None)
                after[name] = plain(history.added[0] if history.added else None)
        if before != after:
            keep(row, Verb.CHANGED, before, after)


@event.listens_for(Base, "before_delete", propagate=True)
def see_removal(_mapper: object, _connection: object, row: Any) -> None:
    """Before it is gone, so that what it said can still be read. What a workshop was goes with it."""
    if isinstance(row, Workshop | User):
        session: Any = object_session(row)
        session.info.setdefault(GONE, set()).add((type(row), row.id))
    elif recorded := recorded_of(row):
        before = {name: plain(getattr(row, name)) for name in recorded.fields}
        keep(row, Verb.REMOVED, {name: value for name, value in before.items() if value not in (None, "", {}, [])}, {})


@event.listens_for(Mapper, "after_configured")
def remember_what_is_replaced() -> None:
    """What a recorded attribute said is read before it is replaced, if nobody has read it yet."""
    for mapper in Base.registry.mappers:
        for name in getattr(mapper.class_, "RECORDED", Recorded("", str, "")).fields:
            attribute = getattr(mapper.class_, name)
            if not attribute.impl.active_history:
                event.listen(attribute, "set", look_on, active_history=True)


def look_on(*_set: object) -> None:
    """Nothing more than being there."""


def recorded_of(row: Any) -> Recorded | None:
    return getattr(type(row), "RECORDED", None)


def keep(row: Any, verb: Verb, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Until the flush is through."""
    session: Any = object_session(row)
    session.info.setdefault(PENDING, []).append(entry_of(row, verb, before, after))


def recorded_by(kind: type[Model]) -> Recorded:
    """How a class says that it is recorded."""
    found: Recorded = kind.RECORDED  # type: ignore[attr-defined]
    return found


def note(kind: type[Model], thing: Numbered, workshop: Workshop, **changed: tuple[object, object]) -> dict[str, object]:
    """The entry, for `write_notes`, of a change that a statement makes past the session: attributes before and after.

    `thing` is whatever has the number and the name of the row of that kind.
    """
    before, after = ({name: plain(pair[side]) for name, pair in changed.items()} for side in (0, 1))
    table, recorded = kind.__tablename__, recorded_by(kind)
    row = {"kind": table, "row": thing.id, "object_kind": table, "object_row": thing.id}
    named: dict[str, object] = {"name": recorded.name_of(thing), "object_name": {}, "about_id": None}
    return acting() | row | named | {"workshop_id": workshop.id, "verb": Verb.CHANGED, "before": before, "after": after}


def write_notes(session: Database, notes: Iterable[dict[str, object]]) -> None:
    """In one statement, whatever their number."""
    table: Any = Change.__table__
    session.execute(insert(table), list(notes))


def silence(session: Database, kind: type[Model], rows: Collection[int]) -> None:
    """That these rows and their parts changed, and when, stays in the history; what it said goes."""
    table = kind.__tablename__
    own = or_(
        (Change.kind == table) & Change.row.in_(rows), (Change.object_kind == table) & Change.object_row.in_(rows)
    )
    nothing: dict[str, object] = {"name": {}, "object_name": {}, "before": {}, "after": {}}
    session.execute(update(Change).where(own).values(nothing).execution_options(synchronize_session=False))


def entry_of(row: Any, verb: Verb, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    recorded: Recorded = row.RECORDED
    whole = related(row, recorded.part_of) if recorded.part_of else None
    whole = row if whole is None else whole
    about = related(row, recorded.about) if recorded.about else None
    return {
        "workshop_id": workshop_of(row),
        "about_id": about.id if about else None,
        "verb": verb,
        "kind": row.__tablename__,
        "row": row.id,
        "name": recorded.name_of(row),
        "object_kind": whole.__tablename__,
        "object_row": whole.id,
        "object_name": {} if whole is row else whole.RECORDED.name_of(whole),
        "before": dict(before),
        "after": dict(after),
    }


def related(row: Any, attribute: str) -> Any:
    """The row that this attribute leads to, or led to until a moment ago."""
    value = getattr(row, attribute)
    return value if value is not None else next(iter(inspect(row).attrs[attribute].history.deleted or ()), None)


def workshop_of(row: Any) -> int | None:
    """Its own, or that of what it is a part of, however far up."""
    if isinstance(row, Workshop):
        return row.id
    recorded = recorded_of(row)
    own: int | None = getattr(row, "workshop_id", None)  # None too where what it was a part of is gone
    return own or (workshop_of(related(row, recorded.part_of)) if recorded and recorded.part_of else None)


def acting() -> dict[str, Any]:
    """Who is at work, and when."""
    if not has_request_context():
        who = DOING.get()
        return {"at": now(), "actor": Actor.PERSON if who else Actor.PROGRAM, "who_id": who}
    if not current_user.is_authenticated:
        return {"at": now(), "actor": Actor.LINK, "who_id": None}
    return {"at": now(), "actor": Actor.PERSON, "who_id": current_user.id}


@event.listens_for(Session, "before_flush")
def begin(session: Session, *_flush: object) -> None:
    """What a flush that failed had seen is forgotten."""
    session.info.pop(PENDING, None)


@event.listens_for(Session, "after_flush")
def write_down(session: Session, _flush: object) -> None:
    table: Any = Change.__table__
    if changes := session.info.pop(PENDING, None):
        here, gone = place_of_work(changes), session.info.get(GONE, set())
        by = acting()
        rows = [by | each | {"workshop_id": each["workshop_id"] or here} for each in changes]
        left = [without_gone(each, gone) for each in rows if (Workshop, each["workshop_id"]) not in gone]
        if left:
            session.connection().execute(insert(table), left)


def without_gone(row: dict[str, Any], gone: set[tuple[type, int]]) -> dict[str, Any]:
    """An entry that names no account that is erased in the same breath."""
    return row | {name: None for name in ("who_id", "about_id") if (User, row[name]) in gone}


def place_of_work(changes: Iterable[Mapping[str, Any]]) -> int | None:
    """The workshop in which what all workshops share is being changed: that of the page, else of what goes with it."""
    if has_request_context() and (here := g.get("workshop_id")):
        return int(here)
    others = {each["workshop_id"] for each in changes} - {None}
    return others.pop() if len(others) == 1 else None
