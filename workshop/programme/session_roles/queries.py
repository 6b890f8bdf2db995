"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from workshop.platform.providers import Provided
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group, GroupRole
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.front_page import Reader, Way
from workshop.secretariat.series.models import Membership, Workshop

from .models import SessionRole


def session_numbered(workshop: Workshop, number: int) -> Select[Session]:
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id, Session.number == number)
        .options(joinedload(Session.room))
    )


def roles_of_session(session: Session) -> Select[SessionRole]:
    return (
        select(SessionRole)
        .where(SessionRole.session_id == session.id)
        .options(joinedload(SessionRole.user))
        .order_by(SessionRole.id)
    )


def session_roles_of(user: User, workshop: Workshop) -> Select[SessionRole]:
    """Her parts in sessions of the workshop, in the order of the programme."""
    return (
        select(SessionRole)
        .join(SessionRole.session)
        .where(SessionRole.user_id == user.id, Session.workshop_id == workshop.id)
        .options(contains_eager(SessionRole.session).joinedload(Session.room))
        .order_by(Session.number, SessionRole.id)
    )


def group_roles_of(user: User, workshop: Workshop) -> Select[GroupRole]:
    return (
        select(GroupRole)
        .join(GroupRole.group)
        .where(GroupRole.user_id == user.id, Group.workshop_id == workshop.id)
        .options(contains_eager(GroupRole.group))
        .order_by(Group.number, GroupRole.id)
    )


def memberships_in(workshop: Workshop, user: User) -> Select[Membership]:
    return select(Membership).where(Membership.workshop_id == workshop.id, Membership.user_id == user.id)


session_ways = Provided[[Session, Reader], Iterable[Way]](
    "What else there is of a session for those who serve it, such as its list of speakers; shown on its briefing."
)
