"""What to read. Statements only: the caller runs them."""

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Workshop

from .models import MemberInvitation


def memberships(workshop: Workshop) -> Select[Membership]:
    """Every role that somebody holds in the workshop, by name."""
    return (
        select(Membership)
        .join(Membership.user)
        .where(Membership.workshop_id == workshop.id)
        .options(contains_eager(Membership.user))
        .order_by(func.lower(User.name), User.id)
    )


def pending_invitations(workshop: Workshop) -> Select[MemberInvitation]:
    """Those neither accepted nor revoked, also where the link has expired; the newest first."""
    return (
        select(MemberInvitation)
        .where(MemberInvitation.workshop_id == workshop.id, MemberInvitation.ended_at.is_(None))
        .options(joinedload(MemberInvitation.inviter))
        .order_by(MemberInvitation.sent_at.desc(), MemberInvitation.id.desc())
    )


def invitation_by_link(token: str) -> Select[MemberInvitation]:
    """What a mailed secret stands for, used or not. With a removed workshop its invitations are gone."""
    return _with_workshop().where(MemberInvitation.opened_by(token))


def invitation_to(user: User, number: int) -> Select[MemberInvitation]:
    """The invitation of that number, if it was sent to the address of this account."""
    return _with_workshop().where(MemberInvitation.id == number, MemberInvitation.email == user.email)


def _with_workshop() -> Select[MemberInvitation]:
    return (
        select(MemberInvitation)
        .join(MemberInvitation.workshop)
        .where(Workshop.removed_at.is_(None))
        .options(contains_eager(MemberInvitation.workshop), joinedload(MemberInvitation.inviter))
    )


def roles_of(user: User, workshop: Workshop) -> Select[Membership]:
    return select(Membership).where(Membership.user_id == user.id, Membership.workshop_id == workshop.id)


def colleagues_count(workshop: Workshop) -> ScalarSelect[int]:
    """How many people besides the first are members, or invited."""
    members = select(func.count(func.distinct(Membership.user_id))).where(Membership.workshop_id == workshop.id)
    invited = select(func.count(MemberInvitation.id)).where(
        MemberInvitation.workshop_id == workshop.id, MemberInvitation.ended_at.is_(None)
    )
    return select(members.scalar_subquery() - 1 + invited.scalar_subquery()).scalar_subquery()
