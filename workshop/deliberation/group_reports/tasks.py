"""The report of a group as files, made after a commit."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import joinedload

from workshop.platform import made_files
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.platform.made_files import Draft
from workshop.platform.prints import layout
from workshop.programme.groups import queries as groups_queries
from workshop.programme.groups.models import Group, GroupQuestionWording
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.models import MeetingMode

from . import report_pages, rules
from .models import GroupReport
from .report_word import as_docx

DOCUMENT, PAGE, SLIDES = "group_reports.docx", "group_reports.pdf", "group_reports.slides"
Wordings = Mapping[int, GroupQuestionWording]


@made_files.makes(DOCUMENT)
def word_draft(*, report: int) -> Draft | None:
    def write(found: GroupReport, wordings: Wordings, mode: MeetingMode, at: datetime) -> bytes:
        return as_docx(found, wordings, mode, at=at)

    return draft_of(report, write)


@made_files.makes(PAGE)
def page_draft(*, report: int) -> Draft | None:
    def write(found: GroupReport, wordings: Wordings, mode: MeetingMode, _at: datetime) -> bytes:
        return report_pages.page_as_pdf(found, wordings, mode)

    return draft_of(report, write, layout(report_pages.LAID_OUT_BY, language()))


@made_files.makes(SLIDES)
def slides_draft(*, report: int) -> Draft | None:
    def write(found: GroupReport, wordings: Wordings, mode: MeetingMode, _at: datetime) -> bytes:
        return report_pages.slides_as_pdf(found, wordings, mode)

    return draft_of(report, write, layout(report_pages.LAID_OUT_BY, language()))


def draft_of(
    report: int, write: Callable[[GroupReport, Wordings, MeetingMode, datetime], bytes], laid_out: str = ""
) -> Draft | None:
    """In which state: its own revision and signatures, the mode of its group, and what became of the points behind it."""
    found = db.session.get(GroupReport, report, options=[joinedload(GroupReport.group).joinedload(Group.session)])
    if found is None:
        return None
    wordings = rules.wordings_then(found, db.session.scalars(groups_queries.wordings(found.group)).all())
    mode = mode_of(found.group)
    points = [(point.label, point.struck_at, point.mode) for key in found.key_points for point in key.points]
    state = [found.revision, found.saved_at, found.signed_at, found.moderator_signed_at, mode, found.group.topic]
    said = f"{state}{points}{sorted((id, str(each.text)) for id, each in wordings.items())}{laid_out}"
    at = found.signed_at or found.saved_at or now()
    return Draft(said, lambda: write(found, wordings, mode, at))
