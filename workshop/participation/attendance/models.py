"""Badges, who has come, and who was in which session."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.participation.delegations.models import Participant
from workshop.platform.db import Model, public_key
from workshop.platform.labels import Labelled
from workshop.platform.links import Endable
from workshop.platform.prints import Print
from workshop.platform.recording import Recorded
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import WorkshopRow


class Presence(Labelled):
    """Whether somebody was in a session."""

    PRESENT = "present", _l("present"), "good"
    ABSENT = "absent", _l("absent"), "bad"
    EXCUSED = "excused", _l("excused")


class Badge(WorkshopRow):
    """A badge as printed. `key` is what its code says; a badge that was replaced is void."""

    __tablename__ = "badge"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    issued_at: Mapped[datetime]
    voided_at: Mapped[datetime | None] = mapped_column(default=None)


class CheckIn(WorkshopRow):
    """Somebody has come. However many desks say so, there is one; the earliest moment holds.

    `client_key` names the act on the device that noted it, so that sending it twice changes nothing.
    """

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("workshop_id", "client_key"),)
    WORKSHOP_INDEX = {}
    RECORDED: ClassVar = Recorded(_l("Check-in"), lambda row: row.participant.plain_name, "at")

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, unique=True
    )
    participant: Mapped[Participant] = relationship()
    at: Mapped[datetime]
    client_key: Mapped[str]
    by: Mapped[int | None] = mapped_column(default=None)  # a plain number: the entry outlives the account


class SessionAttendance(Model):
    """Somebody was in a session, or was not, or is excused; of a break-out session, in which group.

    Never kept of a session or group under the Chatham House Rule.
    """

    __tablename__ = "session_attendance"
    __table_args__ = (UniqueConstraint("session_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False)
    session: Mapped[Session] = relationship()
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    presence: Mapped[Presence]
    at: Mapped[datetime]
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("breakout_group.id", ondelete="SET NULL"), init=False, index=True
    )
    group: Mapped[Group | None] = relationship(default=None)


class HeadCount(Model):
    """How many were in a session, by category, where nobody is named."""

    __tablename__ = "head_count"
    RECORDED: ClassVar = Recorded(_l("Head count"), lambda row: row.session.title, "counts", part_of="session")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, unique=True)
    session: Mapped[Session] = relationship()
    counts: Mapped[dict[str, int]]


class GroupHeadCount(Model):
    """The same in one break-out group."""

    __tablename__ = "group_head_count"
    RECORDED: ClassVar = Recorded(_l("Head count"), lambda row: row.group.topic, "counts", part_of="group")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False, unique=True)
    group: Mapped[Group] = relationship()
    counts: Mapped[dict[str, int]]


class Door(Endable):
    """A code on the door of a session or of one of its groups, by which people say themselves that they are there."""

    __tablename__ = "door"
    LEADS_BY = "session.workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship()
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("breakout_group.id", ondelete="CASCADE"), init=False, index=True
    )
    group: Mapped[Group | None] = relationship(default=None)


class BadgePrint(WorkshopRow, Print):
    """Badges as one PDF; `fingerprint` says which."""

    __tablename__ = "badge_print"
    __table_args__ = (UniqueConstraint("workshop_id", "language", "fingerprint"),)
    WORKSHOP_INDEX = {}

    badge_ids: Mapped[list[int]] = mapped_column(default_factory=list)
