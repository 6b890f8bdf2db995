"""A break-out group, its questions, who serves it, and the points raised in it."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.programme.agenda.formats import Perspective
from workshop.programme.groups.models import Group, GroupQuestion, GroupQuestionWording


class PointKind(Labelled):
    ISSUE = "issue", _l("Issue")
    PRACTICE = "practice", _l("Practice")
    OBSTACLE = "obstacle", _l("Obstacle")
    LESSON = "lesson", _l("Lesson")
    PROPOSAL = "proposal", _l("Proposal")
    OPEN_QUESTION = "open_question", _l("Open question")
    DISAGREEMENT = "disagreement", _l("Disagreement")


class Point(Model):
    """Something raised in a group: appended, never rewritten; a mistake is struck and stays readable.

    `wording` is what its question said when it was noted.
    There is no name in it: `perspective` says from which angle it came, `voices` how many raised it.
    `client_key` is made by the form, so that the same point sent twice is one point.
    """

    __tablename__ = "point"
    __table_args__ = (UniqueConstraint("group_id", "number"), UniqueConstraint("group_id", "client_key"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False, index=True)
    group: Mapped[Group] = relationship(default=None)
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("group_question.id", ondelete="SET NULL"), init=False, index=True
    )
    question: Mapped[GroupQuestion | None] = relationship(default=None)
    wording_id: Mapped[int | None] = mapped_column(
        ForeignKey("group_question_wording.id", ondelete="SET NULL"), init=False, index=True
    )
    wording: Mapped[GroupQuestionWording | None] = relationship(default=None)
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    number: Mapped[int]
    kind: Mapped[PointKind]
    text: Mapped[str]
    language: Mapped[str]
    client_key: Mapped[str]
    noted_at: Mapped[datetime]
    perspective: Mapped[Perspective | None] = mapped_column(default=None)
    voices: Mapped[int] = mapped_column(default=1)
    struck_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def label(self) -> str:
        """How a report names it: group and number, "2.4"."""
        return f"{self.group.number}.{self.number}"
