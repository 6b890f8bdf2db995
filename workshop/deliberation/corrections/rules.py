"""Until when members correct, and what the rapporteur decides. No database, no request, no clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _

from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts.models import User

from .models import Correction, CorrectionState, ReportPart

GOOD_FOR = timedelta(days=7)
LONGEST, LONGEST_ANSWER = 600, 300
MOST = 200  # corrections of one report


def correct(report: GroupReport, part: ReportPart, text: str, *, known: int, at: datetime) -> Correction:
    """What a member writes. Raises RuleBroken."""
    if report.presented_at:
        raise RuleBroken(_("The report has been presented, so it takes no more corrections."))
    if known >= MOST:
        raise RuleBroken(_("This report has as many corrections as it can take. Tell the rapporteur in person."))
    return Correction(report=report, part=part, text=text, sent_at=at)


def decide(correction: Correction, state: CorrectionState, answer: str, *, by: User) -> None:
    """Raises RuleBroken where a correction is declined without a word."""
    if state is CorrectionState.DECLINED and not answer.strip():
        raise RuleBroken(_("Say in a few words why it is not used in the report."))
    correction.state, correction.answer, correction.decided_by = state, answer.strip()[:LONGEST_ANSWER], by.id


def present(report: GroupReport, corrections: Iterable[Correction], *, at: datetime) -> None:
    """It was reported to the plenary. Raises RuleBroken."""
    if not (report.signed_at and report.moderator_signed_at):
        raise RuleBroken(_("Rapporteur and moderator sign the report first."))
    if any(each.state is CorrectionState.OPEN for each in corrections):
        raise RuleBroken(_("Decide about every correction first."))
    report.presented_at = report.presented_at or at
