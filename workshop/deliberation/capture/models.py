"""What was said, point by point: in a break-out group, or in a session under its own guiding questions."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.programme.agenda.formats import Perspective
from workshop.programme.agenda.models import GuidingQuestion, QuestionWording, Session
from workshop.programme.groups.models import Group, GroupQuestion, GroupQuestionWording
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode


class PointKind(Labelled):
    ISSUE = "issue", _l("Issue")
    PRACTICE = "practice", _l("Practice")
    OBSTACLE = "obstacle", _l("Obstacle")
    LESSON = "lesson", _l("Lesson")
    PROPOSAL = "proposal", _l("Proposal")
    OPEN_QUESTION = "open_question", _l("Open question")
    DISAGREEMENT = "disagreement", _l("Disagreement")


class Turn(Labelled):
    """At which moment of a session something was said."""

    FLOOR = "floor", _l("From the floor")
    PRESENTATION = "presentation", _l("Presentation")
    DISCUSSANT = "discussant", _l("Discussant")
    ANSWER = "answer", _l("Answer")
    CHAIR = "chair", _l("Chair")


class Channel(Labelled):
    """How a point came in."""

    SCREEN = "screen", _l("Typed during the discussion")
    PAPER = "paper", _l("Typed later from a paper sheet")


class Relation(Labelled):
    """What a point says about another one."""

    SUPPORTS = "supports", _l("Supports it")
    DISAGREES = "disagrees", _l("Disagrees with it")
    SAME = "same", _l("Says the same")


class NotedPoint(Model):
    """Something that was said: appended, never rewritten; a mistake is struck and stays readable, and a correction is a
    new point that says which one it replaces.

    `noted_at` is when it arrived, `typed_at` when it was typed: hours may lie between them on a bad line. `mode` is the
    meeting mode it was typed under. `perspective` and `category` say from which angle it came, `voices` how many raised
    it. `client_key` is made by the form, so that the same point sent twice is one point; `device` and `sequence` tell
    the order in which one browser kept them.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, init=False, sort_order=-1)
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    number: Mapped[int]
    kind: Mapped[PointKind]
    text: Mapped[str]
    language: Mapped[str]
    client_key: Mapped[str]
    noted_at: Mapped[datetime]
    typed_at: Mapped[datetime | None] = mapped_column(default=None)
    mode: Mapped[MeetingMode | None] = mapped_column(default=None)
    perspective: Mapped[Perspective | None] = mapped_column(default=None)
    category: Mapped[Category | None] = mapped_column(default=None)
    voices: Mapped[int] = mapped_column(default=1)
    may_quote: Mapped[bool] = mapped_column(default=False, server_default=false())
    channel: Mapped[Channel] = mapped_column(default=Channel.SCREEN, server_default="screen")
    device: Mapped[str] = mapped_column(default="", server_default="")
    sequence: Mapped[int | None] = mapped_column(default=None)
    relation: Mapped[Relation | None] = mapped_column(default=None)
    struck_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def said_at(self) -> datetime:
        """When it was typed, as far as that is known."""
        return self.typed_at or self.noted_at


class Point(NotedPoint):
    """Something raised in a group. There is no name in it. `wording` is what its question said when it was typed."""

    __tablename__ = "point"
    __table_args__ = (UniqueConstraint("group_id", "number"), UniqueConstraint("group_id", "client_key"))

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
    about_id: Mapped[int | None] = mapped_column(ForeignKey("point.id", ondelete="SET NULL"), init=False, index=True)
    about: Mapped["Point | None"] = relationship(default=None, foreign_keys="Point.about_id", remote_side="Point.id")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("point.id", ondelete="SET NULL"), init=False, index=True)
    replaces: Mapped["Point | None"] = relationship(
        default=None, foreign_keys="Point.replaces_id", remote_side="Point.id"
    )

    @property
    def label(self) -> str:
        """How a report names it: group and number, "2.4"."""
        return f"{self.group.number}.{self.number}"


class SessionPoint(NotedPoint):
    """Something said in a session. `speaker` is who said it, which is asked on record only.

    `wording` is what its question said when it was typed.
    """

    __tablename__ = "session_point"
    __table_args__ = (UniqueConstraint("session_id", "number"), UniqueConstraint("session_id", "client_key"))

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(default=None)
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("guiding_question.id", ondelete="SET NULL"), init=False, index=True
    )
    question: Mapped[GuidingQuestion | None] = relationship(default=None)
    wording_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_wording.id", ondelete="SET NULL"), init=False, index=True
    )
    wording: Mapped[QuestionWording | None] = relationship(default=None)
    about_id: Mapped[int | None] = mapped_column(
        ForeignKey("session_point.id", ondelete="SET NULL"), init=False, index=True
    )
    about: Mapped["SessionPoint | None"] = relationship(
        default=None, foreign_keys="SessionPoint.about_id", remote_side="SessionPoint.id"
    )
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("session_point.id", ondelete="SET NULL"), init=False, index=True
    )
    replaces: Mapped["SessionPoint | None"] = relationship(
        default=None, foreign_keys="SessionPoint.replaces_id", remote_side="SessionPoint.id"
    )
    turn: Mapped[Turn] = mapped_column(default=Turn.FLOOR)
    speaker: Mapped[str] = mapped_column(default="")

    @property
    def label(self) -> str:
        """Session and number, "S3.4"."""
        return f"S{self.session.number}.{self.number}"


class NotDiscussed(Model):
    """A record that a question was not discussed in its group: silence that somebody has confirmed."""

    __tablename__ = "question_not_discussed"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("group_question.id", ondelete="CASCADE"), init=False, unique=True
    )
    question: Mapped[GroupQuestion] = relationship(default=None)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime]
