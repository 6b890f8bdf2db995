"""Somebody who can be written to about a subject, as long as she agrees."""

from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.follow_up.practices.models import ConsentKind
from workshop.platform.db import public_key
from workshop.platform.links import Linked
from workshop.secretariat.series.models import Series


class ContactCard(Linked):
    """`key` names it in public addresses. It is in the directory from the moment an organiser lists it, while consent was
    given and `expires_on` is not past: on every page and in every export alike. Her personal link lets her agree, renew and
    withdraw; `reminded_on` is when she was last asked to renew.
    """

    __tablename__ = "contact_card"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), init=False, index=True)
    series: Mapped[Series] = relationship()
    name: Mapped[str]
    email: Mapped[str]
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    function: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(default_factory=list)
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    folded: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    consented_on: Mapped[date | None] = mapped_column(default=None)
    expires_on: Mapped[date | None] = mapped_column(default=None, index=True)
    consent_kind: Mapped[ConsentKind | None] = mapped_column(default=None)
    consent_note: Mapped[str] = mapped_column(default="")
    reminded_on: Mapped[date | None] = mapped_column(default=None)
    listed_at: Mapped[datetime | None] = mapped_column(default=None)
    listed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)

    def has_consent(self, today: date) -> bool:
        return self.consented_on is not None and self.expires_on is not None and self.expires_on >= today

    def is_listed(self, today: date) -> bool:
        """Whether it is in the directory."""
        return self.listed_at is not None and self.has_consent(today)

    @classmethod
    def listed_on(cls, today: date | BindParameter[date]) -> ColumnElement[bool]:
        """The same for a list of them."""
        return and_(cls.listed_at.is_not(None), cls.consented_on.is_not(None), cls.expires_on >= today)
