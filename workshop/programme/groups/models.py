"""Break-out groups, who serves them, and their guiding questions with everything these ever said."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words, now
from workshop.platform.links import Endable
from workshop.platform.recording import Recorded, numbered
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode, Workshop, WorkshopRow


class Group(WorkshopRow):
    """One of the parallel groups of a break-out session. `number` counts from 1 within the workshop.

    `starts_at` and `ends_at` are empty where the times of its session hold, `mode` where the session's mode does.
    `languages` are those spoken in it; without any, those of the workshop.
    """

    __tablename__ = "breakout_group"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    RECORDED: ClassVar = Recorded(
        _l("Break-out group"),
        lambda row: numbered(row.number, row.topic),
        "number topic session room seats languages starts_at ends_at mode",
    )

    workshop: Mapped[Workshop] = relationship(default=None)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(default=None)
    number: Mapped[int]
    topic: Mapped[Words]
    room: Mapped[str] = mapped_column(default="")
    seats: Mapped[int | None] = mapped_column(default=None)
    languages: Mapped[list[str]] = mapped_column(default_factory=list, server_default="[]")
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    mode: Mapped[MeetingMode | None] = mapped_column(default=None)
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
    RECORDED: ClassVar = Recorded(
        _l("Guiding question of a group"), lambda row: row.text, "text position", part_of="group"
    )

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
    RECORDED: ClassVar = Recorded(_l("Part in a group"), lambda row: "", "role", part_of="group", about="user")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False)
    group: Mapped[Group] = relationship(default=None)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship(default=None)
    role: Mapped[Part]


class GroupCode(Endable):
    """A code for somebody found on the spot: typed in or read by a camera, it lets her serve the group without an
    account. It is good once, and `ended_at` says when it was used or revoked.
    """

    __tablename__ = "group_code"
    LEADS_BY = "group.workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False, index=True)
    group: Mapped[Group] = relationship()
    role: Mapped[Part]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
