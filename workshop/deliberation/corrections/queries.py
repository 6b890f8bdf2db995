"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from workshop.deliberation.group_reports.models import GroupReport
from workshop.programme.groups.models import Group

from .models import Correction, CorrectionLink


def link_by_token(token: str) -> Select[CorrectionLink]:
    """The link with its report, its group and its workshop."""
    to_group = joinedload(CorrectionLink.report).joinedload(GroupReport.group)
    return (
        select(CorrectionLink)
        .where(CorrectionLink.opened_by(token))
        .options(to_group.joinedload(Group.session), to_group.joinedload(Group.workshop))
    )


def open_links(report: GroupReport, at: datetime) -> Select[CorrectionLink]:
    return select(CorrectionLink).where(CorrectionLink.report_id == report.id, CorrectionLink.opens_at(at))


def corrections_of(report: GroupReport) -> Select[Correction]:
    """In the order in which they were sent."""
    return select(Correction).where(Correction.report_id == report.id).order_by(Correction.id)
