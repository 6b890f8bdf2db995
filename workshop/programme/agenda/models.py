"""The agenda: sessions, items inside them, guiding questions, and who appears in which role."""

from datetime import datetime
from typing import ClassVar, TypedDict

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words, now, public_key
from workshop.platform.recording import Recorded, numbered
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.series.models import MeetingMode, WorkshopRow

from .formats import Format, Part, Perspective


class Room(WorkshopRow):
    """`name` is in the working language and tells rooms apart; `names` says it in the others, where it differs."""

    __tablename__ = "room"
    RECORDED: ClassVar = Recorded(_l("Room"), lambda row: row.name, "name names seats position")

    name: Mapped[str]
    names: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    seats: Mapped[int | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def words(self) -> Words:
        """Its name in each language that has one."""
        return Words({self.workshop.languages[0]: self.name} | self.names)


class Session(WorkshopRow):
    """A timed block of the agenda. `number` is its place in the programme, from 0 (the welcome).

    `mode` is empty where the workshop's own meeting mode holds. `expected` is how many people are thought to come.
    `revision` guards against two organisers overwriting each other.
    """

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    RECORDED: ClassVar = Recorded(
        _l("Session"),
        lambda row: numbered(row.number, row.title),
        "number title format subtitle note lens starts_at ends_at room mode interpreted expected",
    )

    number: Mapped[int]
    title: Mapped[Words]
    format: Mapped[Format]
    subtitle: Mapped[Words] = mapped_column(default_factory=Words)
    note: Mapped[Words] = mapped_column(default_factory=Words)
    lens: Mapped[Words] = mapped_column(default_factory=Words)
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="SET NULL"), init=False)
    room: Mapped[Room | None] = relationship(default=None)
    mode: Mapped[MeetingMode | None] = mapped_column(default=None)
    interpreted: Mapped[bool] = mapped_column(default=False, server_default=false())
    expected: Mapped[int | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(default=1)
    questions: Mapped[list["GuidingQuestion"]] = relationship(
        default_factory=list,
        back_populates="session",
        order_by="GuidingQuestion.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    items: Mapped[list["Item"]] = relationship(
        default_factory=list,
        back_populates="session",
        order_by="Item.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    appearances: Mapped[list["Appearance"]] = relationship(
        default_factory=list,
        back_populates="session",
        order_by="Appearance.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class GuidingQuestion(Model):
    """A question a session must address. `text` is its wording in force; `wordings` are all it ever had."""

    __tablename__ = "guiding_question"
    RECORDED: ClassVar = Recorded(_l("Guiding question"), lambda row: row.text, "text position", part_of="session")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(back_populates="questions", default=None)
    position: Mapped[int]
    text: Mapped[Words]
    wordings: Mapped[list["QuestionWording"]] = relationship(
        init=False,
        back_populates="question",
        order_by="QuestionWording.number",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    def __post_init__(self) -> None:
        self.wordings = [QuestionWording(number=1, text=self.text)]


class QuestionWording(Model):
    """What a guiding question said from one moment on, until the next wording. `number` counts from 1."""

    __tablename__ = "question_wording"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    question_id: Mapped[int] = mapped_column(ForeignKey("guiding_question.id", ondelete="CASCADE"), init=False)
    question: Mapped[GuidingQuestion] = relationship(back_populates="wordings", default=None)
    number: Mapped[int]
    text: Mapped[Words]
    since: Mapped[datetime] = mapped_column(default_factory=now)


class Item(Model):
    """An entry inside a session. It may have no title (a speaker who gave none), no speaker, no document."""

    __tablename__ = "item"
    RECORDED: ClassVar = Recorded(
        _l("Item"), lambda row: row.title, "title perspective role_label minutes position", part_of="session"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(back_populates="items", default=None)
    position: Mapped[int]
    title: Mapped[Words] = mapped_column(default_factory=Words)
    perspective: Mapped[Perspective | None] = mapped_column(default=None)
    role_label: Mapped[Words] = mapped_column(default_factory=Words)
    minutes: Mapped[int | None] = mapped_column(default=None)


class Appearance(Model):
    """A person appears in a session, on one of its items or (a discussant, a chair) on the session itself.

    Function and organisation are those of that day, as supplied; `country` is alpha-3, and
    `country_inferred` says that the source implied it without naming it. `delivered_by` reads out the statement of
    the person, who is not there. `formerly` lists the ids of those who had this place before, the newest first.
    """

    __tablename__ = "appearance"
    RECORDED: ClassVar = Recorded(
        _l("Person on the agenda"),
        lambda row: row.person.display_name,
        "person part item organisation country function perspective role_label delivered_by delivered_by_function",
        part_of="session",
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(back_populates="appearances", default=None)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), init=False, index=True)
    item: Mapped[Item | None] = relationship(default=None)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), init=False, index=True)
    person: Mapped[Person] = relationship(default=None, foreign_keys=[person_id])
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), init=False, index=True
    )
    organisation: Mapped[Organisation | None] = relationship(default=None)
    part: Mapped[Part]
    position: Mapped[int] = mapped_column(default=0)
    function: Mapped[Words] = mapped_column(default_factory=Words)
    country: Mapped[str] = mapped_column(default="")
    country_inferred: Mapped[bool] = mapped_column(default=False)
    perspective: Mapped[Perspective | None] = mapped_column(default=None)
    role_label: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    delivered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), init=False, index=True
    )
    delivered_by: Mapped[Person | None] = relationship(default=None, foreign_keys=[delivered_by_id])
    delivered_by_function: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    formerly: Mapped[list[int]] = mapped_column(JSON, default_factory=list, server_default="[]")

    @property
    def present(self) -> Person:
        """Who must be in the room: whoever delivers the statement, else the person herself."""
        return self.delivered_by or self.person


class Replacement(Model):
    """Somebody had this place on the agenda before: who it was, in which function, and why it changed.

    `reason` is for the organisers alone; `replaced_by` is the account of whoever made the change.
    """

    __tablename__ = "replacement"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    appearance_id: Mapped[int] = mapped_column(ForeignKey("appearance.id", ondelete="CASCADE"), init=False, index=True)
    appearance: Mapped[Appearance] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), init=False, index=True)
    person: Mapped[Person] = relationship()
    name: Mapped[str]
    replaced_at: Mapped[datetime]
    function: Mapped[Words] = mapped_column(default_factory=Words)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), init=False, index=True
    )
    organisation: Mapped[Organisation | None] = relationship(default=None)
    country: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)


class Availability(WorkshopRow):
    """A span of time in which somebody can be at the workshop. Who has none is taken to be there throughout."""

    __tablename__ = "availability"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), init=False, index=True)
    person: Mapped[Person] = relationship()
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class StoredPlace(TypedDict):
    """Where a session stood before a move, with the revision that the move gave it."""

    id: int
    starts_at: str | None
    ends_at: str | None
    room: int | None
    revision: int


class Move(WorkshopRow):
    """Sessions were given another place in the timetable: where they stood `before`, so that they can be put back.

    The first of `before` is the one that was moved, the others moved along. `revision` in each is the one that the
    move itself gave to the session: while it lasts, nobody has changed the session since.
    """

    __tablename__ = "session_move"

    key: Mapped[str] = mapped_column(unique=True, default_factory=public_key)
    at: Mapped[datetime]
    who: Mapped[int | None]  # a plain number: the move outlives the account
    before: Mapped[list[StoredPlace]] = mapped_column(JSON)
