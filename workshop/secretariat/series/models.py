"""A series of workshops, one workshop, its milestones, and who holds which role in it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.secretariat.accounts.models import User


class MeetingMode(Labelled):
    """How what is said may be attributed, in every output."""

    ON_RECORD = "on_record", _l("On record")
    NOT_FOR_ATTRIBUTION = "not_for_attribution", _l("Not for attribution")
    CHATHAM_HOUSE = "chatham_house", _l("Chatham House Rule")


class Role(Labelled):
    """What a person does in one workshop. One person may hold several."""

    ORGANISER = "organiser", _l("Organiser")
    CHAIR = "chair", _l("Chair")
    RAPPORTEUR = "rapporteur", _l("Rapporteur")
    NOTE_TAKER = "note_taker", _l("Note-taker")
    FOCAL_POINT = "focal_point", _l("Focal point")
    PARTICIPANT = "participant", _l("Participant")


class Stage(Labelled):
    """The life of a workshop, left to right."""

    CONCEPT = "concept", _l("Concept")
    INVITATIONS = "invitations", _l("Invitations")
    PAPERS_AND_ANSWERS = "papers_and_answers", _l("Papers and answers")
    PLENARY_DAYS = "plenary_days", _l("Plenary days")
    REPORT = "report", _l("Report")
    FOLLOW_UP = "follow_up", _l("Follow-up")


class Series(Model):
    """A standing forum such as the International Dialogue on Migration."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Words]
    description: Mapped[Words] = mapped_column(default_factory=Words)


class Workshop(Model):
    """One meeting. `version` grows with every change the public can see; ETags are keyed on it.

    `hard_stops` are the times of day, as "13:00" in the workshop's zone, at which the interpreters leave;
    `interpreter_teams` says how many sessions can be interpreted at once, None where nobody counts.
    `clash_levels` says for each kind of clash whether it blocks, warns or is ignored, where that is not as usual.
    """

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="RESTRICT"), init=False, index=True)
    series: Mapped[Series] = relationship()
    title: Mapped[Words]
    short_title: Mapped[Words]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    place: Mapped[Words]
    zone: Mapped[str]
    languages: Mapped[list[str]]
    introduction: Mapped[Words] = mapped_column(default_factory=Words)
    objectives: Mapped[list[Words]] = mapped_column(default_factory=list)
    outcomes: Mapped[list[Words]] = mapped_column(default_factory=list)
    funders: Mapped[list[str]] = mapped_column(default_factory=list)
    disclaimer: Mapped[Words] = mapped_column(default_factory=Words)
    notice: Mapped[Words] = mapped_column(default_factory=Words)
    mode: Mapped[MeetingMode] = mapped_column(default=MeetingMode.ON_RECORD)
    hard_stops: Mapped[list[str]] = mapped_column(
        default_factory=lambda: ["13:00", "18:00"], server_default='["13:00", "18:00"]'
    )
    interpreter_teams: Mapped[int | None] = mapped_column(default=None)
    clash_levels: Mapped[dict[str, str]] = mapped_column(default_factory=dict, server_default="{}")
    published: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    def changed_in_public(self) -> None:
        """Call when something the public can see has changed."""
        self.version += 1


class WorkshopRow(Model):
    """A row that belongs to one workshop and goes with it.

    `WORKSHOP_INDEX` says how rows are found by it: a table whose own constraint begins with it needs no other index.
    """

    __abstract__ = True
    WORKSHOP_INDEX: ClassVar[dict[str, bool]] = {"index": True}

    id: Mapped[int] = mapped_column(primary_key=True, init=False, sort_order=-2)
    if TYPE_CHECKING:  # the same for a type checker, which knows by it what a new row is given
        workshop_id: Mapped[int] = mapped_column(init=False)
        workshop: Mapped[Workshop] = relationship()
    else:

        @declared_attr
        @classmethod
        def workshop_id(cls) -> Mapped[int]:
            workshop = ForeignKey("workshop.id", ondelete="CASCADE")
            return mapped_column(workshop, init=False, sort_order=-1, **cls.WORKSHOP_INDEX)

        @declared_attr
        @classmethod
        def workshop(cls) -> Mapped[Workshop]:
            return relationship()


class Milestone(WorkshopRow):
    """When a stage of the workshop is due, and when the organisers called it done."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("workshop_id", "stage"),)
    WORKSHOP_INDEX = {}

    stage: Mapped[Stage]
    due_on: Mapped[date | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class Membership(WorkshopRow):
    """A person holds a role in a workshop. Roles are never global."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "workshop_id", "role"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False)
    user: Mapped[User] = relationship()
    role: Mapped[Role]
