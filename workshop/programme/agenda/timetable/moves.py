"""Giving sessions another place in the timetable. One rule for mouse, keyboard, buttons and plain forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import dates
from workshop.platform.labels import Labelled

from .. import times
from ..models import StoredPlace
from .clash_phrases import name_of
from .plan import Entry, Place, Programme

STEP = 5
USUAL_LENGTH = 60


class Then(Labelled):
    """What becomes of the sessions that follow one that is moved."""

    STAY = "stay", _l("Leave what follows in place")
    ALONG = "along", _l("What follows in that room moves along")
    DAY = "day", _l("The whole day moves along")


class Step(Labelled):
    """A small move, by one button."""

    EARLIER = "earlier", _l("5 minutes earlier")
    LATER = "later", _l("5 minutes later")
    ROOM_BEFORE = "room_before", _l("Previous room")
    ROOM_AFTER = "room_after", _l("Next room")
    DAY_BEFORE = "day_before", _l("Previous day")
    DAY_AFTER = "day_after", _l("Next day")
    OUT = "out", _l("Remove from the timetable")


@dataclass(frozen=True)
class Wish:
    """Where somebody wants a session: on the clocks of the place. Without `minutes` it keeps its length."""

    day: date | None = None
    start: time | None = None
    room: int | None = None
    minutes: int | None = None


class Stale(RuleBroken):
    """Somebody else changed the session in the meantime. What it is now comes with the refusal."""


def refuse_stale(entry: Entry, seen: str) -> None:
    """Whoever moves a session has seen where it stands now."""
    if seen != entry.seen:
        raise Stale(_("Someone else changed this session while you were moving it. Nothing was moved."))


def length_of(entry: Entry) -> int:
    """In minutes; of a session without times what its items take, or an hour."""
    return entry.length or entry.minutes or USUAL_LENGTH


def wish_after(programme: Programme, entry: Entry, step: Step) -> Wish:
    """Where one press of a button puts a session that has a time. At the last room or day it stays."""
    at, room = entry.place.starts_at, entry.place.room
    if step is Step.OUT:
        return Wish(room=room)
    if at is None:
        raise RuleBroken(_("The session has no time yet. Give it a day and a start first."), "day")
    local = programme.local(at)
    if step in {Step.EARLIER, Step.LATER}:
        local += timedelta(minutes=STEP if step is Step.LATER else -STEP)
    if step in {Step.DAY_BEFORE, Step.DAY_AFTER}:
        local += timedelta(days=1 if step is Step.DAY_AFTER else -1)
    if step in {Step.ROOM_BEFORE, Step.ROOM_AFTER}:
        room = _beside([each.id for each in programme.rooms], room, 1 if step is Step.ROOM_AFTER else -1)
    return Wish(local.date(), local.time(), room)


def _beside(rooms: list[int], room: int | None, by: int) -> int | None:
    """The next room in order; a session without one goes to the first."""
    if not rooms or room not in rooms:
        return rooms[0] if rooms else None
    return rooms[min(max(rooms.index(room) + by, 0), len(rooms) - 1)]


def place(programme: Programme, entry: Entry, wish: Wish, then: Then) -> dict[int, Place]:
    """The new place of the session, first, and of each that moves along with it; those that stay are left out.

    A session that moves along keeps its length and its room. Raises RuleBroken where there is no such place.
    """
    new = wished_place(programme, entry, wish)
    shift = _shift(programme, entry, new, then)
    places = {entry.id: new}
    for each in _following(programme, entry, new, then) if shift else ():
        places[each.id] = _shifted(programme, each, shift, to=new)
    if places == {entry.id: entry.place}:
        raise RuleBroken(_("The session is already in that place."))
    return {id: found for id, found in places.items() if id == entry.id or found != programme.by_id[id].place}


def wished_place(programme: Programme, entry: Entry, wish: Wish) -> Place:
    """The place that is wished for. Raises RuleBroken where there is no such place."""
    if wish.room is not None and wish.room not in programme.rooms_by_id:
        raise RuleBroken(_("This room no longer exists."), "room")
    if wish.day is None and wish.start is None:
        return Place(room=wish.room)
    if wish.day is None or wish.start is None:
        raise RuleBroken(_("Give the day and the start, or leave both empty."), "day" if wish.day is None else "start")
    minutes = wish.minutes or length_of(entry)
    return _fitting(programme, entry, wish.day, wish.start, timedelta(minutes=minutes), wish.room)


def _fitting(programme: Programme, entry: Entry, day: date, start: time, lasts: timedelta, room: int | None) -> Place:
    """The place, if it begins on a day of the workshop and is over by the morning after the last."""
    if not programme.first <= day <= programme.last:
        held = dates(programme.first, programme.last)
        raise RuleBroken(
            _(
                "%(session)s would be outside the dates of the workshop: %(dates)s.",
                session=name_of(entry),
                dates=held,
            ),
            "day",
        )
    starts_at = times.moment(day, start, programme.zone, field="start")
    if programme.local(starts_at + lasts).date() > day and not (entry.timed and crosses_midnight(programme, entry)):
        raise RuleBroken(_("%(session)s would run past midnight.", session=name_of(entry)), "start")
    return Place(starts_at, starts_at + lasts, room)


def crosses_midnight(programme: Programme, entry: Entry) -> bool:
    """Whether it ended on a later day before it was moved: then it may again."""
    start, end = (programme.local(at).date() for at in entry.span)
    return start != end


def _shift(programme: Programme, entry: Entry, new: Place, then: Then) -> timedelta:
    """By how much the others move on the clocks of the place. What follows moves as the end of the session does,
    the whole day as its start; to bring a session into the timetable pushes what follows by its length.
    """
    if then is Then.STAY or not (new.starts_at and new.ends_at):
        return timedelta()
    if not entry.timed:
        return new.ends_at - new.starts_at if then is Then.ALONG else timedelta()
    before, after = (entry.span[1], new.ends_at) if then is Then.ALONG else (entry.span[0], new.starts_at)
    return programme.local(after) - programme.local(before)


def _following(programme: Programme, entry: Entry, new: Place, then: Then) -> Iterable[Entry]:
    """Which others move along: those of its day, or of its room from its end on (of the new place, if it had none)."""
    place, after = (entry.place, entry.place.ends_at) if entry.timed else (new, new.starts_at)
    if not (place.starts_at and after):
        return
    day = programme.local(place.starts_at).date()
    for each in programme.entries:
        if each.id == entry.id or not each.timed or programme.day_of(each) != day:
            continue
        if then is Then.DAY or (each.place.room == place.room and each.span[0] >= after):
            yield each


def _shifted(programme: Programme, entry: Entry, shift: timedelta, *, to: Place) -> Place:
    """One that moves along, to the day that the session itself moves to."""
    local, lasts = programme.local(entry.span[0]) + shift, entry.span[1] - entry.span[0]
    if to.starts_at and programme.local(to.starts_at).date() != local.date():
        raise RuleBroken(_("%(session)s would fall on another day.", session=name_of(entry)), "start")
    return _fitting(programme, entry, local.date(), local.time(), lasts, entry.place.room)


def places_before(programme: Programme, places: Mapping[int, Place]) -> list[StoredPlace]:
    """Where those that move stand now, as a Move keeps it, with the revision that moving gives them."""
    rows = [programme.by_id[id] for id in places]
    return [
        {
            "id": each.id,
            "starts_at": each.place.starts_at.isoformat() if each.place.starts_at else None,
            "ends_at": each.place.ends_at.isoformat() if each.place.ends_at else None,
            "room": each.place.room,
            "revision": each.revision + 1,
        }
        for each in rows
    ]


def put_back(programme: Programme, before: Iterable[StoredPlace]) -> dict[int, Place]:
    """Where they stood before a move. Raises RuleBroken, and moves none, when somebody changed one of them since."""
    places = {}
    for row in before:
        entry = programme.by_id.get(row["id"])
        if entry is None:
            raise RuleBroken(_("A session that was moved has been removed since. Nothing was restored."))
        if entry.revision != row["revision"]:
            raise RuleBroken(
                _("%(session)s was changed again after that move. Nothing was restored.", session=name_of(entry))
            )
        start, end = (datetime.fromisoformat(at) if at else None for at in (row["starts_at"], row["ends_at"]))
        room = row["room"] if row["room"] in programme.rooms_by_id else None
        places[entry.id] = Place(start, end, room)
    return places
