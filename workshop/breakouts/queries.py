"""What to read. Statements only: the caller runs them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from workshop.db import Base
from workshop.series.models import Workshop

from .models import Group, GroupQuestion, GroupQuestionWording, GroupServant, Point

ReportStates = Callable[[Workshop], Any]
_report_states: list[ReportStates] = []


def groups(workshop_id: int) -> Select[Group]:
    """The groups of a workshop with their guiding questions, in order: two statements."""
    return (
        select(Group)
        .where(Group.workshop_id == workshop_id)
        .options(selectinload(Group.questions))
        .order_by(Group.number)
    )


def group(workshop: Workshop, number: int) -> Select[Group]:
    """One group with its session and guiding questions: two statements."""
    return (
        select(Group)
        .where(Group.workshop_id == workshop.id, Group.number == number)
        .options(joinedload(Group.session), selectinload(Group.questions))
    )


def servants(workshop: Workshop) -> Select[GroupServant]:
    """Who serves the groups of a workshop, with their accounts."""
    return (
        select(GroupServant)
        .join(GroupServant.group)
        .where(Group.workshop_id == workshop.id)
        .options(joinedload(GroupServant.user))
        .order_by(Group.number, GroupServant.id)
    )


def points(group: Group) -> Select[Point]:
    """Everything noted in a group, struck or not, in the order of its numbers."""
    return select(Point).where(Point.group_id == group.id).options(joinedload(Point.wording)).order_by(Point.number)


def wordings(group: Group) -> Select[GroupQuestionWording]:
    """Everything the questions of a group ever said, in order."""
    return (
        select(GroupQuestionWording)
        .join(GroupQuestionWording.question)
        .where(GroupQuestion.group_id == group.id)
        .order_by(GroupQuestion.position, GroupQuestionWording.number)
    )


def resting_on_questions(group: Group) -> Select[int, int]:
    """Question id and how much belongs to it: points, and parts of reports, which come later; their keys tell."""
    key: Any = GroupQuestion.__table__.c.id
    own = select(GroupQuestion.id).where(GroupQuestion.group_id == group.id)
    pointing = [
        select(column.label("question"))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table is not GroupQuestionWording.__table__ and column.references(key)
    ]
    rows = union_all(*pointing).subquery()
    return (
        select(rows.c.question, func.count().label("rests")).where(rows.c.question.in_(own)).group_by(rows.c.question)
    )


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


def tells_report_states(statement: ReportStates) -> ReportStates:
    """Reports come after break-outs, so they hand in here what the desk shows of them, instead of being asked.

    The statement gives, for each group that has a report: group id, when it was signed (or None), when saved.
    """
    _report_states.append(statement)
    return statement


def report_states(workshop: Workshop) -> list[Any]:
    return [statement(workshop) for statement in _report_states]
