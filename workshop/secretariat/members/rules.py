"""Who may become a member, change roles and leave. No database, no request, no clock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop

from .models import MemberInvitation

GOOD_FOR = timedelta(days=14)
MOST_PENDING = 100


@dataclass(frozen=True)
class Invitee:
    """Who is invited; `email` in lower case, `language` that of the letter."""

    email: str
    name: str
    roles: Sequence[Role]
    language: str


@dataclass(frozen=True)
class RoleChange:
    """Rows to add and rows to delete, all in one commit."""

    added: Sequence[Membership]
    dropped: Sequence[Membership]


def invite(
    workshop: Workshop,
    invitee: Invitee,
    *,
    memberships: Iterable[Membership],
    pending: Sequence[MemberInvitation],
    inviter: User | None,
    at: datetime,
) -> tuple[MemberInvitation, str]:
    """The invitation and the secret of its link. Says nothing of accounts elsewhere. Raises RuleBroken."""
    if not invitee.roles:
        raise RuleBroken(_("Choose at least one role."), "roles")
    held = {each.role for each in memberships if each.user.email == invitee.email}
    if held and held.issuperset(invitee.roles):
        raise RuleBroken(_("%(email)s is a member with this role already.", email=invitee.email), "email")
    if any(each.email == invitee.email for each in pending):
        message = _("%(email)s is invited already. You can send the invitation again.", email=invitee.email)
        raise RuleBroken(message, "email")
    if len(pending) >= MOST_PENDING:
        raise RuleBroken(_("At most %(most)s invitations can be pending. Revoke some first.", most=MOST_PENDING))
    invitation = MemberInvitation(
        workshop=workshop,
        email=invitee.email,
        name=invitee.name,
        roles=[role.value for role in Role if role in invitee.roles],
        language=invitee.language,
        inviter=inviter,
        sent_at=at,
        expires_at=at + GOOD_FOR,
    )
    return invitation, invitation.issue_link()


def renew(invitation: MemberInvitation, *, at: datetime) -> str:
    """The secret of another link; the one before opens nothing any more."""
    invitation.sent_at, invitation.expires_at = at, at + GOOD_FOR
    return invitation.issue_link()


def accept(invitation: MemberInvitation, user: User, held: Collection[Role], *, at: datetime) -> list[Membership]:
    """The roles this person gets now. The link is used up."""
    invitation.end_link(at)
    invitation.accepted_at = at
    wanted = [role for role in invitation.wanted_roles if role not in held]
    return [Membership(user=user, workshop=invitation.workshop, role=role) for role in wanted]


def change_roles(
    user: User, roles: Collection[Role], *, workshop: Workshop, memberships: Iterable[Membership]
) -> RoleChange:
    """From what the person holds now to these roles. `memberships` are all of the workshop. Raises RuleBroken."""
    memberships = list(memberships)
    if not roles:
        raise RuleBroken(_("Choose at least one role, or remove the person from the workshop."), "roles")
    if Role.ORGANISER in roles:
        refuse_guest(user, field="roles")
    else:
        refuse_last_organiser(user, memberships, field="roles")
    own = [each for each in memberships if each.user is user]
    held = {each.role for each in own}
    added = [Membership(user=user, workshop=workshop, role=role) for role in Role if role in roles and role not in held]
    return RoleChange(added, [each for each in own if each.role not in roles])


def remove(user: User, *, memberships: Sequence[Membership]) -> RoleChange:
    """Everything the person is in the workshop. Raises RuleBroken."""
    refuse_last_organiser(user, memberships)
    return RoleChange([], [each for each in memberships if each.user is user])


def hand_over(organiser: User, successor: User, *, workshop: Workshop, memberships: Sequence[Membership]) -> RoleChange:
    """The successor organises the workshop from now on; the organiser keeps her other roles only. Raises RuleBroken."""
    if organiser is successor:
        raise RuleBroken(_("Choose another person to organise the workshop."))
    refuse_guest(successor)
    found = {each.role for each in memberships if each.user is successor}
    added = [] if Role.ORGANISER in found else [Membership(user=successor, workshop=workshop, role=Role.ORGANISER)]
    return RoleChange(added, [each for each in memberships if each.user is organiser and each.role is Role.ORGANISER])


def refuse_guest(user: User, *, field: str | None = None) -> None:
    """Somebody let in by a code cannot sign in again, so nobody might organise the workshop tomorrow."""
    if user.is_guest:
        message = _("%(name)s came in by a code and cannot sign in again. Invite them by email first.", name=user.name)
        raise RuleBroken(message, field)


def refuse_last_organiser(user: User, memberships: Iterable[Membership], *, field: str | None = None) -> None:
    """A workshop is never without an organiser."""
    if organisers(memberships) == [user]:
        message = _("%(name)s is the only organiser. Make another person organiser first.", name=user.name)
        raise RuleBroken(message, field)


def organisers(memberships: Iterable[Membership]) -> list[User]:
    return [each.user for each in memberships if each.role is Role.ORGANISER]


def roles_by_person(memberships: Iterable[Membership]) -> dict[User, list[Role]]:
    """Each person once, in the order given, with the roles in the order of protocol."""
    found: dict[User, set[Role]] = {}
    for each in memberships:
        found.setdefault(each.user, set()).add(each.role)
    return {user: [role for role in Role if role in roles] for user, roles in found.items()}
