"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from workshop.accounts.models import User

from .models import Membership, Milestone, Series, Workshop


def published_workshops() -> Select[Workshop]:
    """The workshops anyone may see, newest first."""
    return (
        select(Workshop)
        .where(Workshop.published)
        .options(joinedload(Workshop.series))
        .order_by(Workshop.starts_on.desc())
    )


def all_series() -> Select[Series]:
    return select(Series).order_by(Series.id)


def standing(user: User, slug: str) -> Select[Workshop, Membership]:
    """The workshop and this person's roles in it, one row per role; no row for a stranger."""
    return (
        select(Workshop, Membership)
        .join(Membership, Membership.workshop_id == Workshop.id)
        .where(Workshop.slug == slug, Membership.user_id == user.id)
    )


def memberships_of(user: User) -> Select[Membership]:
    """Every role this person holds, with its workshop."""
    return (
        select(Membership)
        .join(Membership.workshop)
        .where(Membership.user_id == user.id)
        .options(joinedload(Membership.workshop))
        .order_by(Workshop.starts_on.desc(), Membership.role)
    )


def milestones(workshop: Workshop) -> Select[Milestone]:
    return select(Milestone).where(Milestone.workshop_id == workshop.id)
