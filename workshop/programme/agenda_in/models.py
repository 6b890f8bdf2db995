"""What is kept of the agenda's way in: files waiting to be taken, what each entry said last, what columns mean."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import public_key
from workshop.programme.agenda.models import Appearance, Item, Session
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document
from workshop.secretariat.series.models import WorkshopRow


class Of(enum.StrEnum):
    """What an imported entry became."""

    SESSION = "session"
    ITEM = "item"
    PERSON = "person"
    DOCUMENT = "document"
    GROUP = "group"


class ImportedEntry(WorkshopRow):
    """What a file said last about one session, item, person, document or group.

    By it a later import knows its own from what was typed here. It goes with nothing and keeps nothing from being
    removed: whoever removes a session leaves an entry behind that points nowhere, and so it stays removed.
    """

    __tablename__ = "imported_entry"
    __table_args__ = {"info": {"rests_on_nothing": True}}

    of: Mapped[Of]
    key: Mapped[str]
    facts: Mapped[dict[str, object]]
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="SET NULL"), init=False, index=True
    )
    session: Mapped[Session | None] = relationship(default=None)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"), init=False, index=True)
    item: Mapped[Item | None] = relationship(default=None)
    appearance_id: Mapped[int | None] = mapped_column(
        ForeignKey("appearance.id", ondelete="SET NULL"), init=False, index=True
    )
    appearance: Mapped[Appearance | None] = relationship(default=None)
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id", ondelete="SET NULL"), init=False, index=True
    )
    document: Mapped[Document | None] = relationship(default=None)
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("breakout_group.id", ondelete="SET NULL"), init=False, index=True
    )
    group: Mapped[Group | None] = relationship(default=None)

    @property
    def target(self) -> Session | Item | Appearance | Document | Group | None:
        """The row it became; None where that was removed since."""
        by_kind: dict[Of, Session | Item | Appearance | Document | Group | None] = {
            Of.SESSION: self.session,
            Of.ITEM: self.item,
            Of.PERSON: self.appearance,
            Of.DOCUMENT: self.document,
            Of.GROUP: self.group,
        }
        return by_kind[self.of]


class ImportedColumns(WorkshopRow):
    """What an organiser said about the headings of her tables: the heading as compared, and the field it stands for."""

    __tablename__ = "imported_columns"
    __table_args__ = (UniqueConstraint("workshop_id"),)
    WORKSHOP_INDEX = {}

    fields: Mapped[dict[str, str]]


class AgendaImport(WorkshopRow):
    """A file or pasted text that an organiser is about to take in. `key` names it in addresses.

    `month_first` is what a person said about dates such as 9/3/2026. The import report is made anew whenever the page is looked at; `report` is that of the moment it was imported.
    """

    __tablename__ = "agenda_import"

    stored_as: Mapped[str]
    filename: Mapped[str]
    language: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    month_first: Mapped[bool | None] = mapped_column(default=None)
    report: Mapped[dict[str, object]] = mapped_column("account", default_factory=dict)
