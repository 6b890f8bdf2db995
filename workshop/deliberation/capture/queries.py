"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from flask_babel import ngettext
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from workshop.platform.db import Database
from workshop.platform.providers import Provided
from workshop.programme.agenda.models import GuidingQuestion, Session
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.settings.removal import Counted, contents

from .models import NotDiscussed, Point, SessionPoint
from .places import WITHOUT_NOTES, Place

report_states = Provided[[Workshop], Select[int, datetime | None, datetime | None]](
    "For each group that has a report: its id, when the report was signed (or None), when it was saved."
)

said_from_the_floor = Provided[[Database, Session], Iterable[str]](
    "What is known of interventions from the floor of a session: a sentence for each category of speakers."
)

same_points = Provided[[Workshop], Select[int, int]](
    "Which points of the groups say the same: cluster id and point id of each that is in a cluster."
)


def points(group: Group) -> Select[Point]:
    """Everything noted in a group, struck or not, in the order of its numbers."""
    return select(Point).where(Point.group_id == group.id).options(joinedload(Point.wording)).order_by(Point.number)


def session_points(session: Session) -> Select[SessionPoint]:
    """Everything noted in a session, struck or not, in the order of its numbers."""
    return (
        select(SessionPoint)
        .where(SessionPoint.session_id == session.id)
        .options(joinedload(SessionPoint.wording))
        .order_by(SessionPoint.number)
    )


def noted(place: Place) -> Select[Point] | Select[SessionPoint]:
    """Everything noted there, in order."""
    return points(place.owner) if isinstance(place.owner, Group) else session_points(place.owner)


def point_sent(place: Place, key: str) -> Select[Point] | Select[SessionPoint]:
    """The point that a form with this key (see rules.key_of) has made already."""
    return noted(place).where((Point if place.group else SessionPoint).client_key == key)


def noted_as(place: Place, number: int) -> Select[Point] | Select[SessionPoint]:
    """The point of that number."""
    return noted(place).where((Point if place.group else SessionPoint).number == number)


def state_of_notes(place: Place) -> Select[int, int, int]:
    """Three numbers that change whenever anything noted there does: last number, how many, how many struck."""
    kind, own = (Point, Point.group_id) if place.group else (SessionPoint, SessionPoint.session_id)
    struck = func.count(case((kind.struck_at.is_not(None), 1)))
    return select(func.coalesce(func.max(kind.number), 0), func.count(kind.id), struck).where(own == place.owner.id)


def session_with_notes(workshop: Workshop, number: int) -> Select[Session]:
    """A session in which something may be noted under its own questions."""
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id, Session.number == number, Session.format.not_in(WITHOUT_NOTES))
        .options(joinedload(Session.room), selectinload(Session.questions).selectinload(GuidingQuestion.wordings))
    )


def sessions_with_notes(workshop: Workshop) -> Select[Session]:
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id, Session.format.not_in(WITHOUT_NOTES))
        .options(load_only(Session.number, Session.title, raiseload=True))
        .order_by(Session.number)
    )


def names_of(ids: set[int]) -> Select[int, str]:
    return select(User.id, User.name).where(User.id.in_(ids))


def points_per_group(workshop: Workshop) -> Select[int, int]:
    """Group id and how many points stand in it; groups without any are left out."""
    return (
        select(Point.group_id, func.count().label("points"))
        .join(Point.group)
        .where(Group.workshop_id == workshop.id, Point.struck_at.is_(None))
        .group_by(Point.group_id)
    )


def points_per_session(workshop: Workshop) -> Select[int, int]:
    """Session id and how many points stand in it."""
    return (
        select(SessionPoint.session_id, func.count().label("points"))
        .join(SessionPoint.session)
        .where(Session.workshop_id == workshop.id, SessionPoint.struck_at.is_(None))
        .group_by(SessionPoint.session_id)
    )


def points_of_workshop(workshop: Workshop) -> Select[Point]:
    """Everything noted in the groups of a workshop, struck or not."""
    return select(Point).join(Point.group).where(Group.workshop_id == workshop.id).options(joinedload(Point.group))


def session_points_of_workshop(workshop: Workshop) -> Select[SessionPoint]:
    """Everything noted in the sessions of a workshop, struck or not."""
    return (
        select(SessionPoint)
        .join(SessionPoint.session)
        .where(Session.workshop_id == workshop.id)
        .options(joinedload(SessionPoint.session))
        .order_by(Session.number, SessionPoint.number)
    )


def state_of_groups(workshop: Workshop) -> Select[int, int, int]:
    """Three numbers that change whenever a point of any group does: last id, how many, how many struck."""
    struck = func.count(case((Point.struck_at.is_not(None), 1)))
    return (
        select(func.coalesce(func.max(Point.id), 0), func.count(Point.id), struck)
        .join(Point.group)
        .where(Group.workshop_id == workshop.id)
    )


def not_discussed(workshop: Workshop) -> Select[int]:
    """The ids of questions that were recorded as not discussed."""
    return (
        select(NotDiscussed.question_id)
        .join(NotDiscussed.question)
        .join(GroupQuestion.group)
        .where(Group.workshop_id == workshop.id)
    )


def record_of_silence(question: GroupQuestion) -> Select[NotDiscussed]:
    return select(NotDiscussed).where(NotDiscussed.question_id == question.id)


@contents.by
def points_contained(workshop: Workshop) -> Iterator[Counted]:
    groups = select(Group.id).where(Group.workshop_id == workshop.id)
    sessions = select(Session.id).where(Session.workshop_id == workshop.id)
    in_groups = select(func.count(Point.id)).where(Point.group_id.in_(groups)).scalar_subquery()
    in_sessions = select(func.count(SessionPoint.id)).where(SessionPoint.session_id.in_(sessions)).scalar_subquery()
    counted = select(in_groups + in_sessions)
    yield counted, lambda count: ngettext("%(num)s noted point", "%(num)s noted points", count)
