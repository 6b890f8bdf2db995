"""The invitation of one person to one workshop: what was asked, and what was answered by personal link."""

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.db import Model
from workshop.series.models import Workshop
from workshop.stakeholders.models import Person


class Standing(enum.StrEnum):
    """Where an invitation stands. Who is on the agenda without an invitation has not been asked yet."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"

    @property
    def label(self) -> Any:
        return STANDING_LABELS[self]


STANDING_LABELS = {
    Standing.INVITED: _l("invited"),
    Standing.ACCEPTED: _l("accepted"),
    Standing.DECLINED: _l("declined"),
    Standing.REPLACED: _l("replaced"),
}


class Invitation(Model):
    """One per person and workshop, whatever the number of appearances. The personal link holds a secret (256 bit),
    of which only the SHA-256 is stored; without one, no link is out.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), init=False)
    workshop: Mapped[Workshop] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), init=False, index=True)
    person: Mapped[Person] = relationship()
    email: Mapped[str]
    language: Mapped[str]
    standing: Mapped[Standing] = mapped_column(default=Standing.INVITED)
    token_hash: Mapped[str | None] = mapped_column(default=None, unique=True)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
