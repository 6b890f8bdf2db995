"""Who has a place in a session and who waits for one, under the numbers of session and room.

No database, no request, no clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import SUPPORT, ParticipantStatus
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
    """How many there may be: decided for the session, and chairs in its room; None is no limit. Interpreters and
    assistants take up places of the session or not, by the setting of the workshop; a chair everybody does."""

    session: int | None = None
    room: int | None = None
    counts_support: bool = True

    @property
    def bound(self) -> Bound:
        """What is reached first."""
        by_session = self.session is not None and (self.room is None or self.session <= self.room)
        return Bound.SESSION if by_session else Bound.ROOM

    @property
    def seats(self) -> int | None:
        return self.session if self.bound is Bound.SESSION else self.room

    def counts(self, who: Participant) -> bool:
        """Whether this person takes up one of the places that the session has."""
        return self.counts_support or who.part not in SUPPORT

    def taken(self, seated: Iterable[Participant]) -> int:
        """How many of the seats are taken."""
        return sum(self.bound is Bound.ROOM or self.counts(each) for each in seated)

    def has_room(self, who: Participant, seated: Sequence[Participant]) -> bool:
        if self.room is not None and len(seated) >= self.room:
            return False
        return self.session is None or not self.counts(who) or sum(map(self.counts, seated)) < self.session


def limit_of(session: Session, quota: SessionQuota | None, *, counts_support: bool = True) -> Limit:
    """What was decided for the session, and never more than its room has chairs."""
    return Limit(quota.seats if quota else None, session.room.seats if session.room else None, counts_support)


def is_closed_meeting(session: Session) -> bool:
    return (session.mode or session.workshop.mode) is MeetingMode.CHATHAM_HOUSE


def refuse_closed_meeting(session: Session) -> None:
    """Under the Chatham House Rule nobody is listed for a session."""
    if is_closed_meeting(session):
        raise RuleBroken(_("This session is held under the Chatham House Rule: no one is listed for it."))


def take(
    who: Participant, session: Session, limit: Limit, kept: Sequence[SessionPlace], *, at: datetime
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
    fill([*(each for each in kept if each.session is session), place], limit)
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
    seated = [each.participant for each in places if each.standing is PlaceStatus.SEATED]
    come = []
    for each in in_line(places):
        if limit.has_room(each.participant, seated):
            each.standing = PlaceStatus.SEATED
            seated.append(each.participant)
            come.append(each)
    return come
