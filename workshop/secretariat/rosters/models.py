"""Contacts of a workshop, lists that wait to be taken in, and what their columns were said to mean."""

from datetime import datetime
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import public_key
from workshop.platform.recording import Recorded
from workshop.secretariat.register.models import Category, Organisation, Person
from workshop.secretariat.series.models import WorkshopRow


class Contact(WorkshopRow):
    """Somebody, an organisation, or somebody of an organisation, whom a workshop may write to. Never shown in public."""

    __tablename__ = "contact"
    RECORDED: ClassVar = Recorded(_l("Contact"), lambda row: row.label, "function country language category")

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), init=False, index=True)
    person: Mapped[Person | None] = relationship(default=None)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), init=False, index=True
    )
    organisation: Mapped[Organisation | None] = relationship(default=None)
    email: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    category: Mapped[Category | None] = mapped_column(default=None)
    details: Mapped[dict[str, str]] = mapped_column(default_factory=dict, server_default="{}")  # of a participant

    @property
    def label(self) -> str:
        """The name of the person, else of the organisation."""
        if self.person:
            return self.person.display_name
        return self.organisation.name.in_("en")[0] if self.organisation else self.email


class RosterColumns(WorkshopRow):
    """What the columns of lists from one source mean: those with the same headings."""

    __tablename__ = "roster_columns"
    __table_args__ = (UniqueConstraint("workshop_id", "source"),)
    WORKSHOP_INDEX: ClassVar[dict[str, Any]] = {}

    source: Mapped[str]
    fields: Mapped[dict[str, str]]


class RosterImport(WorkshopRow):
    """A list that waits to be taken in, with what was said about its columns, its answers and its duplicates."""

    __tablename__ = "roster_import"

    stored_as: Mapped[str]
    filename: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    accepted: Mapped[list[str] | None] = mapped_column(JSON, default=None)
    decisions: Mapped[dict[str, str]] = mapped_column(default_factory=dict)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    report: Mapped[dict[str, object]] = mapped_column(default_factory=dict)
