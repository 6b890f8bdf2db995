"""Who is to sit in the break-out groups of a session, and where each sits."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.links import Remade
from workshop.platform.recording import Recorded
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.secretariat.register.models import Category


class Sex(Labelled):
    """As volunteered; empty where nobody said."""

    WOMAN = "woman", _l("Woman")
    MAN = "man", _l("Man")
    OTHER = "other", _l("Another answer")


class Grouping(Labelled):
    """What is wished of people of one delegation."""

    FREE = "free", _l("As it comes")
    SPLIT = "split", _l("In different groups")
    TOGETHER = "together", _l("In the same group")


class ChoiceKind(Labelled):
    """How people choose their group themselves."""

    SEATS = "seats", _l("Take a seat: first come, first served, with a waiting list")
    WISHES = "wishes", _l("Rank the groups: the organisers allocate by these wishes")


class SeatedPerson(Remade):
    """Somebody on the list of a break-out session. `wishes` are numbers of groups, the dearest first.

    Who has the same word in `sits_with` sits together; who has the same in `sits_apart` never does. `is_locked` says
    that a person has decided on the seat: no allocation moves it. `waits_for` is the group in which a seat is wanted that
    was full; `told_of` the number of the group of which the person was told last.
    """

    __tablename__ = "seated_person"
    LEADS_BY = "session.workshop"
    __table_args__ = (UniqueConstraint("session_id", "name", "delegation"),)
    RECORDED: ClassVar = Recorded(_l("Person in a group"), lambda row: row.name, "group is_locked", part_of="session")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(default=None)
    name: Mapped[str]
    delegation: Mapped[str] = mapped_column(default="")
    category: Mapped[Category | None] = mapped_column(default=None)
    region: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    sex: Mapped[Sex | None] = mapped_column(default=None)
    seniority: Mapped[str] = mapped_column(default="")
    wishes: Mapped[list[int]] = mapped_column(default_factory=list)
    sits_with: Mapped[str] = mapped_column(default="")
    sits_apart: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("breakout_group.id", ondelete="SET NULL"), init=False, index=True
    )
    group: Mapped[Group | None] = relationship(default=None, foreign_keys="SeatedPerson.group_id")
    is_locked: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str] = mapped_column(default="", server_default="")
    waits_for_id: Mapped[int | None] = mapped_column(
        ForeignKey("breakout_group.id", ondelete="SET NULL"), init=False, index=True
    )
    waits_for: Mapped[Group | None] = relationship(default=None, foreign_keys="SeatedPerson.waits_for_id")
    waits_since: Mapped[datetime | None] = mapped_column(default=None)
    told_of: Mapped[int | None] = mapped_column(default=None)

    @property
    def link_source(self) -> str:
        return f"seat:{self.session_id}:{self.id}"


class SeatChoice(Model):
    """Whether people choose their group in a session themselves, and how."""

    __tablename__ = "seat_choice"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, unique=True)
    session: Mapped[Session] = relationship(default=None)
    kind: Mapped[ChoiceKind] = mapped_column(default=ChoiceKind.SEATS)
    is_open: Mapped[bool] = mapped_column(default=False)


class SeatingRun(Model):
    """The last allocation of a session: with the same list and the same seed it can be made again."""

    __tablename__ = "seating_run"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, unique=True)
    session: Mapped[Session] = relationship(default=None)
    seed: Mapped[int]
    grouping: Mapped[Grouping]
    made_at: Mapped[datetime]
