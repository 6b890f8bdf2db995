"""What may be asked of speakers, and what becomes of their answers. No database, no request, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform import reminders
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day
from workshop.programme.agenda.appearances import Register
from workshop.programme.agenda.models import Appearance, Availability
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop

from .models import ConsentEntry, Invitation, InvitationPlan, InvitationStatus, Profile, Use

LONGEST_BIOGRAPHY = 1500


@dataclass(frozen=True)
class Entry:
    """How somebody is printed in the programme."""

    honorific: str = ""
    given_name: str = ""
    family_name: str = ""
    name_as_published: str = ""
    function: Words = field(default_factory=Words)
    organisation: str = ""


class Granting(Protocol):
    """As much of a profile as says what may be shown of it."""

    @property
    def granted(self) -> Sequence[str]: ...
    @property
    def held_back(self) -> bool: ...


class Answering(Protocol):
    """As much of an invitation as says how it was answered."""

    @property
    def standing(self) -> InvitationStatus | None: ...


ENTRY_LABELS: dict[str, object] = {
    "honorific": _l("Form of address"),
    "given_name": _l("Given name"),
    "family_name": _l("Family name"),
    "name_as_published": _l("Name as listed"),
    "function": _l("Function"),
    "organisation": _l("Organisation"),
}


def invite(invitation: Invitation | None, profile: Profile, *, at: datetime, today: date) -> Invitation:
    """The invitation that a mail now carries; somebody who declined may be asked once more."""
    workshop = profile.workshop
    if today > workshop.ends_on:
        raise RuleBroken(_("The workshop is over: no more invitations can be sent."))
    if not profile.email:
        raise RuleBroken(_("Give the email address of %(name)s first.", name=profile.person.display_name))
    language = profile.language or workshop.languages[0]
    if invitation is None:
        invitation = Invitation(workshop=workshop, person=profile.person, email=profile.email, language=language)
    elif invitation.standing is InvitationStatus.ACCEPTED:
        raise RuleBroken(_("%(name)s has accepted already.", name=profile.person.display_name))
    invitation.email, invitation.language = profile.email, language
    invitation.standing, invitation.sent_at, invitation.answered_at, invitation.reason = (
        InvitationStatus.INVITED,
        at,
        None,
        "",
    )
    return invitation


def may_answer(invitation: Invitation, *, today: date) -> bool:
    """Until the workshop begins one may change one's mind."""
    return today <= invitation.workshop.starts_on and invitation.standing is not InvitationStatus.REPLACED


def accept(invitation: Invitation, *, at: datetime, today: date) -> None:
    _refuse_late(invitation, today=today)
    invitation.standing, invitation.answered_at, invitation.reason = InvitationStatus.ACCEPTED, at, ""


def decline(invitation: Invitation, reason: str, *, at: datetime, today: date) -> None:
    _refuse_late(invitation, today=today)
    invitation.standing, invitation.answered_at, invitation.reason = InvitationStatus.DECLINED, at, reason


def _refuse_late(invitation: Invitation, *, today: date) -> None:
    if not may_answer(invitation, today=today):
        raise RuleBroken(_("The workshop has begun. Please write to its secretariat."))


def step_aside(invitation: Invitation) -> None:
    """Somebody else took this person's last place: the link opens nothing any more."""
    invitation.standing = InvitationStatus.REPLACED
    invitation.revoke_link()


def is_waiting(invitation: Invitation) -> bool:
    """Whether an answer is still awaited: only such people are reminded."""
    return invitation.standing is InvitationStatus.INVITED and invitation.sent_at is not None


def schedule(plan: InvitationPlan, *, at: datetime) -> reminders.Schedule[int]:
    """Counted from the day to answer by; after that day nobody is reminded by itself."""
    zone, before = plan.workshop.zone, [-days for days in plan.remind_before]
    over = plan.answer_by is not None and on_day(at, zone) > plan.answer_by
    return reminders.Schedule(reminders.steps_from(plan.answer_by, before, zone), closed=over)


