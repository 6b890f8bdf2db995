"""What may become of a registration, and who decides. No database, no request, no clock."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from workshop.participation.delegations.models import Participant, ParticipationPlan
from workshop.participation.delegations.rules import GONE, may_edit
from workshop.participation.delegations.seats import Seating, approve
from workshop.participation.delegations.statuses import ParticipantStatus, RegistrationMode, Source
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import MeetingMode, Workshop

from .models import TEXTS, VERSION, ListKind, Permission, PermissionEntry

NEEDS_KEPT = timedelta(days=14)  # after the workshop: diet and accessibility
TRAVEL_KEPT = timedelta(days=60)  # after it: what passports say
DECIDABLE = (ParticipantStatus.DRAFT, ParticipantStatus.SUBMITTED, ParticipantStatus.WAITING, ParticipantStatus.REFUSED)


def submit(who: Participant, *, at: datetime) -> None:
    """The person has said what is needed; the secretariat decides."""
    if not who.is_named:
        raise RuleBroken(_("Give the family name. A single name goes here."), "family_name")
    who.standing, who.submitted_at, who.reason = ParticipantStatus.SUBMITTED, at, ""


def decide_yes(who: Participant, seating: Seating, *, number: int, at: datetime) -> bool:
    """A seat, or a place in the waiting list. Whether it is a seat."""
    if who.standing is ParticipantStatus.APPROVED:
        raise RuleBroken(_("%(name)s has been approved already.", name=who.plain_name))
    return approve(who, seating, number=number, at=at)


def refuse(who: Participant, reason: str, *, at: datetime) -> None:
    """Not without a reason: the person is told it."""
    if not reason:
        raise RuleBroken(_("Give the reason. The person is told it."), "reason")
    if who.standing is ParticipantStatus.REFUSED:
        raise RuleBroken(_("%(name)s has been refused already.", name=who.plain_name))
    if who.source is Source.PROGRAMME:
        raise RuleBroken(_("%(name)s is on the programme. Change the programme first.", name=who.plain_name))
    who.standing, who.reason, who.decided_at, who.queued_at = ParticipantStatus.REFUSED, reason, at, None
    who.lacking = []


def come_back(who: Participant, *, at: datetime) -> None:
    """Somebody who was withdrawn comes after all; it is decided anew, and the number stays."""
    if who.standing is not ParticipantStatus.WITHDRAWN:
        raise RuleBroken(_("Only a person who was withdrawn can come back."))
    who.standing, who.submitted_at, who.reason = ParticipantStatus.SUBMITTED, at, ""


def refuse_late(who: Participant, plan: ParticipationPlan | None, *, today: date) -> None:
    """Their own entry they change until the day named, and as long as they come."""
    if who.standing in GONE:
        raise RuleBroken(_("This registration is no longer active. Please write to the secretariat."))
    if not may_edit(plan, today=today):
        raise RuleBroken(_("Changes are no longer made here. Say below what should change; the secretariat replies."))


def refuse_not_open(workshop: Workshop, plan: ParticipationPlan | None, *, today: date) -> None:
    """Anybody may ask for a seat only where the secretariat has opened the registration."""
    if plan is None or plan.mode is not RegistrationMode.OPEN:
        raise RuleBroken(_("Registration is by invitation. Please write to the secretariat of the workshop."))
    if today > workshop.ends_on:
        raise RuleBroken(_("The workshop is over."))


def change_permission(
    who: Participant, granted: Collection[Permission], *, text_of: dict[Permission, str], language: str, at: datetime
) -> list[PermissionEntry]:
    """What they allow from now on; an entry for each that changed, with the words they saw."""
    entries = []
    for permission in Permission:
        given = permission in granted
        if given != (permission.value in who.granted):
            entries.append(
                PermissionEntry(
                    participant=who,
                    permission=permission,
                    given=given,
                    version=VERSION,
                    language=language,
                    text=text_of[permission],
                    at=at,
                )
            )
    who.granted = [each.value for each in Permission if each in granted]
    return entries


def texts() -> dict[Permission, str]:
    """What is asked, in the language of the moment."""
    return {permission: str(text) for permission, text in TEXTS.items()}


def refuse_closed_meeting(workshop: Workshop) -> None:
    """Under the Chatham House Rule nobody learns who was there."""
    if workshop.mode is MeetingMode.CHATHAM_HOUSE:
        raise RuleBroken(
            _("This workshop is held under the Chatham House Rule: no list of its participants is published.")
        )


def next_kind(kind: ListKind, earlier: Sequence[ListKind]) -> None:
    """After a final list there is no provisional one."""
    if kind is ListKind.PROVISIONAL and ListKind.FINAL in earlier:
        raise RuleBroken(_("A final list has been published. Publish a corrected final list instead."), "kind")


def needs_end(workshop: Workshop) -> date:
    return workshop.ends_on + NEEDS_KEPT


def travel_ends(workshop: Workshop) -> date:
    return workshop.ends_on + TRAVEL_KEPT


def erase(who: Participant, *, at: datetime) -> None:
    """Nothing personal is left; category, country, part and state stay, so that the counts stay what they were."""
    who.given_name, who.family_name, who.name_as_listed, who.honorific = "", "", "", ""
    who.honorifics, who.function, who.institution, who.place = Words(), Words(), "", ""
    who.email, who.phone, who.wish, who.reason, who.granted = "", "", "", "", []
    who.arrives_on = who.leaves_on = None
    who.person, who.hidden, who.erased_at = None, True, at
    who.revoke_link()


def changed(before: dict[int, ParticipantStatus], people: Iterable[Participant]) -> list[Participant]:
    """Those who stand otherwise than before, who are told."""
    return [each for each in people if before.get(each.id) is not each.standing]
