"""The rooms of a workshop, and what its timetable may count on. Plain rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Workshop

from ..models import Room


@dataclass(frozen=True)
class RoomText:
    """What an organiser writes about a room."""

    name: str
    seats: int | None = None
    names: Words = field(default_factory=Words)


def add_room(workshop: Workshop, text: RoomText, *, rooms: Sequence[Room]) -> Room:
    """A room after the others. No two have the same name, however capitalised."""
    room = Room(workshop=workshop, name=text.name, position=max((each.position for each in rooms), default=0) + 1)
    edit_room(room, text, rooms=rooms)
    return room


def edit_room(room: Room, text: RoomText, *, rooms: Sequence[Room]) -> None:
    if any(each.name.casefold() == text.name.casefold() for each in rooms if each is not room):
        raise RuleBroken(_("A room with that name already exists."), "name")
    room.name, room.seats = text.name, text.seats
    room.names = Words({code: name for code, name in text.names.items() if name != text.name})


def remove_room(*, used: int) -> None:
    """A room that sessions are held in stays."""
    if used:
        raise RuleBroken(_("The room is in use. Give its sessions another room first; nothing has been removed."))


def hard_stops(written: str) -> list[str]:
    """Times of day out of "13:00, 18:00", in order. Raises RuleBroken naming what is not one."""
    found = []
    for each in re.split(r"[\s,;]+", written.strip()):
        if not each:
            continue
        match = re.fullmatch(r"(\d{1,2})[:.h](\d{2})", each)
        if not match or int(match[1]) > 23 or int(match[2]) > 59:
            raise RuleBroken(_("“%(text)s” is not a time of day such as 13:00.", text=each), "hard_stops")
        found.append(time(int(match[1]), int(match[2])).isoformat("minutes"))
    return sorted(set(found))
