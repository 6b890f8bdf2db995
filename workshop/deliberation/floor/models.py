"""The floor of a session, and each request for it."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded
from workshop.programme.agenda.models import Session
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

MINUTES, MINUTES_FOR_A_GROUP = 3, 5


class RequestState(Labelled):
    """How far a request for the floor is."""

    WAITING = "waiting", _l("waiting")
    SPEAKING = "speaking", _l("speaking now"), "warn"
    SPOKEN = "spoken", _l("has spoken"), "good"
    WITHDRAWN = "withdrawn", _l("withdrawn")
    SUBMITTED = "submitted", _l("submitted, not delivered")


class Floor(Model):
    """What holds for the speakers' list of a session. Of those waiting, the categories in `first` are called before
    others, in that order. `changes` counts what was done to the list, so that whoever looks at it learns of it.
    """

    __tablename__ = "floor"
    RECORDED: ClassVar = Recorded(
        _l("Speakers’ list"), lambda row: "", "minutes minutes_for_a_group first is_closed", part_of="session"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, unique=True)
    session: Mapped[Session] = relationship(default=None)
    minutes: Mapped[int] = mapped_column(default=MINUTES)
    minutes_for_a_group: Mapped[int] = mapped_column(default=MINUTES_FOR_A_GROUP)
    first: Mapped[list[str]] = mapped_column(default_factory=list)
    is_closed: Mapped[bool] = mapped_column(default=False)
    changes: Mapped[int] = mapped_column(default=0)


class FloorRequest(Model):
    """Somebody asks for the floor. `name` is what the chair calls, kept on record only: under a stricter mode it is the
    number of a seat, forgotten as soon as that person has spoken. `mode` is the mode it was typed under.
    """

    __tablename__ = "floor_request"
    __table_args__ = (UniqueConstraint("floor_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id", ondelete="CASCADE"), init=False)
    floor: Mapped[Floor] = relationship(default=None)
    number: Mapped[int]
    category: Mapped[Category]
    asked_at: Mapped[datetime]
    mode: Mapped[MeetingMode]
    name: Mapped[str] = mapped_column(default="")
    for_a_group: Mapped[bool] = mapped_column(default=False)
    state: Mapped[RequestState] = mapped_column(default=RequestState.WAITING)
    called_first: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def limit(self) -> int:
        """For how many seconds it may last."""
        return 60 * (self.floor.minutes_for_a_group if self.for_a_group else self.floor.minutes)

    def seconds(self, at: datetime) -> int:
        """How long the floor was held, until now where it still is."""
        return int(((self.ended_at or at) - self.started_at).total_seconds()) if self.started_at else 0
