"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.deliberation.capture.queries import report_states as provided_report_states
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.secretariat.series.models import Workshop

from .models import GroupReport, KeyPoint


def group_reports(workshop: Workshop) -> Select[GroupReport]:
    """The group reports of a workshop with all that is in them, in group order: nine statements."""
    return (
        select(GroupReport)
        .join(GroupReport.group)
        .where(Group.workshop_id == workshop.id)
        .options(
            joinedload(GroupReport.group).options(
                joinedload(Group.session), selectinload(Group.questions).selectinload(GroupQuestion.wordings)
            ),
            selectinload(GroupReport.key_points).options(selectinload(KeyPoint.points), joinedload(KeyPoint.question)),
            selectinload(GroupReport.practices),
            selectinload(GroupReport.recommendations),
        )
        .order_by(Group.number)
    )


def group_report_of(group: Group) -> Select[GroupReport]:
    """The report of one group with all that is in it: five statements."""
    return (
        select(GroupReport)
        .where(GroupReport.group_id == group.id)
        .options(
            selectinload(GroupReport.key_points).options(selectinload(KeyPoint.points), joinedload(KeyPoint.question)),
            selectinload(GroupReport.practices),
            selectinload(GroupReport.recommendations),
        )
    )


def claim(report: GroupReport, seen: int) -> ReturningUpdate[int]:
    """Take the next revision of a group report, if `seen` is still the last: one id, or none where it is not."""
    mine = (GroupReport.id == report.id, GroupReport.revision == seen)
    return update(GroupReport).where(*mine).values(revision=seen + 1).returning(GroupReport.id)


@provided_report_states.by
def report_states(workshop: Workshop) -> Select[int, datetime | None, datetime | None]:
    """How far the report of each group is: group id, when it was signed, when it was saved."""
    return (
        select(GroupReport.group_id, GroupReport.signed_at, GroupReport.saved_at)
        .join(GroupReport.group)
        .where(Group.workshop_id == workshop.id)
    )
