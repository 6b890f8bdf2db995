"""Sessions made from those of an earlier workshop or from an outline, without people; and moved with the workshop."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workshop.platform.db import Database, Model, Words
from workshop.platform.i18n import on_day
from workshop.secretariat.series.copying import Copy, CopyPart, copied, laid_out
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.outlines import Outline, OutlineSession
from workshop.secretariat.settings.rescheduling import Moved, moved_moment, moved_moments, planned_days, rescheduled

from . import queries
from .formats import Format
from .models import GuidingQuestion, Item, Room, Session
from .rules import OPENING


@copied.by
def copied_agenda(session: Database, wanted: Copy, rows: list[Model]) -> None:
    """Rooms and sessions with their questions and items."""
    if CopyPart.AGENDA not in wanted.parts:
        return
    rooms = {
        room.id: Room(
            workshop=wanted.target, name=room.name, names=room.names, seats=room.seats, position=room.position
        )
        for room in session.scalars(queries.rooms(wanted.source))
    }
    sessions = session.scalars(queries.sessions(wanted.source)).all()
    rows.extend(rooms.values())
    rows.extend(copied_session(each, wanted, rooms) for each in sessions)


def copied_session(session: Session, wanted: Copy, rooms: dict[int, Room]) -> Session:
    """The same session in another workshop. Who appeared in it, and what an item of theirs was called, stays behind."""
    named = {who.item_id for who in session.appearances}
    made = Session(
        workshop=wanted.target,
        **{name: getattr(session, name) for name in ("number", "title", "format", "subtitle", "note", "lens")},
        starts_at=wanted.moment(session.starts_at) if session.starts_at else None,
        ends_at=wanted.moment(session.ends_at) if session.ends_at else None,
        room=rooms.get(session.room_id or 0),
        mode=session.mode,
        interpreted=session.interpreted,
        expected=session.expected,
    )
    made.questions = [GuidingQuestion(position=each.position, text=each.text) for each in session.questions]
    made.items = [
        Item(
            position=item.position,
            title=Words() if item.id in named else item.title,
            perspective=item.perspective,
            role_label=item.role_label,
            minutes=item.minutes,
        )
        for item in session.items
    ]
    return made


@laid_out.by
def outlined_agenda(workshop: Workshop, outline: Outline, rows: list[Model]) -> None:
    """The sessions of an outline, as far as the workshop has days for them."""
    days = (workshop.ends_on - workshop.starts_on).days + 1
    fitting = [each for each in outline.sessions if each.day <= days]
    first = 0 if fitting and Format(fitting[0].format) in OPENING else 1
    rows.extend(outlined_session(workshop, each, number) for number, each in enumerate(fitting, first))


def outlined_session(workshop: Workshop, outlined: OutlineSession, number: int) -> Session:
    day = workshop.starts_on + timedelta(days=outlined.day - 1)
    at = datetime.combine(day, time.fromisoformat(outlined.start), ZoneInfo(workshop.zone)).astimezone(UTC)
    kept = Words({code: text for code, text in outlined.title.items() if code in workshop.languages})
    return Session(
        workshop=workshop,
        number=number,
        title=kept or Words(en=outlined.title["en"]),
        format=Format(outlined.format),
        starts_at=at,
        ends_at=at + timedelta(minutes=outlined.minutes),
    )


@planned_days.by
def days_of_sessions(session: Database, workshop: Workshop) -> Collection[date]:
    return {on_day(each.starts_at, workshop.zone) for each in with_times(session, workshop) if each.starts_at}


@rescheduled.by
def move_agenda(session: Database, workshop: Workshop, moved: Moved) -> None:
    """Sessions, and the times at which people can come."""
    for each in with_times(session, workshop):
        each.starts_at, each.ends_at = moved_moments((each.starts_at, each.ends_at), workshop, moved)
        each.revision += 1
    for span in session.scalars(queries.availability(workshop)):
        span.starts_at = moved_moment(span.starts_at, workshop, moved)
        span.ends_at = moved_moment(span.ends_at, workshop, moved)


def with_times(session: Database, workshop: Workshop) -> Iterator[Session]:
    return (each for each in session.scalars(queries.sessions(workshop)) if each.starts_at)
