"""Inviting delegations and nominating their members: what may be done, and what becomes of it.

No database, no request, no clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.platform import reminders
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day

from .models import Delegation, FormerHolder, Participant, ParticipationPlan
from .statuses import DelegationPart, DelegationStatus, Interpreter, ParticipantStatus, RegistrationMode, Source

MOST_MEMBERS = 60
GONE = (ParticipantStatus.REFUSED, ParticipantStatus.WITHDRAWN)
OPEN_ENDED = (DelegationStatus.LISTED, DelegationStatus.INVITED)


@dataclass(frozen=True)
class Nominee:
    """A member of a delegation as typed. Without a family name it is a seat to be confirmed."""

    part: DelegationPart = DelegationPart.REPRESENTATIVE
    given_name: str = ""
    family_name: str = ""
    name_as_listed: str = ""
    honorific: str = ""
    function: Words = field(default_factory=Words)
    institution: str = ""
    place: str = ""
    email: str = ""
    phone: str = ""
    language: str = "en"
    interpreter: Interpreter = Interpreter.NONE
    sponsored: bool = False
    needs_visa: bool = False
    arrives_on: date | None = None
    leaves_on: date | None = None


def invite(delegation: Delegation, *, at: datetime, today: date) -> None:
    """It is asked, or asked once more where it had declined."""
    if today > delegation.workshop.ends_on:
        raise RuleBroken(_("The workshop is over: no more invitations can be sent."))
    if not delegation.email:
        name = delegation.name_in(delegation.language)
        raise RuleBroken(_("Give the email address of %(name)s first.", name=name))
    if delegation.standing in {DelegationStatus.LISTED, DelegationStatus.DECLINED}:
        delegation.standing, delegation.answered_at, delegation.reason = DelegationStatus.INVITED, None, ""
    delegation.invited_at = delegation.invited_at or at


def acknowledge(delegation: Delegation, *, at: datetime) -> None:
    """It says that the invitation arrived."""
    if delegation.standing in OPEN_ENDED:
        delegation.standing, delegation.answered_at = DelegationStatus.ACKNOWLEDGED, at


def decline(delegation: Delegation, reason: str, members: Iterable[Participant], *, at: datetime, today: date) -> None:
    """Nobody will come. Whoever was nominated is withdrawn."""
    refuse_over(delegation, today=today)
    delegation.standing, delegation.answered_at, delegation.reason = DelegationStatus.DECLINED, at, reason
    for each in members:
        if each.standing not in GONE:
            withdraw(each, at=at)


def refuse_over(delegation: Delegation, *, today: date) -> None:
    if today > delegation.workshop.ends_on:
        raise RuleBroken(_("The workshop is over. Please write to its secretariat."))


def may_edit(plan: ParticipationPlan | None, *, today: date) -> bool:
    """Whether people still change their own entries; afterwards they ask for it."""
    return plan is None or plan.edits_until is None or today <= plan.edits_until


def refuse_closed(delegation: Delegation, plan: ParticipationPlan | None, *, today: date) -> None:
    refuse_over(delegation, today=today)
    if plan is not None and plan.mode is RegistrationMode.CLOSED:
        raise RuleBroken(_("Registration is closed. Please write to the secretariat of the workshop."))
    if not may_edit(plan, today=today):
        raise RuleBroken(_("Changes are no longer made here. Say below what should change; the secretariat replies."))


def nominate(
    delegation: Delegation,
    nominee: Nominee,
    members: Sequence[Participant],
    *,
    nominate_by: date | None,
    at: datetime,
    today: date,
) -> Participant:
    """A member more, at the end of the delegation; after the day named it is marked as late."""
    here = [each for each in members if each.standing not in GONE]
    if len(here) >= MOST_MEMBERS:
        raise RuleBroken(_("A delegation can have at most %(count)s members here.", count=MOST_MEMBERS))
    _refuse_twice(nominee, here)
    who = Participant(
        workshop=delegation.workshop,
        delegation=delegation,
        organisation=delegation.organisation,
        category=delegation.category,
        country=delegation.country,
        position=max((each.position for each in members), default=0) + 1,
        source=Source.NOMINATION,
        standing=ParticipantStatus.SUBMITTED,
        submitted_at=at,
        is_late=nominate_by is not None and today > nominate_by,
    )
    write(who, nominee)
    note_nomination(delegation, at=at)
    return who


def note_nomination(delegation: Delegation, *, at: datetime) -> None:
    delegation.standing, delegation.answered_at, delegation.reason = DelegationStatus.NOMINATED, at, ""


def write(who: Participant, nominee: Nominee) -> None:
    """Put down what was typed, as it was typed."""
    if nominee.arrives_on and nominee.leaves_on and nominee.leaves_on < nominee.arrives_on:
        raise RuleBroken(_("The departure is before the arrival."), "leaves_on")
    for each in fields(nominee):
        setattr(who, each.name, getattr(nominee, each.name))


def edit(who: Participant, nominee: Nominee, members: Sequence[Participant]) -> None:
    """Correct an entry, or name who takes a seat that was to be confirmed. Somebody else's name is a substitution."""
    _refuse_twice(nominee, [each for each in members if each is not who and each.standing not in GONE])
    if who.is_named and not nominee.family_name:
        raise RuleBroken(_("Give the family name. To free the seat, withdraw the nomination."), "family_name")
    write(who, nominee)


