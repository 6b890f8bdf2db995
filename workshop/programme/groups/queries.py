"""What to read. Statements only: the caller runs them."""

from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from workshop.platform.db import Base
from workshop.secretariat.series.models import Workshop

from .models import Group, GroupQuestion, GroupQuestionWording, GroupRole


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


def roles_in_groups(workshop: Workshop) -> Select[GroupRole]:
    """Who serves the groups of a workshop, with their accounts."""
    return (
        select(GroupRole)
        .join(GroupRole.group)
        .where(Group.workshop_id == workshop.id)
        .options(joinedload(GroupRole.user))
        .order_by(Group.number, GroupRole.id)
    )


def wordings(group: Group) -> Select[GroupQuestionWording]:
    """Everything the questions of a group ever said, in order."""
    return (
        select(GroupQuestionWording)
        .join(GroupQuestionWording.question)
        .where(GroupQuestion.group_id == group.id)
        .order_by(GroupQuestion.position, GroupQuestionWording.number)
    )


def dependents_of_questions(group: Group) -> Select[int, int]:
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
