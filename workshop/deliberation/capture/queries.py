"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import ngettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from workshop.platform.providers import Provided
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.settings.removal import Counted, contents

from .models import Point

report_states = Provided[[Workshop], Select[int, datetime | None, datetime | None]](
    "For each group that has a report: its id, when the report was signed (or None), when it was saved."
)


def points(group: Group) -> Select[Point]:
    """Everything noted in a group, struck or not, in the order of its numbers."""
    return select(Point).where(Point.group_id == group.id).options(joinedload(Point.wording)).order_by(Point.number)


def point_sent(group: Group, key: str) -> Select[Point]:
    """The point that a form with this key (see rules.key_of) has made already."""
    return points(group).where(Point.client_key == key)


def last_number(group: Group) -> Select[int]:
    return select(func.coalesce(func.max(Point.number), 0)).where(Point.group_id == group.id)


def points_per_group(workshop: Workshop) -> Select[int, int]:
    """Group id and how many points stand in it; groups without any are left out."""
    return (
        select(Point.group_id, func.count().label("points"))
        .join(Point.group)
        .where(Group.workshop_id == workshop.id, Point.struck_at.is_(None))
        .group_by(Point.group_id)
    )


def points_of_workshop(workshop: Workshop) -> Select[Point]:
    """Everything noted in the groups of a workshop, struck or not."""
    return select(Point).join(Point.group).where(Group.workshop_id == workshop.id).options(joinedload(Point.group))


@contents.by
def points_contained(workshop: Workshop) -> Iterator[Counted]:
    groups = select(Group.id).where(Group.workshop_id == workshop.id)
    counted = select(func.count(Point.id)).where(Point.group_id.in_(groups))
    yield counted, lambda count: ngettext("%(num)s noted point", "%(num)s noted points", count)
