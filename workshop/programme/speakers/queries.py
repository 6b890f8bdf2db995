"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from workshop.platform.db import Database, Words
from workshop.platform.mail import MessageState, unsent_mails
from workshop.platform.providers import Provided
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance, Availability, Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Organisation
from workshop.secretariat.series.models import Workshop

from .models import ConsentEntry, Invitation, InvitationMail, InvitationPlan, InvitationStatus, Profile

answered = Provided[[Database, Invitation], None](
    "What follows where somebody on the programme has accepted or declined; before the commit, the workshop locked."
)


def invitations(workshop: Workshop) -> Select[Invitation]:
    return (
        select(Invitation)
        .where(Invitation.workshop_id == workshop.id)
        .options(joinedload(Invitation.person))
        .order_by(Invitation.id)
    )


def invitations_to(workshop: Workshop, user: User) -> Select[Invitation]:
    """The invitations to speak that were sent to the address of this account."""
    return (
        select(Invitation)
        .where(
            Invitation.workshop_id == workshop.id,
            func.lower(Invitation.email) == user.email,
            Invitation.standing != InvitationStatus.REPLACED,
        )
        .options(joinedload(Invitation.person))
        .order_by(Invitation.id)
    )


def invitation_by_link(token: str) -> Select[Invitation]:
    """The invitation whose personal link holds that secret."""
    return (
        select(Invitation)
        .where(Invitation.opened_by(token))
        .options(joinedload(Invitation.person), joinedload(Invitation.workshop))
    )


def profiles(workshop: Workshop) -> Select[Profile]:
    return select(Profile).where(Profile.workshop_id == workshop.id).options(joinedload(Profile.person))


def profile_of(workshop_id: int, person_id: int) -> Select[Profile]:
    return select(Profile).where(Profile.workshop_id == workshop_id, Profile.person_id == person_id)


def plan(workshop: Workshop) -> Select[InvitationPlan]:
    return select(InvitationPlan).where(InvitationPlan.workshop_id == workshop.id)


def last_mails(workshop: Workshop) -> Select[int, datetime, MessageState | None, str | None]:
    """Of each invitation: when the last mail was written; and its state and reason, where it did not arrive or none has
    left yet.
    """
    among = select(Invitation.id).where(Invitation.workshop_id == workshop.id)
    unsent = unsent_mails(InvitationMail.invitation_id, InvitationMail.id, InvitationMail.message_id, among).subquery()
    owner = InvitationMail.invitation_id
    return (
        select(owner, func.max(InvitationMail.written_at), func.max(unsent.c.state), func.max(unsent.c.reason))
        .outerjoin(unsent, unsent.c.invitation_id == owner)
        .where(owner.in_(among))
        .group_by(owner)
    )


def mails(invitation: Invitation) -> Select[InvitationMail]:
    return (
        select(InvitationMail)
        .where(InvitationMail.invitation_id == invitation.id)
        .options(joinedload(InvitationMail.message))
        .order_by(InvitationMail.id.desc())
    )


def slots(workshop: Workshop) -> Select[Appearance]:
    """Every appearance of the draft agenda with its session, in order of time."""
    return (
        select(Appearance)
        .join(Appearance.session)
        .where(Session.workshop_id == workshop.id)
        .options(
            contains_eager(Appearance.session).joinedload(Session.workshop),
            joinedload(Appearance.item),
            joinedload(Appearance.person),
            joinedload(Appearance.organisation),
            joinedload(Appearance.delivered_by),
        )
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.number, Appearance.position)
    )


def parts_on_agenda(workshop: Workshop) -> Select[int, int | None, Part, Words, int, Words | None]:
    """As `slots`, but only what a list says of each: who and who reads out, as what, in which session, for whom."""
    return (
        select(
            Appearance.person_id,
            Appearance.delivered_by_id,
            Appearance.part,
            Appearance.role_label,
            Session.number,
            Organisation.name.label("organisation"),
        )
        .join(Appearance.session)
        .outerjoin(Appearance.organisation)
        .where(Session.workshop_id == workshop.id)
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.number, Appearance.position)
    )


def slots_of(workshop: Workshop, person_id: int) -> Select[Appearance]:
    """Those where this person speaks, or reads out what somebody else says."""
    return slots(workshop).where(or_(Appearance.person_id == person_id, Appearance.delivered_by_id == person_id))


def availability(workshop_id: int, person_id: int) -> Select[Availability]:
    return (
        select(Availability)
        .where(Availability.workshop_id == workshop_id, Availability.person_id == person_id)
        .order_by(Availability.starts_at)
    )


def consents(profile: Profile) -> Select[ConsentEntry]:
    return select(ConsentEntry).where(ConsentEntry.profile_id == profile.id).order_by(ConsentEntry.id.desc())


def photo(key: str) -> Select[Profile, Invitation]:
    """The photo of that key, with the workshop and the invitation on which it depends whether anybody may see it."""
    return (
        select(Profile, Invitation)
        .outerjoin(
            Invitation, (Invitation.workshop_id == Profile.workshop_id) & (Invitation.person_id == Profile.person_id)
        )
        .where(Profile.photo_key == key)
        .options(joinedload(Profile.workshop))
    )
