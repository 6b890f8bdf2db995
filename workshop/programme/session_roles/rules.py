"""Who serves a session, and what that opens. No database, no request, no clock."""

from collections.abc import Collection, Iterable, Sequence

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import GroupRole
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role

from .models import SessionRole

# What one does in a session, and the role in the workshop that comes with it, limited to her sessions.
PARTS = {
    Part.CHAIR: Role.CHAIR,
    Part.MODERATOR: Role.MODERATOR,
    Part.RAPPORTEUR: Role.RAPPORTEUR,
    Part.NOTE_TAKER: Role.NOTE_TAKER,
}


def give_part(session: Session, user: User, part: Part, *, held: Iterable[SessionRole]) -> SessionRole:
    """This person serves the session from now on. `held` are the parts of that session. Raises RuleBroken."""
    if any(each.user is user and each.role is part for each in held):
        message = _("%(name)s is already %(part)s of this session.", name=user.name, part=str(part.label).lower())
        raise RuleBroken(message, "member")
    return SessionRole(session=session, user=user, role=part)


def membership_with(part: Part, user: User, session: Session, *, held: Iterable[Role]) -> Membership | None:
    """The role in the workshop without which the pages stay closed, where she has none of that kind yet."""
    role = PARTS[part]
    if role in held:
        return None
    return Membership(user=user, workshop=session.workshop, role=role, limited=True)


def membership_without(
    part: Part, memberships: Sequence[Membership], *, sessions: Iterable[SessionRole], groups: Iterable[GroupRole]
) -> Membership | None:
    """The role in the workshop that goes with her last part of the kind. A role given for the whole workshop stays, and
    so does the last one: she stays a member. `memberships`, `sessions` and `groups` are hers.
    """
    role = PARTS[part]
    if any(PARTS[each.role] is role for each in sessions) or any(PARTS.get(each.role) is role for each in groups):
        return None
    if len(memberships) < 2:
        return None
    return next((each for each in memberships if each.role is role and each.limited), None)


def acts_in(
    session: Session,
    wanted: Collection[Role],
    *,
    roles: Collection[Role],
    limited: Collection[Role],
    own: Iterable[SessionRole],
) -> bool:
    """Whether somebody acts in this session in one of the `wanted` roles: as organiser, in a role for the whole workshop,
    or by a part in this very session. `roles` are hers, `limited` those of them that hold in `own` sessions only.
    """
    if Role.ORGANISER in roles or any(role in roles and role not in limited for role in wanted):
        return True
    return any(each.session_id == session.id and PARTS[each.role] in wanted for each in own)


def reads_before_public(
    session: Session, *, roles: Collection[Role], limited: Collection[Role], own: Sequence[SessionRole]
) -> bool:
    """Whether she may read papers of the session that are not public yet: whoever works on papers, the chairs of the
    workshop, and everybody who serves this session.
    """
    if Role.DOCUMENTS in roles or acts_in(session, (Role.CHAIR,), roles=roles, limited=limited, own=own):
        return True
    return any(each.session_id == session.id for each in own)