def entry_of(person: Person, slots: Sequence[Appearance], language: str) -> Entry:
    """How the draft agenda prints somebody now: function and organisation are those of the first appearance."""
    own = next((slot for slot in slots if slot.person is person), None)
    deliverer = next((slot for slot in slots if slot.delivered_by is person), None)
    function = own.function if own else deliverer.delivered_by_function if deliverer else Words()
    organisation = own.organisation.name.in_(language, "en")[0] if own and own.organisation else ""
    as_usual = person.name_as_published == f"{person.given_name} {person.family_name}"
    return Entry(
        person.honorific,
        person.given_name,
        person.family_name,
        "" if as_usual else person.name_as_published,
        function,
        organisation,
    )


def propose(profile: Profile, wanted: Entry, printed: Entry, *, at: datetime) -> None:
    """Keep what the speaker wants to read differently, for an organiser to take over. Nothing wanted confirms the entry."""
    if not wanted.family_name:
        raise RuleBroken(_("Give the family name. A single name goes here."), "family_name")
    now_printed = asdict(printed)
    profile.proposal = {key: value for key, value in asdict(wanted).items() if value != now_printed[key]}
    profile.confirmed_at = at


def take_over(profile: Profile, printed: Entry, slots: Sequence[Appearance], register: Register) -> None:
    """Print the person as she asked: her name everywhere, function and organisation at each of her appearances."""
    wanted = asdict(printed) | profile.proposal
    person = profile.person
    person.honorific, person.given_name = wanted["honorific"], wanted["given_name"]
    person.family_name, person.name_as_published = wanted["family_name"], wanted["name_as_published"]
    for slot in slots:
        if slot.delivered_by is person and "function" in profile.proposal:
            slot.delivered_by_function = Words(wanted["function"])
        if slot.person is person and "function" in profile.proposal:
            slot.function = Words(wanted["function"])
        if slot.person is person and "organisation" in profile.proposal:
            slot.organisation = register.organisation(wanted["organisation"], slot.country)
    profile.proposal = {}


def differences(profile: Profile, printed: Entry) -> list[tuple[object, object, object]]:
    """Label, what is printed now, what the speaker wants, for each field she wants differently."""
    now_printed = asdict(printed)
    names = [each.name for each in fields(Entry) if each.name in profile.proposal]
    return [(ENTRY_LABELS[name], now_printed[name], profile.proposal[name]) for name in names]


def decide(
    profile: Profile, wanted: set[Use], texts: dict[Use, str], *, version: int, language: str, at: datetime
) -> list[ConsentEntry]:
    """Write down what she allows from now on; one entry for each use about which she decided anew."""
    entries = [
        ConsentEntry(
            profile=profile, use=use, given=use in wanted, version=version, language=language, text=texts[use], at=at
        )
        for use in Use
        if profile.allows(use) != (use in wanted) or profile.consent_at is None
    ]
    profile.granted, profile.consent_at = [use.value for use in Use if use in wanted], at
    return entries


def is_shown(profile: Granting, invitation: Answering | None, use: Use) -> bool:
    """Whether the public sees it: she has accepted and allows it, and the organisers do not hold it back.

    Takes rows of plain columns as well as a Profile and its Invitation, if there is one.
    """
    accepted = invitation is not None and invitation.standing is InvitationStatus.ACCEPTED
    return accepted and use.value in profile.granted and not profile.held_back


def availability(workshop: Workshop, person: Person, spans: Iterable[tuple[datetime, datetime]]) -> list[Availability]:
    """Her spans in order of time. Raises RuleBroken where two overlap."""
    rows = [
        Availability(workshop=workshop, person=person, starts_at=start, ends_at=end) for start, end in sorted(spans)
    ]
    for before, after in pairwise(rows):
        if after.starts_at < before.ends_at:
            raise RuleBroken(_("Two of these times overlap. Please combine them."), "spans")
    return rows


def missing(profile: Profile | None, invitation: Invitation | None) -> list[str]:
    """What the organisers still wait for from somebody, in words."""
    if invitation is None:
        return [] if profile and profile.email else [_("email address")]
    if invitation.standing in {InvitationStatus.DECLINED, InvitationStatus.REPLACED}:
        return []
    gaps = {
        _("answer"): is_waiting(invitation),
        _("check of the listing"): not (profile and profile.confirmed_at),
        _("biography"): not (profile and profile.biography),
        _("photo"): not (profile and profile.photo_key),
        _("consent"): not (profile and profile.consent_at),
    }
    return [what for what, absent in gaps.items() if absent]
