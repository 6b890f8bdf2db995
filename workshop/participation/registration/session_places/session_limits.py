"""Who has a place in a session and who waits for one, under the numbers of session and room.

No database, no request, no clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.errors import RuleBroken
from workshop.platform.labels import Labelled
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.models import MeetingMode

from ..models import PlaceStatus, SessionPlace, SessionQuota


class Bound(Labelled):
    """What limits a session."""

    SESSION = "session", _l("the session is full")
    ROOM = "room", _l("the room is full")


@dataclass(frozen=True)
class Limit:
    """How many there may be, and what says so; None is no limit."""

    seats: int | None
    bound: Bound


def limit_of(session: Session, quota: SessionQuota | None) -> Limit:
    """What was decided for the session, and never more than its room holds."""
    own, room = quota.seats if quota else None, session.room.seats if session.room else None
    if own is not None and (room is None or own <= room):
        return Limit(own, Bound.SESSION)
    return Limit(room, Bound.ROOM)


def is_closed_meeting(session: Session) -> bool:
    return (session.mode or session.workshop.mode) is MeetingMode.CHATHAM_HOUSE


def refuse_closed_meeting(session: Session) -> None:
    """Under the Chatham House Rule nobody is listed for a session."""
    if is_closed_meeting(session):
        raise RuleBroken(_("This session is held under the Chatham House Rule: no one is listed for it."))


def take(
    who: Participant, session: Session, quota: SessionQuota | None, kept: Sequence[SessionPlace], *, at: datetime
) -> SessionPlace:
    """A place, or the end of the waiting list. `kept` are the places of the session and those of the person."""
    refuse_closed_meeting(session)
    if who.standing is not ParticipantStatus.APPROVED:
        raise RuleBroken(_("Only people who are registered have places in sessions."))
    own = [each for each in kept if each.participant is who]
    if any(each.session is session for each in own):
        raise RuleBroken(_("There is a place, or a wait for one, already."))
    for each in own:
        if each.standing is PlaceStatus.SEATED and overlap(each.session, session):
            title = each.session.title.in_("en")[0]
            raise RuleBroken(_("At the same time there is a place in “%(session)s”. Give it up first.", session=title))
    place = SessionPlace(session=session, participant=who, standing=PlaceStatus.WAITING, asked_at=at)
    fill([*(each for each in kept if each.session is session), place], limit_of(session, quota))
    return place


def overlap(one: Session, other: Session) -> bool:
    """Whether both are held at the same time, as far as their times are known."""
    if not (one.starts_at and one.ends_at and other.starts_at and other.ends_at):
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def in_line(places: Iterable[SessionPlace]) -> list[SessionPlace]:
    """The waiting list of a session: who has waited longest stands first."""
    waiting = [each for each in places if each.standing is PlaceStatus.WAITING]
    return sorted(waiting, key=lambda each: (each.asked_at, each.id or 0))


def fill(places: Sequence[SessionPlace], limit: Limit) -> list[SessionPlace]:
    """Give the places that are free to those who have waited longest; those who come to one. Nobody loses a place."""
    taken = sum(each.standing is PlaceStatus.SEATED for each in places)
    line = in_line(places)
    free = len(line) if limit.seats is None else max(0, limit.seats - taken)
    for each in line[:free]:
        each.standing = PlaceStatus.SEATED
    return line[:free]
