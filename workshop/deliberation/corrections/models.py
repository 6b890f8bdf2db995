"""The link that members of a group correct its report by, and what they wrote."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.links import Endable


class ReportPart(Labelled):
    """What of the report a correction is about."""

    KEY_POINTS = "key_points", _l("Key points")
    PRACTICES = "practices", _l("Practices cited")
    DIFFERENCES = "differences", _l("Points of difference")
    LENS = "lens", _l("The role of government policy")
    RECOMMENDATIONS = "recommendations", _l("Recommendations")
    LESSONS = "lessons", _l("Lessons learned")
    MISSING = "missing", _l("Something is missing")
    OTHER = "other", _l("Something else")


class CorrectionState(Labelled):
    """What the rapporteur made of it."""

    OPEN = "open", _l("not decided yet"), "warn"
    USED = "used", _l("used in the report"), "good"
    DECLINED = "declined", _l("not used in the report")


class CorrectionLink(Endable):
    """Opens the draft of one report to the members of its group, without an account."""

    __tablename__ = "correction_link"
    LEADS_BY = "report.group.workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id", ondelete="CASCADE"), init=False, index=True)
    report: Mapped[GroupReport] = relationship()
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)


class Correction(Model):
    """What a member of the group would have said otherwise. Nobody is asked for a name."""

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id", ondelete="CASCADE"), init=False, index=True)
    report: Mapped[GroupReport] = relationship()
    part: Mapped[ReportPart]
    text: Mapped[str]
    sent_at: Mapped[datetime]
    state: Mapped[CorrectionState] = mapped_column(default=CorrectionState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
