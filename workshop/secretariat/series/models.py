"""A series of workshops, one workshop, its milestones, and who holds which role in it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, and_, false
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from workshop.platform.db import Model, Words, now, public_key
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded
from workshop.secretariat.accounts.models import User


class MeetingMode(Labelled):
    """How what is said may be attributed, in every output."""

    ON_RECORD = "on_record", _l("On record")
    NOT_FOR_ATTRIBUTION = "not_for_attribution", _l("Not for attribution")
    CHATHAM_HOUSE = "chatham_house", _l("Chatham House Rule")

    def is_stricter_than(self, other: "MeetingMode") -> bool:
        """Each mode hides more than those before it."""
        order = list(MeetingMode)
        return order.index(self) > order.index(other)


class Role(Labelled):
    """What a person does in one workshop. One person may hold several."""

    ORGANISER = "organiser", _l("Organiser")
    PROGRAMME = "programme", _l("Programme officer")
    DOCUMENTS = "documents", _l("Documents officer")
    ANALYST = "analyst", _l("Analyst")
    TRANSLATOR = "translator", _l("Translator")
    CHAIR = "chair", _l("Chair")
    MODERATOR = "moderator", _l("Moderator")
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


class Visibility(Labelled):
    """Who can see a workshop. Each step is a decision of an organiser."""

    PRIVATE = "private", _l("Private")
    ANNOUNCED = "announced", _l("Announced")
    PUBLIC = "public", _l("Public")
    ARCHIVED = "archived", _l("Archived")


class Series(Model):
    """A standing forum such as the International Dialogue on Migration. Strangers see it with its first announced
    workshop; an archived one takes no new workshops.
    """

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Words]
    description: Mapped[Words] = mapped_column(default_factory=Words)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


def first_version() -> int:
    """Above every version that an erased workshop of the same address can have had: minutes, and nobody changes what the
    public sees more than once a minute for as long as a removed workshop is kept.
    """
    return int(now().timestamp()) // 60


class Workshop(Model):
    """One meeting. `version` grows with every change the public can see; ETags are keyed on it.

    `languages` are those its texts are written in, the working language first. `opens_at` and `closes_at` are the hours
    of the meeting, as "09:00" in its zone. `goals` are codes of `goals.py`; `session_before` and `session_after` name
    the sessions of the governing body it lies between. `retention_months` says for how long personal data is kept after
    the last day, None where no promise was made. A removed workshop is gone for everybody but the organiser who may
    bring it back, and erased after `removal.KEPT_DAYS`.

    `hard_stops` are the times of day, as "13:00" in the workshop's zone, at which the interpreters leave;
    `interpreter_teams` says how many sessions can be interpreted at once, None where nobody counts.
    `clash_levels` says for each kind of clash whether it blocks, warns or is ignored, where that is not as usual.
    """

    __tablename__ = "workshop"
    RECORDED: ClassVar = Recorded(
        _l("Workshop"),
        lambda row: row.short_title,
        "title short_title starts_on ends_on place zone languages introduction objectives outcomes funders disclaimer"
        " notice mode hard_stops interpreter_teams clash_levels venue opens_at closes_at themes goals session_before"
        " session_after contact_name contact_email contact_phone logo_text retention_months visibility removed_at",
    )

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
    venue: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    opens_at: Mapped[str] = mapped_column(default="", server_default="")
    closes_at: Mapped[str] = mapped_column(default="", server_default="")
    themes: Mapped[list[str]] = mapped_column(default_factory=list, server_default="[]")
    goals: Mapped[list[str]] = mapped_column(default_factory=list, server_default="[]")
    session_before: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    session_after: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    contact_name: Mapped[str] = mapped_column(default="", server_default="")
    contact_email: Mapped[str] = mapped_column(default="", server_default="")
    contact_phone: Mapped[str] = mapped_column(default="", server_default="")
    logo: Mapped[str] = mapped_column(default="", server_default="")
    logo_text: Mapped[str] = mapped_column(default="", server_default="")
    retention_months: Mapped[int | None] = mapped_column(default=None)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PRIVATE)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_by: Mapped[int | None] = mapped_column(default=None)  # a plain number: it outlives the account
    steps_put_away: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default_factory=first_version)
    key: Mapped[str] = mapped_column(default_factory=public_key)  # its name on the list of what was erased

    @hybrid_property
    def published(self) -> bool:
        """Whether a stranger may read it; an announced one shows its title, dates and place only."""
        return self.visibility in OPEN and self.removed_at is None

    @published.inplace.expression
    @classmethod
    def _published(cls) -> ColumnElement[bool]:
        return and_(cls.visibility.in_(OPEN), cls.removed_at.is_(None))

    @hybrid_property
    def announced(self) -> bool:
        """Whether a stranger may know that it exists."""
        return self.visibility is not Visibility.PRIVATE and self.removed_at is None

    @announced.inplace.expression
    @classmethod
    def _announced(cls) -> ColumnElement[bool]:
        return and_(cls.visibility != Visibility.PRIVATE, cls.removed_at.is_(None))

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_archived(self) -> bool:
        return self.visibility is Visibility.ARCHIVED

    @hybrid_property
    def is_running(self) -> bool:
        """Whether anything is sent by itself for it."""
        return self.visibility is not Visibility.ARCHIVED and self.removed_at is None

    @is_running.inplace.expression
    @classmethod
    def _is_running(cls) -> ColumnElement[bool]:
        return and_(cls.visibility != Visibility.ARCHIVED, cls.removed_at.is_(None))

    def changed_in_public(self) -> None:
        """Call when something the public can see has changed."""
        self.version += 1


OPEN = (Visibility.PUBLIC, Visibility.ARCHIVED)


class WorkshopRow(Model):
    """A row that belongs to one workshop and goes with it.

    `WORKSHOP_INDEX` says how rows are found by it: a table whose own constraint begins with it needs no other index.
    """

    __abstract__ = True
    WORKSHOP_INDEX: ClassVar[dict[str, bool]] = {"index": True}
    LEADS_BY: ClassVar[str] = "workshop"  # for those that a link opens

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
    RECORDED: ClassVar = Recorded(_l("Stage"), lambda row: row.stage, "due_on done_at")

    stage: Mapped[Stage]
    due_on: Mapped[date | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class Membership(WorkshopRow):
    """A person holds a role in a workshop. Roles are never global. A `limited` one came with a part in a session, and
    holds only in the sessions where she has that part.
    """

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "workshop_id", "role"),)
    RECORDED: ClassVar = Recorded(_l("Member"), lambda row: "", "role", about="user")

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False)
    user: Mapped[User] = relationship()
    role: Mapped[Role]
    limited: Mapped[bool] = mapped_column(default=False, server_default=false())
