"""What an agenda allows, and how it is changed and published. No database, no request, no clock."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from flask_babel import gettext as _

from workshop.db import Words
from workshop.errors import RuleBroken
from workshop.series.models import MeetingMode, Workshop
from workshop.stakeholders.models import Person

from . import times
from .changes import changes as changes
from .models import Appearance, Format, GuidingQuestion, Item, Perspective, Release, Room, Session
from .releasing import with_sequence
from .speakers import Register as Register
from .speakers import Speaker as Speaker
from .speakers import appear as appear
from .speakers import edit_appearance as edit_appearance
from .speakers import replace as replace
from .wordings import Placed, in_order
from .wordings import QuestionText as QuestionText
from .wordings import renumbered as renumbered


@dataclass(frozen=True)
class SessionText:
    """What an organiser writes about a session. `questions` is None when they stay as they are."""

    title: Words
    format: Format
    subtitle: Words = field(default_factory=Words)
    note: Words = field(default_factory=Words)
    lens: Words = field(default_factory=Words)
    day: date | None = None
    start: time | None = None
    end: time | None = None
    room: str = ""
    mode: MeetingMode | None = None
    interpreted: bool = False
    expected: int | None = None
    questions: Sequence[QuestionText] | None = None


@dataclass(frozen=True)
class ItemText:
    """What an organiser writes about an item."""

    title: Words
    role_label: Words
    minutes: int | None = None
    perspective: Perspective | None = None


Row = TypeVar("Row", bound=Placed)


def add_session(workshop: Workshop, text: SessionText, *, before: Sequence[Session], rooms: Iterable[Room]) -> Session:
    """A session at the end of the programme, which counts from 1, or from 0 when it opens with a welcome."""
    opening = text.format in {Format.WELCOME, Format.REGISTRATION}
    number = max((each.number for each in before), default=-1 if opening else 0) + 1
    session = Session(workshop=workshop, number=number, title=text.title, format=text.format)
    _write(session, text, rooms)
    return session


def repeated(text: SessionText, like: Session | None) -> SessionText:
    """The text of a new session, with what another says beside title, format and place, if it is to be like it."""
    if like is None:
        return text
    same = {key: getattr(like, key) for key in ("subtitle", "note", "lens", "mode", "interpreted", "expected")}
    return dataclasses.replace(text, **same)


def edit_session(session: Session, text: SessionText, *, rooms: Iterable[Room]) -> None:
    """Put the text in place of what was there. The caller has made sure that `revision` is the one that was read."""
    _write(session, text, rooms)
    session.revision += 1


def _write(session: Session, text: SessionText, rooms: Iterable[Room]) -> None:
    starts_at, ends_at = times.span(text.day, text.start, text.end, session.workshop)
    if not text.title:
        raise RuleBroken(_("Give the session a title in at least one language."), "title")
    session.title, session.subtitle, session.note, session.lens = text.title, text.subtitle, text.note, text.lens
    session.format, session.mode = text.format, text.mode
    session.interpreted, session.expected = text.interpreted, text.expected
    session.starts_at, session.ends_at = starts_at, ends_at
    session.room = _room(session.workshop, text.room, rooms)
    if text.questions is not None:
        session.questions[:] = in_order(session.questions, text.questions, GuidingQuestion)


def _room(workshop: Workshop, name: str, rooms: Iterable[Room]) -> Room | None:
    """The room of that name, however it is capitalised; a new one where there is none yet."""
    if not name:
        return None
    known = {room.name.casefold(): room for room in rooms}
    return known.get(name.casefold()) or Room(workshop=workshop, name=name)


def move(rows: Sequence[Row], row: Row, *, up: bool) -> None:
    """One place up or down among its like; at the end of the row it stays."""
    order = list(rows)
    place = order.index(row)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    renumbered(order)


def neighbour(sessions: Sequence[Session], session: Session, *, up: bool) -> Session:
    """The session that one trades numbers with by moving up or down. Raises RuleBroken at the end of the programme."""
    near = [each for each in sessions if (each.number < session.number if up else each.number > session.number)]
    if not near:
        raise RuleBroken(_("The session is already the first.") if up else _("The session is already the last."))
    return max(near, key=_number) if up else min(near, key=_number)


def _number(session: Session) -> int:
    return session.number


def add_item(session: Session, text: ItemText, *, has_speaker: bool) -> Item:
    """An item at the end of the session. Raises RuleBroken when it would say nothing at all."""
    _refuse_empty(text, has_speaker=has_speaker)
    item = Item(position=max((each.position for each in session.items), default=0) + 1)
    session.items.append(item)
    edit_item(item, text, has_speaker=has_speaker)
    return item


def edit_item(item: Item, text: ItemText, *, has_speaker: bool) -> None:
    _refuse_empty(text, has_speaker=has_speaker)
    item.title, item.role_label = text.title, text.role_label
    item.minutes, item.perspective = text.minutes, text.perspective


def _refuse_empty(text: ItemText, *, has_speaker: bool) -> None:
    if not (text.title or text.role_label or has_speaker):
        raise RuleBroken(_("Give the item a title, a role or a speaker: otherwise nothing would be printed."), "title")


def may_remove(*, resting: int) -> bool:
    """Documents and groups are never lost with the session or item they belong to: they are dealt with first."""
    return resting == 0


def publish(
    workshop: Workshop, sessions: Sequence[Session], *, previous: int, at: datetime,
    before: Sequence[dict[str, Any]] = (), name: Words | None = None, note: Words | None = None,
) -> Release:  # fmt: skip
    """The agenda as it stands, frozen for the public. `previous` is the number of the last release, 0 for none,
    and `before` its agenda.
    """
    workshop.changed_in_public()
    return Release(
        workshop=workshop, number=previous + 1, published_at=at, agenda=as_published(sessions, before),
        name=name or Words(), note=note or Words(),
    )  # fmt: skip


def as_published(sessions: Sequence[Session], before: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """The sessions as plain data, in the order of the programme: what a release keeps."""
    return with_sequence([_session(session) for session in sorted(sessions, key=_number)], before)


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "number": session.number,
        "title": session.title,
        "subtitle": session.subtitle,
        "note": session.note,
        "lens": session.lens,
        "format": session.format.value,
        "starts_at": _utc(session.starts_at),
        "ends_at": _utc(session.ends_at),
        "room": session.room.name if session.room else "",
        "mode": (session.mode or session.workshop.mode).value,
        "questions": [question.text for question in session.questions],
        "items": [_item(item, session.appearances) for item in session.items],
        "people": [_person(who) for who in session.appearances if who.item is None],
    }


def _item(item: Item, appearances: Sequence[Appearance]) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "perspective": item.perspective.value if item.perspective else None,
        "role_label": item.role_label,
        "minutes": item.minutes,
        "people": [_person(who) for who in appearances if who.item is item],
    }


def _person(who: Appearance) -> dict[str, Any]:
    """What is rarely there is left out where it is not, so that releases made before it was known equal later ones."""
    category = who.organisation.category if who.organisation else None
    rare = {
        "names": who.person.names,
        "role_label": who.role_label,
        "perspective": who.perspective.value if who.perspective else None,
        "category": category.value if category else None,
        "delivered_by": _deliverer(who.delivered_by, who.delivered_by_function) if who.delivered_by else None,
        "replaces": who.formerly,
    }
    return {
        "id": who.person.id,
        "name": who.person.display_name,
        "family_name": who.person.family_name,
        "part": who.part.value,
        "function": who.function,
        "organisation": who.organisation.name if who.organisation else {},
        "country": who.country,
        "country_inferred": who.country_inferred,
    } | {key: value for key, value in rare.items() if value}


def _deliverer(person: Person, function: Words) -> dict[str, Any]:
    """Who reads out a statement for somebody else."""
    said: dict[str, Any] = {"id": person.id, "name": person.display_name, "family_name": person.family_name}
    return said | {"function": function} | ({"names": person.names} if person.names else {})


def _utc(moment: datetime | None) -> str | None:
    """A moment as text, the same whichever zone it was given in."""
    return moment.astimezone(UTC).isoformat() if moment else None
