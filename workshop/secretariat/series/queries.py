"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.secretariat.accounts.models import User

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


def workshop_named(slug: str) -> Select[Workshop]:
    """The workshop of that short name, published or not."""
    return select(Workshop).where(Workshop.slug == slug)


def roles_in_workshop(user: User, slug: str) -> Select[Workshop, Membership]:
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


def lock_workshop(workshop: Workshop) -> ReturningUpdate[Workshop]:
    """Keeps the workshop to oneself until the commit, on either database: who saves at the same time waits,
    and then reads what the other has saved. Gives the workshop as it is now.
    """
    return (
        update(Workshop)
        .where(Workshop.id == workshop.id)
        .values(version=Workshop.version)
        .returning(Workshop)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
