"""Break-out groups, who serves them, and their guiding questions with everything these ever said."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words, now
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop, WorkshopRow


class Group(WorkshopRow):
    """One of the parallel groups of a break-out session. `number` counts from 1 within the workshop."""

    __tablename__ = "breakout_group"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    workshop: Mapped[Workshop] = relationship(default=None)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(default=None)
    number: Mapped[int]
    topic: Mapped[Words]
    room: Mapped[str] = mapped_column(default="")
    questions: Mapped[list["GroupQuestion"]] = relationship(
        default_factory=list,
        back_populates="group",
        order_by="GroupQuestion.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class GroupQuestion(Model):
    """A guiding question of a group. `text` is its wording in force; `wordings` are all it ever had."""

    __tablename__ = "group_question"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False, index=True)
    group: Mapped[Group] = relationship(back_populates="questions", default=None)
    position: Mapped[int]
    text: Mapped[Words]
    wordings: Mapped[list["GroupQuestionWording"]] = relationship(
        init=False,
        back_populates="question",
        order_by="GroupQuestionWording.number",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

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


class GroupRole(Model):
    """Who moderates, notes or reports for a group: a part played there, apart from any role in the workshop."""

    __tablename__ = "group_servant"
    __table_args__ = (UniqueConstraint("group_id", "user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False)
    group: Mapped[Group] = relationship(default=None)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship(default=None)
    role: Mapped[Part]
