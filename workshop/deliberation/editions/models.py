"""Editions of a report: frozen texts with what they were made from, who cleared them, and in which languages they are out."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar, TypedDict

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import (
    Paragraph,
    WrittenParagraph,
    in_languages,
    number_tables,
    read_paragraph,
)
from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.platform.prints import Print
from workshop.platform.recording import Recorded, numbered
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode


class EditionState(Labelled):
    """How far an edition has come."""

    DRAFT = "draft", _l("draft"), "warn"
    REVIEW = "review", _l("under review"), "warn"
    CLEARED = "cleared", _l("cleared"), "good"
    RELEASED = "released", _l("released"), "good"
    WITHDRAWN = "withdrawn", _l("withdrawn"), "bad"


class Manifest(TypedDict, total=False):
    """What an edition was made from: how chapters are written, the state of each source, the modes of the meetings."""

    template: str
    sources: dict[str, str]
    modes: dict[str, str]


class Edition(Model):
    """A report as it stood at one moment. Nothing in it changes afterwards; its numbers of paragraphs are for ever.

    `content` is the list of paragraphs as `Paragraph.written` gives them, `manifest` what it was made from, and `digest` the
    hash of both with the title. `review_until` is the moment at which silence counts as no objection.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("report_id", "number"),)
    RECORDED: ClassVar = Recorded(
        _l("Edition"), lambda row: numbered(row.number, row.title), "state review_until", part_of="report"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("plenary_report.id", ondelete="CASCADE"), init=False)
    report: Mapped[PlenaryReport] = relationship(default=None)
    number: Mapped[int]
    title: Mapped[Words]
    content: Mapped[list[WrittenParagraph]] = mapped_column(JSON)
    manifest: Mapped[Manifest] = mapped_column(JSON)
    digest: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    state: Mapped[EditionState] = mapped_column(default=EditionState.DRAFT)
    review_until: Mapped[datetime | None] = mapped_column(default=None)
    cleared_at: Mapped[datetime | None] = mapped_column(default=None)
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), init=False)
    cleared_by: Mapped[User | None] = relationship(foreign_keys=[cleared_by_id], default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_because: Mapped[str] = mapped_column(default="")
    releases: Mapped[list["EditionRelease"]] = relationship(
        default_factory=list,
        back_populates="edition",
        order_by="EditionRelease.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    corrigendum: Mapped["Corrigendum | None"] = relationship(
        init=False, back_populates="edition", cascade="all, delete-orphan", passive_deletes=True, lazy="joined"
    )

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        found = [read_paragraph(each, position) for position, each in enumerate(self.content, 1)]
        number_tables(found)
        return found

    @property
    def paragraphs_out(self) -> list[Paragraph]:
        """What everyone reads: nothing in a language in which it is not out."""
        return [in_languages(each, self.languages_out) for each in self.paragraphs]

    @property
    def languages_out(self) -> list[str]:
        """The languages in which it has been released."""
        return [each.language for each in self.releases]

    @property
    def modes(self) -> dict[str, MeetingMode]:
        """The meeting mode of each session and group as this edition was made: "session:3", "group:1"."""
        return {key: MeetingMode(mode) for key, mode in self.manifest.get("modes", {}).items()}


class EditionRelease(Model):
    """From when on an edition can be read in one language by everyone."""

    __tablename__ = "edition_release"
    __table_args__ = (UniqueConstraint("edition_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), init=False)
    edition: Mapped[Edition] = relationship(back_populates="releases", default=None)
    language: Mapped[str]
    released_at: Mapped[datetime]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)


class Corrigendum(Model):
    """What a released edition should have said: the one thing that is ever added to it."""

    __tablename__ = "corrigendum"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), init=False, unique=True)
    edition: Mapped[Edition] = relationship(back_populates="corrigendum")
    text: Mapped[Words]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class HitKind(Labelled):
    """What the release check looks for."""

    PERSON = "person", _l("person")
    ORGANISATION = "organisation", _l("organisation")
    COUNTRY = "country", _l("country")
    LOADED_WORD = "loaded_word", _l("word of a decision")


class CheckDecision(Model):
    """A person's decision that something the release check found in a paragraph stays, and why. It is never taken away;
    where the words around it change, the check asks again."""

    __tablename__ = "check_decision"
    __table_args__ = (UniqueConstraint("report_id", "hit"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("plenary_report.id", ondelete="CASCADE"), init=False)
    report: Mapped[PlenaryReport] = relationship(default=None)
    hit: Mapped[str]  # the hash of the paragraph's text in that language and of what was found in it
    kind: Mapped[HitKind]
    found: Mapped[str]
    excerpt: Mapped[str]
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)


class Rendering(Print):
    """A PDF of an edition in one language."""

    __tablename__ = "rendering"
    __table_args__ = (UniqueConstraint("edition_id", "language", "fingerprint"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), init=False, index=True)
    edition: Mapped[Edition] = relationship(default=None)
    made_at: Mapped[datetime | None] = mapped_column(default=None)
