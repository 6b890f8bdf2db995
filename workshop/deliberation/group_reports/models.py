"""The report of a group: key points, practices, recommendations."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.deliberation.capture.models import Point, PointKind
from workshop.platform.db import Base, Model
from workshop.platform.labels import Labelled
from workshop.programme.agenda.formats import Perspective
from workshop.programme.groups.models import Group, GroupQuestion


class Strength(Labelled):
    """How many held it. The form stores the band; the text prints the word (never "consensus")."""

    ONE = "one", _l("One participant")
    SOME = "some", _l("Some participants")
    SEVERAL = "several", _l("Several participants")
    MANY = "many", _l("Many participants")
    MOST = "most", _l("Most participants")
    GENERAL_AGREEMENT = "general_agreement", _l("General agreement")


key_point_source = Table(
    "key_point_source",
    Base.metadata,
    Column("key_point_id", ForeignKey("key_point.id", ondelete="CASCADE"), primary_key=True),
    Column("point_id", ForeignKey("point.id", ondelete="CASCADE"), primary_key=True),
)


class GroupReport(Model):
    """The one-page report of a group. Its rapporteur and its moderator sign it, each with her own hand; reopening it
    takes both signatures away.

    `headcount` counts people by participant category, without names. `lens_national` and
    `lens_multilateral` answer the mandatory question on the role of government policy.
    """

    __tablename__ = "group_report"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False, unique=True)
    group: Mapped[Group] = relationship(default=None)
    language: Mapped[str] = mapped_column(default="en")
    headcount: Mapped[dict[str, int]] = mapped_column(default_factory=dict)
    languages_spoken: Mapped[str] = mapped_column(default="")
    moderator: Mapped[str] = mapped_column(default="")
    rapporteur: Mapped[str] = mapped_column(default="")
    differences: Mapped[str] = mapped_column(default="")
    lens_national: Mapped[str] = mapped_column(default="")
    lens_multilateral: Mapped[str] = mapped_column(default="")
    multilateral_not_discussed: Mapped[bool] = mapped_column(default=False)
    lessons: Mapped[list[str]] = mapped_column(default_factory=list)
    not_covered: Mapped[str] = mapped_column(default="")
    quotable: Mapped[str] = mapped_column(default="")
    quotable_consent: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    moderator_signed_at: Mapped[datetime | None] = mapped_column(default=None)
    moderator_signed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    presented_at: Mapped[datetime | None] = mapped_column(default=None)
    saved_at: Mapped[datetime | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(default=1)
    key_points: Mapped[list["KeyPoint"]] = relationship(
        default_factory=list,
        back_populates="report",
        order_by="KeyPoint.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    practices: Mapped[list["Practice"]] = relationship(
        default_factory=list,
        back_populates="report",
        order_by="Practice.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    recommendations: Mapped[list["Recommendation"]] = relationship(
        default_factory=list,
        back_populates="report",
        order_by="Recommendation.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def is_closed(self) -> bool:
        """Whether anybody has signed it, so that its text stays as it is."""
        return bool(self.signed_at or self.moderator_signed_at)

    @property
    def undecided(self) -> list["KeyPoint"]:
        """Key points whose every source was struck after the signature, and about which nobody has decided."""
        return [key for key in self.key_points if self.is_closed and key.rests_on_nothing and not key.kept_reason]


class KeyPoint(Model):
    """A key point under one guiding question, with the points of the group behind it.

    `nobody_objected` says that the moderator asked: only then may it stand as general agreement. `kept_reason` says why
    it stands although every point behind it was struck after the signature.
    """

    __tablename__ = "key_point"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id", ondelete="CASCADE"), init=False, index=True)
    report: Mapped[GroupReport] = relationship(back_populates="key_points", default=None)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("group_question.id", ondelete="CASCADE"), init=False, index=True
    )
    question: Mapped[GroupQuestion] = relationship(default=None)
    position: Mapped[int]
    text: Mapped[str]
    kind: Mapped[PointKind]
    strength: Mapped[Strength]
    nobody_objected: Mapped[bool] = mapped_column(default=False)
    perspective: Mapped[Perspective | None] = mapped_column(default=None)
    kept_reason: Mapped[str] = mapped_column(default="", server_default="")
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    points: Mapped[list[Point]] = relationship(secondary=key_point_source, default_factory=list, order_by=Point.number)

    @property
    def rests_on_nothing(self) -> bool:
        return all(point.struck_at for point in self.points)


class Practice(Model):
    """A practice cited in a group: what, where, who, why it works."""

    __tablename__ = "practice"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id", ondelete="CASCADE"), init=False, index=True)
    report: Mapped[GroupReport] = relationship(back_populates="practices", default=None)
    position: Mapped[int]
    title: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")


class Recommendation(Model):
    """An action offered to a type of addressee, with the question it answers."""

    __tablename__ = "recommendation"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id", ondelete="CASCADE"), init=False, index=True)
    report: Mapped[GroupReport] = relationship(back_populates="recommendations", default=None)
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("group_question.id", ondelete="SET NULL"), init=False, index=True
    )
    question: Mapped[GroupQuestion | None] = relationship(default=None)
    position: Mapped[int]
    action: Mapped[str]
    addressee: Mapped[str]
    by_when: Mapped[str] = mapped_column(default="")
