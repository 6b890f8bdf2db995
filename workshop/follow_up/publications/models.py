"""A publication of a series: what it is, its files, its editions, its coverage, and whether its links still answer."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.deliberation.editions.models import Edition
from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.secretariat.series.models import Series


class PublicationKind(Labelled):
    REPORT = "report", _l("Report")
    PAPER = "paper", _l("Paper")
    BRIEF = "brief", _l("Policy brief")
    PROCEEDINGS = "proceedings", _l("Proceedings")
    HANDBOOK = "handbook", _l("Handbook")


class FilePurpose(Labelled):
    """What a file of a publication is for."""

    TEXT = "text", _l("The publication")
    ARCHIVED = "archived", _l("Archived copy of the source")
    PRESS = "press", _l("Press kit")


class Publication(Model):
    """One work, whatever its editions and languages.

    `authors` are written "Family, Given"; an organisation has no comma. `chapters` have a title, authors and pages.
    `link` is where the work was published, outside. Under an embargo nothing of it is public before `embargo_until`, which
    is read and written in `zone`. The `launch_…` columns say where it was presented, often at somebody else's meeting.
    `folded` is what a search looks through. `edition` is the released report of a workshop that it was made from.
    """

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    slug: Mapped[str] = mapped_column(unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), init=False, index=True)
    series: Mapped[Series] = relationship()
    kind: Mapped[PublicationKind]
    title: Mapped[Words]
    issued_on: Mapped[date] = mapped_column(index=True)
    zone: Mapped[str]
    subtitle: Mapped[Words] = mapped_column(default_factory=Words)
    summary: Mapped[Words] = mapped_column(default_factory=Words)
    authors: Mapped[list[str]] = mapped_column(default_factory=list)
    publisher: Mapped[str] = mapped_column(default="")
    publisher_place: Mapped[str] = mapped_column(default="")
    collection: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None] = mapped_column(default=None)
    isbn: Mapped[str] = mapped_column(default="")
    issn: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default_factory=list)
    themes: Mapped[list[str]] = mapped_column(default_factory=list)
    chapters: Mapped[list[dict[str, str]]] = mapped_column(default_factory=list)
    link: Mapped[str] = mapped_column(default="")
    press_text: Mapped[Words] = mapped_column(default_factory=Words)
    embargo_until: Mapped[datetime | None] = mapped_column(default=None)
    launch_event: Mapped[Words] = mapped_column(default_factory=Words)
    launch_place: Mapped[Words] = mapped_column(default_factory=Words)
    launch_theme: Mapped[Words] = mapped_column(default_factory=Words)
    launch_on: Mapped[date | None] = mapped_column(default=None)
    launch_link: Mapped[str] = mapped_column(default="")
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", ondelete="SET NULL"), init=False, index=True
    )
    edition: Mapped[Edition | None] = relationship(default=None)
    folded: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    files: Mapped[list["PublicationFile"]] = relationship(
        default_factory=list,
        back_populates="publication",
        order_by="PublicationFile.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    editions: Mapped[list["PublicationEdition"]] = relationship(
        default_factory=list,
        back_populates="publication",
        order_by="PublicationEdition.number.desc()",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    mentions: Mapped[list["MediaMention"]] = relationship(
        default_factory=list,
        back_populates="publication",
        order_by="(MediaMention.seen_on.desc(), MediaMention.id)",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    checked_links: Mapped[list["CheckedLink"]] = relationship(
        default_factory=list, back_populates="publication", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_published(self) -> bool:
        """Whether an organiser has decided that it is public; an embargo may still keep it back."""
        return self.published_at is not None

    @property
    def outside_links(self) -> list[str]:
        """Every address of others that its page leads to."""
        found = [self.link, self.launch_link, *(each.link for each in self.mentions)]
        return [*dict.fromkeys(address for address in found if address)]

    def files_for(self, purpose: FilePurpose) -> list["PublicationFile"]:
        return [each for each in self.files if each.purpose is purpose]

    def dead_since(self, address: str) -> datetime | None:
        """Since when that address has been known to lead nowhere."""
        return next((each.dead_since for each in self.checked_links if each.address == address), None)


class PublicationFile(Model):
    """A file in one language; another of the same purpose and language takes its place."""

    __tablename__ = "publication_file"
    __table_args__ = (UniqueConstraint("publication_id", "purpose", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"), init=False)
    publication: Mapped[Publication] = relationship(back_populates="files", default=None)
    purpose: Mapped[FilePurpose]
    language: Mapped[str]
    stored_as: Mapped[str]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    received_at: Mapped[datetime]


class PublicationEdition(Model):
    """One edition: who endorsed it, what changed since the one before, and what was found wrong in it."""

    __tablename__ = "publication_edition"
    __table_args__ = (UniqueConstraint("publication_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"), init=False)
    publication: Mapped[Publication] = relationship(back_populates="editions", default=None)
    number: Mapped[int]
    issued_on: Mapped[date]
    endorsers: Mapped[list[str]] = mapped_column(default_factory=list)
    changes: Mapped[Words] = mapped_column(default_factory=Words)
    errata: Mapped[Words] = mapped_column(default_factory=Words)


class MediaMention(Model):
    """Where others wrote or spoke about it."""

    __tablename__ = "media_mention"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="CASCADE"), init=False, index=True
    )
    publication: Mapped[Publication] = relationship(back_populates="mentions", default=None)
    outlet: Mapped[str]
    title: Mapped[str]
    seen_on: Mapped[date]
    language: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")


class CheckedLink(Model):
    """What was last found behind an address. `failures` counts in a row; `dead_since` is set once it is given up."""

    __tablename__ = "checked_link"
    __table_args__ = (UniqueConstraint("publication_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"), init=False)
    publication: Mapped[Publication] = relationship(back_populates="checked_links", default=None)
    address: Mapped[str]
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    failures: Mapped[int] = mapped_column(default=0)
    dead_since: Mapped[datetime | None] = mapped_column(default=None)
