"""A document somebody is expected to provide, and the files received for it in each language."""

import enum
from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words, public_key
from workshop.platform.labels import Labelled
from workshop.platform.links import Expiring
from workshop.platform.mail import Message
from workshop.platform.recording import Recorded
from workshop.programme.agenda.models import Item, Session
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop, WorkshopRow


class Kind(Labelled):
    DISCUSSION_PAPER = "discussion_paper", _l("Discussion paper")
    BACKGROUND_PAPER = "background_paper", _l("Background paper")
    STATEMENT = "statement", _l("Statement")
    PRESENTATION = "presentation", _l("Presentation")
    OTHER = "other", _l("Document")


class State(Labelled):
    """Where an expected document stands. `not_provided` differs from "none expected", which has no row."""

    EXPECTED = "expected", _l("expected")
    RECEIVED = "received", _l("received"), "warn"
    IN_CLEARANCE = "in_clearance", _l("in clearance"), "warn"
    PUBLISHED = "published", _l("published"), "good"
    NOT_PROVIDED = "not_provided", _l("not provided")
    WITHDRAWN = "withdrawn", _l("withdrawn")


class Embargo(Labelled):
    """Until when a published document is listed, but its file not handed out."""

    NONE = "none", _l("None")
    UNTIL = "until", _l("Until a day and time")
    SESSION_ENDS = "session_ends", _l("Until the session ends (check against delivery)")


class SymbolKind(Labelled):
    """What a document is to the one whose symbol it carries."""

    REV = "rev", _l("Rev. (revision)")
    CORR = "corr", _l("Corr. (corrigendum)")
    ADD = "add", _l("Add. (addendum)")

    @property
    def mark(self) -> str:
        """As it stands in a symbol, in every language."""
        return f"{self.value.capitalize()}."


class Document(WorkshopRow):
    """An expected document. `key` names it in public addresses. `title` is empty where the item's title serves.

    `languages` are those it is expected in; none named means that any one will do. `person` is who provides it;
    where none is named, whoever speaks on its item. `email` is where to write to somebody without an invitation.
    `symbol` with `symbol_kind` and `symbol_number` is printed; `symbol_key` is what makes it unique.
    """

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("workshop_id", "symbol_key"),)
    RECORDED: ClassVar = Recorded(
        _l("Document"),
        lambda row: row.title or (row.item and row.item.title) or row.kind,
        "kind title session item author languages due_on person symbol symbol_kind symbol_number embargo embargo_until"
        " state",
    )

    workshop: Mapped[Workshop] = relationship(default=None)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session] = relationship(default=None)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), init=False, index=True)
    item: Mapped[Item | None] = relationship(default=None)
    kind: Mapped[Kind]
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    title: Mapped[Words] = mapped_column(default_factory=Words)
    author: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default_factory=list, server_default="[]")
    due_on: Mapped[date | None] = mapped_column(default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), init=False, index=True)
    person: Mapped[Person | None] = relationship(default=None)
    email: Mapped[str] = mapped_column(default="", server_default="")
    symbol: Mapped[str] = mapped_column(default="", server_default="")
    symbol_kind: Mapped[SymbolKind | None] = mapped_column(default=None)
    symbol_number: Mapped[int | None] = mapped_column(default=None)
    symbol_key: Mapped[str | None] = mapped_column(default=None)
    embargo: Mapped[Embargo] = mapped_column(default=Embargo.NONE, server_default="none")
    embargo_until: Mapped[datetime | None] = mapped_column(default=None)
    state: Mapped[State] = mapped_column(default=State.EXPECTED)
    state_since: Mapped[datetime | None] = mapped_column(default=None)
    files: Mapped[list["DocumentFile"]] = relationship(
        default_factory=list,
        back_populates="document",
        order_by="DocumentFile.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def current_files(self) -> dict[str, "DocumentFile"]:
        """The newest file of each language."""
        return _newest(self.files)

    @property
    def public_files(self) -> dict[str, "DocumentFile"]:
        """The newest file of each language among those that may be shown once the document is published."""
        return _newest(file for file in self.files if not file.held)


def _newest(files: Iterable["DocumentFile"]) -> dict[str, "DocumentFile"]:
    newest: dict[str, DocumentFile] = {}
    for file in sorted(files, key=lambda file: file.version):
        newest[file.language] = file
    return newest


class Examined(enum.StrEnum):
    """Whether a file has been read for its text and for what it tells about people."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class DocumentFile(Model):
    """A file received for a document in one language. `version` counts per language; the highest is current.

    `held` keeps a file that came by link for a published document from the public until an organiser shows it.
    `traces` is what its metadata tell: a list of {"kind", "value"} as `received_files.py` names them.
    """

    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("document_id", "language", "version"),)
    RECORDED: ClassVar = Recorded(
        _l("File"), lambda row: row.filename, "language version filename held", part_of="document"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), init=False, index=True)
    document: Mapped[Document] = relationship(back_populates="files", default=None)
    language: Mapped[str]
    version: Mapped[int]
    stored_as: Mapped[str]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    received_at: Mapped[datetime]
    received_from: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    held: Mapped[bool] = mapped_column(default=False, server_default=false())
    examined: Mapped[Examined] = mapped_column(default=Examined.WAITING, server_default="waiting")
    traces: Mapped[list[dict[str, str]]] = mapped_column(default_factory=list, server_default="[]")


class FileText(Model):
    """What a file says: as written, for an excerpt; and folded, with each word once, for finding it."""

    __tablename__ = "file_text"

    file_id: Mapped[int] = mapped_column(
        ForeignKey("document_file.id", ondelete="CASCADE"), init=False, primary_key=True
    )
    file: Mapped[DocumentFile] = relationship()
    text: Mapped[str]
    folded: Mapped[str]
    words: Mapped[str]


DEFAULT_STEPS = [-14, -3, 1, 7]  # days after the due date; before it they are negative


class DocumentLink(Expiring):
    """A link by which whoever holds it hands in one document."""

    __tablename__ = "document_link"
    LEADS_BY = "document.workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), init=False, index=True)
    document: Mapped[Document] = relationship()
    recipient: Mapped[str]
    issued_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), init=False)
    message: Mapped[Message | None] = relationship(default=None)


class Reminder(Model):
    """A reminder written to one address about one document, at one step before or after its due date."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("document_id", "step", "recipient"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), init=False)
    document: Mapped[Document] = relationship()
    step: Mapped[int]
    recipient: Mapped[str]
    written_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), init=False)
    message: Mapped[Message | None] = relationship(default=None)


class ReminderPlan(WorkshopRow):
    """When a workshop reminds authors: days after the due date. Without a row the default steps hold; no day: never."""

    __tablename__ = "reminder_plan"
    WORKSHOP_INDEX = {"unique": True}
    RECORDED: ClassVar = Recorded(_l("Reminders of papers"), lambda row: "", "days")

    days: Mapped[list[int]]
