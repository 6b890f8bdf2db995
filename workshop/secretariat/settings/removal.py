"""Removing a workshop: what goes with it, bringing it back for thirty days, and erasing it after."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Delete, Select, delete, select

from workshop.platform.db import Base
from workshop.platform.errors import RuleBroken
from workshop.platform.providers import Provided
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop

KEPT_DAYS = 30
Counted = tuple[Select[int], Callable[[int], str]]
contents = Provided[[Workshop], Iterable[Counted]]("What goes with a workshop: how to count it, and how to say it.")


def remove(workshop: Workshop, *, typed: str, who: int | None, at: datetime) -> None:
    """Gone for everybody, until it is brought back or erased. Raises RuleBroken."""
    if typed != workshop.slug:
        raise RuleBroken(_("Type the short name exactly: %(name)s.", name=workshop.slug), "slug")
    workshop.removed_at, workshop.removed_by = at, who
    workshop.changed_in_public()


def bring_back(workshop: Workshop) -> None:
    """It is as it was; who could see it can see it again."""
    workshop.removed_at = workshop.removed_by = None
    workshop.changed_in_public()


def last_day(workshop: Workshop) -> datetime | None:
    """Until when a removed one can be brought back."""
    return workshop.removed_at + timedelta(days=KEPT_DAYS) if workshop.removed_at else None


def removed_workshops(user: User) -> Select[Workshop]:
    """Those that this person may bring back: what she organised."""
    organised = select(Membership.workshop_id).where(Membership.user_id == user.id, Membership.role == Role.ORGANISER)
    return (
        select(Workshop)
        .where(Workshop.removed_at.is_not(None), Workshop.id.in_(organised))
        .order_by(Workshop.removed_at.desc())
    )


def to_erase(at: datetime) -> Select[Workshop]:
    """The removed workshops that nobody brought back in time."""
    return select(Workshop).where(Workshop.removed_at < at - timedelta(days=KEPT_DAYS))


def by_key(keys: Iterable[str]) -> Select[Workshop]:
    """Those with these names on the list of what was erased."""
    return select(Workshop).where(Workshop.key.in_(list(keys)))


def erasing(workshop: Workshop) -> Iterable[Delete]:
    """Everything of a workshop, what depends on other rows first; the rest goes with these by cascade."""
    for table in reversed(Base.metadata.sorted_tables):
        if "workshop_id" in table.c:
            yield delete(table).where(table.c.workshop_id == workshop.id)
    yield delete(Workshop).where(Workshop.id == workshop.id)


def names_of_files() -> Iterable[Select[str]]:
    """Of all stored files that rows name, by whatever package."""
    for table in Base.metadata.sorted_tables:
        for column in (each for each in table.c if each.name.endswith("stored_as")):
            yield select(column).where(column != "")