def substitute(
    who: Participant, nominee: Nominee, members: Sequence[Participant], *, reason: str, by: int | None, at: datetime
) -> FormerHolder:
    """Somebody else takes the seat. Its number, place and state stay; everything personal of the former holder goes."""
    if who.standing in GONE:
        raise RuleBroken(_("This seat was given up. Nominate a new member instead."))
    if not nominee.family_name:
        raise RuleBroken(_("Give the family name of the person who takes the seat."), "family_name")
    if (nominee.given_name, nominee.family_name) == (who.given_name, who.family_name):
        raise RuleBroken(_("This is the same person. To correct a name, edit it."), "family_name")
    _refuse_twice(nominee, [each for each in members if each is not who and each.standing not in GONE])
    former = FormerHolder(
        participant=who, name=who.display_name, function=who.function, reason=reason, replaced_at=at, replaced_by=by
    )
    forget_personal(who)
    write(who, nominee)
    return former


def forget_personal(who: Participant) -> None:
    """What only one person said of themselves does not pass to another, and neither does their link."""
    who.honorifics, who.sex, who.granted, who.hidden, who.wish = Words(), "", [], False, ""
    who.revoke_link()


def withdraw(who: Participant, *, at: datetime, reason: str = "") -> None:
    """They do not come. The number stays with them, should they come back."""
    if who.standing is ParticipantStatus.WITHDRAWN:
        raise RuleBroken(_("%(name)s has been withdrawn already.", name=who.plain_name or _("This seat")))
    who.standing, who.reason, who.decided_at = ParticipantStatus.WITHDRAWN, reason, at
    who.queued_at, who.lacking = None, []


def move(who: Participant, members: Sequence[Participant], *, up: bool) -> None:
    """One place up or down: the order within a delegation is its own."""
    order = sorted(members, key=lambda each: (each.position, each.id))
    here = order.index(who)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, each in enumerate(order, 1):
        each.position = place


def _refuse_twice(nominee: Nominee, others: Iterable[Participant]) -> None:
    if not nominee.family_name:
        return
    named = {(each.given_name.casefold(), each.family_name.casefold()) for each in others if each.is_named}
    if (nominee.given_name.casefold(), nominee.family_name.casefold()) in named:
        raise RuleBroken(_("This person is on your list already."), "family_name")
    if nominee.email and nominee.email.casefold() in {each.email.casefold() for each in others}:
        raise RuleBroken(_("This email address is that of another member. Each person needs their own."), "email")


def remarks(members: Iterable[Participant], quota: int | None, *, counts_support: bool) -> list[str]:
    """What a secretariat would ask about a delegation: told, never enforced."""
    here = [each for each in members if each.standing not in GONE]
    parts = [each.part for each in here]
    heads = parts.count(DelegationPart.HEAD)
    found = []
    if here and heads == 0:
        found.append(_("No head of delegation is named."))
    if heads > 1:
        found.append(ngettext("%(num)s head of delegation", "%(num)s heads of delegation are named.", heads))
    if DelegationPart.ALTERNATE in parts and heads == 0:
        found.append(_("There is an alternate, but no head of delegation."))
    counted = [part for part in parts if counts_support or not is_support(part)]
    if quota is not None and len(counted) > quota:
        found.append(
            ngettext(
                "%(named)s members are named for %(num)s seat.",
                "%(named)s members are named for %(num)s seats.",
                quota,
                named=len(counted),
            )
        )
    unconfirmed = sum(not each.is_named for each in here)
    if unconfirmed:
        found.append(ngettext("%(num)s seat to be confirmed", "%(num)s seats to be confirmed", unconfirmed))
    return found


def is_support(part: DelegationPart) -> bool:
    return part in {DelegationPart.INTERPRETER, DelegationPart.ASSISTANT}


def schedule(plan: ParticipationPlan, *, at: datetime) -> reminders.Schedule[int]:
    """Counted from the day by which names are asked for; after that day nobody is reminded by itself."""
    zone, before = plan.workshop.zone, [-days for days in plan.remind_before]
    over = plan.nominate_by is not None and on_day(at, zone) > plan.nominate_by
    return reminders.Schedule(reminders.steps_from(plan.nominate_by, before, zone), closed=over)


def awaits_answer(delegation: Delegation) -> bool:
    """Whether names are still awaited: only such delegations are reminded."""
    waits = {DelegationStatus.INVITED, DelegationStatus.ACKNOWLEDGED}
    return delegation.standing in waits and bool(delegation.email)
