"""Badges, checking in and attendance: what may be done. No database, no request, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.seats import Seating, approve
from workshop.participation.delegations.statuses import ParticipantStatus, Source
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.search_normalise import fold
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.programme.groups.rules import mode_of as mode_of_group
from workshop.secretariat.series.models import MeetingMode

from .models import Badge, CheckIn, Presence, SessionAttendance


def issue(who: Participant, earlier: Iterable[Badge], *, at: datetime) -> Badge:
    """A badge for whoever has a seat; every one before it is void."""
    if who.standing is not ParticipantStatus.APPROVED or not who.is_named:
        raise RuleBroken(_("Only a person who has a seat and a name gets a badge."))
    for badge in earlier:
        badge.voided_at = badge.voided_at or at
    return Badge(workshop=who.workshop, participant=who, issued_at=at)


def check_in(who: Participant, earlier: CheckIn | None, *, client_key: str, by: int | None, at: datetime) -> CheckIn:
    """They have come. Said again, by this desk or another, the earliest moment holds."""
    if who.standing is not ParticipantStatus.APPROVED:
        raise RuleBroken(_("%(name)s has no seat: %(status)s.", name=who.plain_name, status=who.standing.label))
    if earlier is None:
        return CheckIn(workshop=who.workshop, participant=who, at=at, client_key=client_key, by=by)
    earlier.at = min(earlier.at, at)
    return earlier


def walk_in(who: Participant, seating: Seating, *, number: int, at: datetime) -> None:
    """Somebody came without registration: registered at once where there is a seat, else refused with the reason."""
    if not who.family_name:
        raise RuleBroken(_("Give the family name. A single name goes here."), "family_name")
    who.source, who.submitted_at = Source.WALK_IN, at
    if not approve(who, seating, number=number, at=at):
        raise RuleBroken(_("There is no seat. Register the person for the waiting list instead."))


@dataclass(frozen=True)
class Sitting:
    """Where people are: a session as a whole, or one of its groups."""

    session: Session
    group: Group | None = None

    @property
    def mode(self) -> MeetingMode:
        return mode_of_group(self.group) if self.group else mode_of(self.session)

    @property
    def is_named(self) -> bool:
        return self.mode is not MeetingMode.CHATHAM_HOUSE

    @property
    def title(self) -> Words:
        return self.group.topic if self.group else self.session.title

    @property
    def ends_at(self) -> datetime | None:
        return (self.group.ends_at if self.group else None) or self.session.ends_at

    def marks(self, kept: Iterable[SessionAttendance]) -> dict[int, Presence]:
        """How each is marked here."""
        group_id = self.group.id if self.group else None
        return {each.participant_id: each.presence for each in kept if group_id in (None, each.group_id)}

    def may_be_marked(self, people: Iterable[Participant], kept: Iterable[SessionAttendance]) -> list[Participant]:
        """In a group those who are not in another."""
        elsewhere = {each.participant_id for each in kept if each.group_id and self.group}
        return [who for who in people if who.id not in elsewhere - set(self.marks(kept))]


def refuse_names(sitting: Sitting) -> None:
    """Under the Chatham House Rule it is counted, and nobody is named."""
    if not sitting.is_named:
        raise RuleBroken(
            _("This session is held under the Chatham House Rule: people are counted in it, and not named.")
        )


def mode_of(session: Session) -> MeetingMode:
    return session.mode or session.workshop.mode


def attend(
    sitting: Sitting, who: Participant, earlier: SessionAttendance | None, presence: Presence, *, at: datetime
) -> SessionAttendance:
    """Somebody is marked; marked again, the last word holds, and so does the last group."""
    refuse_names(sitting)
    if earlier is None:
        earlier = SessionAttendance(session=sitting.session, participant=who, presence=presence, at=at)
    earlier.presence, earlier.at = presence, at
    earlier.group = sitting.group or earlier.group
    return earlier


def find_at_door(number: int | None, letters: str, people: Iterable[Participant]) -> Participant:
    """By the number of the badge and the first three letters of the family name. Raises RuleBroken."""
    typed = fold(letters)[:3]
    for who in people:
        if (
            who.number == number
            and len(typed) == min(3, len(fold(who.family_name)))
            and fold(who.family_name)[:3] == typed
        ):
            return who
    raise RuleBroken(_("No badge has this number and these letters. Check them on your badge."), "number")


def no_shows(people: Sequence[Participant], present: Iterable[int]) -> list[Participant]:
    """Those with a seat who have not come."""
    there = set(present)
    return [who for who in people if who.standing is ParticipantStatus.APPROVED and who.id not in there]
