"""What to read. Statements only: the caller runs them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, Select, Update, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import organised_by

from .models import Actor, Change, Verb

PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to. `who` is the number of an account, or a way of acting that has none."""

    kind: str = ""
    who: int | Actor | None = None
    day: date | None = None
    thing: tuple[str, int] | None = None
    before: int | None = None


def newest_change_anywhere() -> Select[int]:
    """The number of the last change of anything in any workshop."""
    return select(func.coalesce(func.max(Change.id), 0))


def changes(workshop: Workshop, reader: User, wanted: Wanted) -> Select[Change]:
    """The newest first, with the names of those who made them."""
    return (
        select(Change)
        .where(*conditions(workshop, reader, wanted))
        .options(joinedload(Change.who), joinedload(Change.about))
        .order_by(Change.id.desc())
    )


def conditions(workshop: Workshop, reader: User, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [Change.workshop_id == workshop.id]
    if wanted.thing:
        found = history_of(reader, *wanted.thing)
    if wanted.kind:
        found.append(Change.kind == wanted.kind)
    if isinstance(wanted.who, Actor):
        found += [Change.actor == wanted.who, Change.who_id.is_(None)]
    elif wanted.who is not None:
        found.append(Change.who_id == wanted.who)
    if wanted.day:
        begins = datetime.combine(wanted.day, time(), ZoneInfo(workshop.zone))
        found += [Change.at >= begins, Change.at < begins + timedelta(days=1)]
    if wanted.before:
        found.append(Change.id < wanted.before)
    return found


def history_of(reader: User, kind: str, row: int) -> list[ColumnElement[bool]]:
    """Of one thing and its parts, in whichever workshop of this reader it was changed.

    Begins where it was added: its number may have been another's before.
    """
    earlier = aliased(Change)
    added = select(func.max(earlier.id)).where(earlier.kind == kind, earlier.row == row, earlier.verb == Verb.ADDED)
    own = organised_by(reader).with_only_columns(Workshop.id).order_by(None)
    return [
        Change.object_kind == kind,
        Change.object_row == row,
        Change.workshop_id.in_(own),
        Change.id >= func.coalesce(added.scalar_subquery(), 0),
    ]


def people(workshop: Workshop) -> Select[int, str]:
    """Everybody who changed something in this workshop."""
    acted = select(Change.who_id).where(Change.workshop_id == workshop.id)
    return select(User.id, User.name).where(User.id.in_(acted)).order_by(User.name, User.id)


def page_of(rows: Sequence[Any]) -> tuple[Sequence[Any], int | None]:
    """One page of what was read with one row more, and the number before which the next page begins."""
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def newest_change(workshop_id: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """The number of the last change of anything in a workshop, for a statement that has the workshop's."""
    return select(func.max(Change.id)).where(Change.workshop_id == workshop_id).scalar_subquery()


def changed_since(workshop: Workshop, kinds: Collection[str], moment: ScalarSelect[datetime]) -> ScalarSelect[int]:
    """How many things were changed since then, counting rows of these tables; none where it is no moment."""
    rows = (
        select(Change.object_kind, Change.object_row)
        .where(Change.workshop_id == workshop.id, Change.kind.in_(kinds), Change.at > moment)
        .distinct()
        .subquery()
    )
    return select(func.count()).select_from(rows).scalar_subquery()


def changes_happened(workshop: Workshop, moment: datetime) -> Update:
    """What was written down so far of a workshop that is loaded whole happened then, not when it was loaded."""
    return update(Change).where(Change.workshop_id == workshop.id).values(at=moment)
