"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.secretariat.accounts import queries as accounts
from workshop.secretariat.accounts.models import User

from .models import Membership, Milestone, Role, Series, Workshop

# A published workshop (:slug) as far as its kept pages are concerned: with each change in public it has another version.
PUBLIC_STATE = select(Workshop.id, Workshop.version).where(Workshop.slug == bindparam("slug"), Workshop.published)


def announced_workshops() -> Select[Workshop]:
    """The workshops anyone may know of, newest first."""
    return (
        select(Workshop)
        .where(Workshop.announced)
        .options(joinedload(Workshop.series))
        .order_by(Workshop.starts_on.desc())
    )


def announced_series() -> Select[Series]:
    """The series anyone may know of: those with a workshop that is announced or public."""
    return select(Series).where(Series.id.in_(select(Workshop.series_id).where(Workshop.announced))).order_by(Series.id)


def workshop_named(slug: str) -> Select[Workshop]:
    """The workshop of that short name, whoever may see it. One that was removed is gone."""
    return select(Workshop).where(Workshop.slug == slug, Workshop.removed_at.is_(None))


def roles_in_workshop(user: User, slug: str) -> Select[Workshop, Membership]:
    """The workshop and this person's roles in it, one row per role; no row for a stranger."""
    return (
        select(Workshop, Membership)
        .join(Membership, Membership.workshop_id == Workshop.id)
        .where(Workshop.slug == slug, Workshop.removed_at.is_(None), Membership.user_id == user.id)
    )


def memberships_of(user: User) -> Select[Membership]:
    """Every role this person holds, with its workshop."""
    return (
        select(Membership)
        .join(Membership.workshop)
        .where(Membership.user_id == user.id, Workshop.removed_at.is_(None))
        .options(contains_eager(Membership.workshop))
        .order_by(Workshop.starts_on.desc(), Membership.role)
    )


@accounts.workshops_held_alone.by
def workshops_held_alone(user: User) -> Select[Workshop]:
    """The workshops of which this person is the only organiser."""
    other = Membership.__table__.alias().c
    others = select(other.id).where(
        other.workshop_id == Workshop.id, other.role == Role.ORGANISER, other.user_id != user.id
    )
    return (
        select(Workshop)
        .join(Membership, Membership.workshop_id == Workshop.id)
        .where(Membership.user_id == user.id, Membership.role == Role.ORGANISER, ~others.exists())
        .order_by(Workshop.starts_on, Workshop.id)
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


def organised_by(user: User) -> Select[Workshop]:
    """The workshops this person organises, the newest first."""
    return (
        select(Workshop)
        .join(Membership, Membership.workshop_id == Workshop.id)
        .where(Membership.user_id == user.id, Membership.role == Role.ORGANISER, Workshop.removed_at.is_(None))
        .order_by(Workshop.starts_on.desc())
    )


def series_open_to(user: User) -> Select[Series]:
    """The series in which this person may begin a workshop: all for an administrator, else those she organises in."""
    open_ones = select(Series).where(Series.archived_at.is_(None), Series.removed_at.is_(None)).order_by(Series.id)
    if user.is_administrator:
        return open_ones
    return open_ones.where(Series.id.in_(organised_by(user).with_only_columns(Workshop.series_id).order_by(None)))


def all_series() -> Select[Series]:
    """Every series, the removed ones last, for those who look after the installation."""
    return select(Series).order_by(Series.removed_at.is_not(None), Series.id)


def all_workshops() -> Select[Workshop]:
    return select(Workshop).where(Workshop.removed_at.is_(None)).order_by(Workshop.starts_on.desc(), Workshop.id)


def workshops_of(series: Series) -> Select[Workshop]:
    """Its workshops, also those that can still be brought back."""
    return select(Workshop).where(Workshop.series_id == series.id)


def administrators() -> Select[User]:
    return select(User).where(User.is_administrator).order_by(User.name, User.id)


def lock_administrators() -> ReturningUpdate[User]:
    """All administrators; who changes them at the same time waits until the commit, on either database."""
    return (
        update(User)
        .where(User.is_administrator)
        .values(is_administrator=User.is_administrator)
        .returning(User)
        .execution_options(populate_existing=True, synchronize_session=False)
    )


def organisers() -> Select[int, str]:
    """Of each workshop: who organises it, one row per person."""
    return (
        select(Membership.workshop_id, User.name)
        .join(Membership.user)
        .where(Membership.role == Role.ORGANISER)
        .order_by(Membership.workshop_id, User.name)
    )


def names_by_workshop(rows: Iterable[Row[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for workshop_id, name in rows:
        found.setdefault(workshop_id, []).append(name)
    return found
