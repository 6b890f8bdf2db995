"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import BindParameter, ScalarSelect, Select, Update, func, select, union_all, update
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.platform.db import Base, Database
from workshop.platform.kept_results import text_of
from workshop.platform.providers import Provided
from workshop.programme.agenda.draft_state import state_texts
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode, Membership, Role, Workshop

from .models import Group, GroupCode, GroupQuestion, GroupQuestionWording, GroupRole

part_given = Provided[[Database, Workshop, User], None](
    "What follows where somebody is given a part in a session or a group; before the commit, the workshop locked."
)


def groups(workshop_id: int) -> Select[Group]:
    """The groups of a workshop with their guiding questions, in order: two statements."""
    return (
        select(Group)
        .where(Group.workshop_id == workshop_id)
        .options(selectinload(Group.questions))
        .order_by(Group.number)
    )


def groups_at_once(workshop_id: int) -> Select[Group]:
    """The same in one statement. Run with `.unique()`."""
    return (
        select(Group)
        .where(Group.workshop_id == workshop_id)
        .options(joinedload(Group.questions))
        .order_by(Group.number)
    )


@state_texts.by
def text_of_groups(workshop: BindParameter[int]) -> ScalarSelect[str]:
    return text_of(Group, Group.workshop_id == workshop)


@state_texts.by
def text_of_questions(workshop: BindParameter[int]) -> ScalarSelect[str]:
    here = select(Group.id).where(Group.workshop_id == workshop)
    return text_of(GroupQuestion, GroupQuestion.group_id.in_(here))


def modes_of_groups(workshop_id: int) -> Select[int, int, MeetingMode | None]:
    """Each group's id, that of its session, and the mode it has of its own."""
    return select(Group.id, Group.session_id, Group.mode).where(Group.workshop_id == workshop_id).order_by(Group.id)


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
    key = Base.metadata.tables[GroupQuestion.__tablename__].c.id
    own = select(GroupQuestion.id).where(GroupQuestion.group_id == group.id)
    pointing = [
        select(column.label("question")).where(column.in_(own))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table is not GroupQuestionWording.__table__ and column.references(key)
    ]
    rows = union_all(*pointing).subquery()
    return select(rows.c.question, func.count().label("rests")).group_by(rows.c.question)


def depending_on_groups(workshop: Workshop) -> Select[int, int]:
    """Group id and how much was noted in it: points, reports, and whatever later packages keep of it."""
    key = Base.metadata.tables[Group.__tablename__].c.id
    ids = select(Group.id).where(Group.workshop_id == workshop.id)
    own = {each.__table__ for each in (GroupQuestion, GroupRole, GroupCode)}
    pointing = [
        select(column.label("group_id")).where(column.in_(ids))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table not in own and not table.info.get("rests_on_nothing") and column.references(key)
    ]
    rows = union_all(*pointing).subquery()
    return select(rows.c.group_id, func.count().label("depending")).group_by(rows.c.group_id)


def swap(one: Group, other: Group) -> tuple[Update, Update]:
    """Two groups trade numbers: first both get out of the way, since no number may stand twice at any moment."""
    both, total = (one.id, other.id), one.number + other.number
    quiet = {"synchronize_session": False}
    out = update(Group).where(Group.id.in_(both)).values(number=-1 - total + Group.number).execution_options(**quiet)
    back = update(Group).where(Group.id.in_(both)).values(number=-1 - Group.number).execution_options(**quiet)
    return out, back


def breakout_sessions(workshop: Workshop) -> Select[Session]:
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id, Session.format == Format.BREAKOUT)
        .order_by(Session.number)
    )


def members(workshop: Workshop) -> Select[User]:
    """The people of a workshop, each once, by name."""
    ids = select(Membership.user_id).where(Membership.workshop_id == workshop.id)
    return select(User).where(User.id.in_(ids)).order_by(User.name, User.id)


def roles_of(workshop: Workshop, user: User) -> Select[Role]:
    return select(Membership.role).where(Membership.workshop_id == workshop.id, Membership.user_id == user.id)


def open_codes(group: Group, at: datetime) -> Select[GroupCode]:
    """The codes of a group that can still be used."""
    return select(GroupCode).where(GroupCode.group_id == group.id, GroupCode.opens_at(at)).order_by(GroupCode.id)


def use_up(code: GroupCode, at: datetime) -> ReturningUpdate[int]:
    """Ends the code if it is still good, and gives its id; nothing where somebody else was faster."""
    return (
        update(GroupCode)
        .where(GroupCode.id == code.id, GroupCode.opens_at(at))
        .values(ended_at=at)
        .returning(GroupCode.id)
        .execution_options(synchronize_session=False)
    )


def group_code(code: str) -> Select[GroupCode]:
    """The code as it was typed or read by a camera, with its group."""
    return (
        select(GroupCode)
        .where(GroupCode.opened_by(code))
        .options(
            joinedload(GroupCode.group).joinedload(Group.session),
            joinedload(GroupCode.group).joinedload(Group.workshop),
        )
    )
