"""What an agenda allows, and how it is changed and published. No database, no request, no clock."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TypeVar

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import MeetingMode, Workshop

from . import times
from .formats import Format, Perspective
from .models import GuidingQuestion, Item, Room, Session
from .question_wordings import Placed, QuestionText, in_order, renumber


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
    until: date | None = None
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
OPENING = {Format.WELCOME, Format.REGISTRATION}


def add_session(workshop: Workshop, text: SessionText, *, before: Sequence[Session], rooms: Iterable[Room]) -> Session:
    """A session at the end of the programme, which counts from 1, or from 0 when it opens with a welcome."""
    opening = text.format in OPENING
    number = max((each.number for each in before), default=-1 if opening else 0) + 1
    session = Session(workshop=workshop, number=number, title=text.title, format=text.format)
    _write(session, text, rooms)
    return session


def text_like(text: SessionText, like: Session | None) -> SessionText:
    """The text of a new session, with what another says beside title, format and place, if it is to be like it."""
    if like is None:
        return text
    same = {key: getattr(like, key) for key in ("subtitle", "note", "lens", "mode", "interpreted", "expected")}
    return dataclasses.replace(text, **same)


def edit_session(session: Session, text: SessionText, *, rooms: Iterable[Room]) -> None:
    """Put the text in place of what was there. The caller has made sure that `revision` is the one that was read."""
    _write(session, text, rooms)
    session.revision += 1


def edit_questions(session: Session, questions: Sequence[QuestionText]) -> None:
    """Put these guiding questions in place of those that were there. What the form showed is what was kept."""
    session.questions[:] = in_order(session.questions, questions, GuidingQuestion)


def _write(session: Session, text: SessionText, rooms: Iterable[Room]) -> None:
    starts_at, ends_at = times.span(text.day, text.start, text.end, session.workshop, text.until)
    if not text.title:
        raise RuleBroken(_("Give the session a title in at least one language."), "title")
    session.title, session.subtitle, session.note, session.lens = text.title, text.subtitle, text.note, text.lens
    if session.mode != text.mode:
        session.workshop.changed_in_public()  # what is published already names people as the modes allow now
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
    renumber(order)


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
