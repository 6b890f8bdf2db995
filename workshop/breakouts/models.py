"""A break-out group, its questions, who serves it, and the points raised in it."""

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.accounts.models import User
from workshop.agenda.models import Part, Perspective, Session
from workshop.db import Model, Words, now
from workshop.series.models import Workshop


class PointKind(enum.StrEnum):
    ISSUE = "issue"
    PRACTICE = "practice"
    OBSTACLE = "obstacle"
    LESSON = "lesson"
    PROPOSAL = "proposal"
    OPEN_QUESTION = "open_question"
    DISAGREEMENT = "disagreement"

    @property
    def label(self) -> Any:
        return POINT_LABELS[self]


POINT_LABELS = {
    PointKind.ISSUE: _l("Issue"),
    PointKind.PRACTICE: _l("Practice"),
    PointKind.OBSTACLE: _l("Obstacle"),
    PointKind.LESSON: _l("Lesson"),
    PointKind.PROPOSAL: _l("Proposal"),
    PointKind.OPEN_QUESTION: _l("Open question"),
    PointKind.DISAGREEMENT: _l("Disagreement"),
}


class Group(Model):
    """One of the parallel groups of a break-out session. `number` counts from 1 within the workshop."""

    __tablename__ = "breakout_group"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), init=False, index=True)
    workshop: Mapped[Workshop] = relationship(default=None)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(default=None)
    number: Mapped[int]
    topic: Mapped[Words]
    room: Mapped[str] = mapped_column(default="")
    questions: Mapped[list["GroupQuestion"]] = relationship(
        default_factory=list, back_populates="group", order_by="GroupQuestion.position",
        cascade="all, delete-orphan", passive_deletes=True,
    )  # fmt: skip


class GroupQuestion(Model):
    """A guiding question of a group. `text` is its wording in force; `wordings` are all it ever had."""

    __tablename__ = "group_question"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False, index=True)
    group: Mapped[Group] = relationship(back_populates="questions", default=None)
    position: Mapped[int]
    text: Mapped[Words]
    wordings: Mapped[list["GroupQuestionWording"]] = relationship(
        init=False, back_populates="question", order_by="GroupQuestionWording.number",
        cascade="all, delete-orphan", passive_deletes=True,
    )  # fmt: skip

    def __post_init__(self) -> None:
        self.wordings = [GroupQuestionWording(number=1, text=self.text)]


class GroupQuestionWording(Model):
    """What a guiding question said from one moment on, until the next wording. `number` counts from 1."""

    __tablename__ = "group_question_wording"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    question_id: Mapped[int] = mapped_column(ForeignKey("group_question.id", ondelete="CASCADE"), init=False)
    question: Mapped[GroupQuestion] = relationship(back_populates="wordings", default=None)
    number: Mapped[int]
    text: Mapped[Words]
    since: Mapped[datetime] = mapped_column(default_factory=now)


class GroupServant(Model):
    """Who moderates, notes or reports for a group: a part played there, apart from any role in the workshop."""

    __tablename__ = "group_servant"
    __table_args__ = (UniqueConstraint("group_id", "user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False)
    group: Mapped[Group] = relationship(default=None)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship(default=None)
    role: Mapped[Part]


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
