"""What is kept of the agenda's way out: PDFs made of it, and personal calendars that can be taken back."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.labels import Labelled
from workshop.platform.links import Linked
from workshop.platform.prints import Print, Trouble
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import WorkshopRow


class Layout(Labelled):
    """How the agenda is set on paper."""

    PROGRAMME = "programme", _l("Programme")
    OVERVIEW = "overview", _l("Overview on one page")


class AgendaPrint(WorkshopRow, Print):
    """A PDF of the agenda."""

    __tablename__ = "agenda_print"
    __table_args__ = (UniqueConstraint("workshop_id", "layout", "language", "fingerprint"),)
    WORKSHOP_INDEX = {}

    layout: Mapped[Layout]
    problem: Mapped[Trouble | None] = mapped_column("trouble", default=None)


class CalendarFeed(WorkshopRow, Linked):
    """One person's part in the agenda, for her calendar program; a new secret puts the old address out of use."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)
    WORKSHOP_INDEX = {}

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), init=False, index=True)
    person: Mapped[Person] = relationship()
    token_hash: Mapped[str] = mapped_column(default=None, unique=True)
    language: Mapped[str]
    made_at: Mapped[datetime]
