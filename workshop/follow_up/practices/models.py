"""Practices as the Global Forum's form asks for them, and gaps that were found, with what they rest on."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.platform.links import Linked
from workshop.secretariat.series.models import Series, Workshop


class ConsentKind(Labelled):
    """How somebody agreed that something of theirs is public."""

    LINK = "link", _l("by personal link")
    RECORDED = "recorded", _l("recorded by an organiser")


class SharedPractice(Linked):
    """Something that a government, an organisation or a group does. `countries` are alpha-3 codes, `goals` codes such as
    "sdg-10".

    `source` says where it is known from: a document, a statement, a meeting; `meeting` is the workshop, where it was one of
    ours. `contact` is printed; `giver` and `giver_email` are who gave it, and are never shown to everybody. It is public
    where she has consented and an organiser has decided so. Her personal link lets her read it, agree, and take it back.
    """

    __tablename__ = "shared_practice"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), init=False, index=True)
    series: Mapped[Series] = relationship()
    title: Mapped[Words]
    what: Mapped[Words] = mapped_column(default_factory=Words)
    who: Mapped[Words] = mapped_column(default_factory=Words)
    place: Mapped[Words] = mapped_column(default_factory=Words)
    countries: Mapped[list[str]] = mapped_column(default_factory=list)
    partners: Mapped[list[str]] = mapped_column(default_factory=list)
    themes: Mapped[list[str]] = mapped_column(default_factory=list)
    goals: Mapped[list[str]] = mapped_column(default_factory=list)
    source: Mapped[str] = mapped_column(default="")
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("workshop.id", ondelete="SET NULL"), init=False, index=True
    )
    meeting: Mapped[Workshop | None] = relationship(default=None)
    link: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    giver: Mapped[str] = mapped_column(default="")
    giver_email: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    consented_on: Mapped[date | None] = mapped_column(default=None)
    consent_kind: Mapped[ConsentKind | None] = mapped_column(default=None)
    consent_note: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)

    @property
    def is_public(self) -> bool:
        """Whether both have agreed: who gave it, and an organiser."""
        return self.consented_on is not None and self.published_at is not None


class Gap(Model):
    """Something that is missing: a rule, an institution, data, money. `rests_on` are sources with a text and a link."""

    __tablename__ = "gap"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), init=False, index=True)
    series: Mapped[Series] = relationship()
    theme: Mapped[str]
    text: Mapped[Words]
    rests_on: Mapped[list[dict[str, str]]] = mapped_column(default_factory=list)
    countries: Mapped[list[str]] = mapped_column(default_factory=list)
    goals: Mapped[list[str]] = mapped_column(default_factory=list)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
