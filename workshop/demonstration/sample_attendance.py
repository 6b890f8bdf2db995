"""What registered people of both workshops have beside a seat: badges, places in sessions, papers for their travel, and the
group that they were in. All of it is sample data, made by the same verbs as those of the screens.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle

from workshop.participation.attendance import rules as attendance
from workshop.participation.attendance.models import Presence
from workshop.participation.attendance.rules import Sitting
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration.models import SessionPlace, SessionQuota, TravelPaper
from workshop.participation.registration.session_places import session_limits
from workshop.platform.db import Model
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group

FEW, FULL, ROOMY = 4, 5, 7  # places; the session that has no more, and the one bounded by its room
EXCUSED = 11  # one in so many
PAPERS = ("Copy of the visa", "Travel itinerary")


def ahead(sessions: Mapping[int, Session], people: Iterable[Participant], *, at: datetime) -> list[Model]:
    """Of the workshop in preparation: two sessions take people by name, and papers for travel are missing."""
    seated = [each for each in people if each.standing is ParticipantStatus.APPROVED and each.is_named]
    badges = [attendance.issue(each, [], at=at) for each in seated]
    return [*badges, *places(sessions, seated, at=at), *papers(seated, at=at)]


def places(sessions: Mapping[int, Session], people: Sequence[Participant], *, at: datetime) -> list[Model]:
    """A session that is full and has a waiting list; the other still has places."""
    full = SessionQuota(session=sessions[FULL], seats=FEW, is_open=True)
    roomy = SessionQuota(session=sessions[ROOMY], is_open=True)
    kept: list[SessionPlace] = []
    for quota, wanted in ((full, people[: FEW + 2]), (roomy, people[-3:])):
        limit = session_limits.limit_of(quota.session, quota)
        for number, who in enumerate(wanted):
            asked = at - timedelta(hours=40 - number)
            kept.append(session_limits.take(who, quota.session, limit, kept, at=asked))
    return [full, roomy, *kept]


def papers(people: Iterable[Participant], *, at: datetime) -> list[Model]:
    """Asked of everybody whose travel is paid; the first has sent one of them."""
    due = at.date() + timedelta(days=10)
    sponsored = [who for who in people if who.sponsored]
    asked = [TravelPaper(participant=who, name=name, due_on=due) for who in sponsored for name in PAPERS]
    for first in asked[:1]:
        first.received_on = at.date() - timedelta(days=1)
    return list(asked)


def in_groups(groups: Sequence[Group], people: Iterable[Participant], *, at: datetime) -> list[Model]:
    """Of the workshop of 2005: each of these people was in one of the groups; a few were excused."""
    found: list[Model] = []
    for number, (who, group) in enumerate(zip(people, cycle(groups), strict=False), 1):
        presence = Presence.PRESENT if number % EXCUSED else Presence.EXCUSED
        found.append(attendance.attend(Sitting(group.session, group), who, None, presence, at=at))
    return found
