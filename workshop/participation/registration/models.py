"""What participants give for one purpose each, what they allow, the mails to them, and the published lists of them."""

from datetime import date, datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.participation.delegations.models import Participant
from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.mail import Message
from workshop.platform.prints import Print
from workshop.platform.recording import Recorded
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.models import WorkshopRow


class MailKind(Labelled):
    """Why somebody was written to."""

    RECEIVED = "received", _l("Registration received")
    APPROVED = "approved", _l("Registration approved")
    WAITING = "waiting", _l("On the waiting list")
    REFUSED = "refused", _l("Registration refused")
    WITHDRAWN = "withdrawn", _l("Registration withdrawn")
    LINK = "link", _l("New link")
    PLACE = "place", _l("A place in a session")
    PAPERS = "papers", _l("Papers for your travel")
    REPLACED = "replaced", _l("Registration passed on")


class Permission(Labelled):
    """What somebody may allow, each by itself. Standing on the list of participants they may opt out of."""

    PHOTO = "photo", _l("Photographs")
    CONTACT = "contact", _l("Contact for other participants")


class ListKind(Labelled):
    PROVISIONAL = "provisional", _l("Provisional list of participants")
    FINAL = "final", _l("List of participants")


class ParticipantNeeds(Model):
    """Diet and accessibility, for those who cater and host. Erased once the meeting is over."""

    __tablename__ = "participant_needs"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, unique=True
    )
    participant: Mapped[Participant] = relationship()
    diet: Mapped[str] = mapped_column(default="")
    access: Mapped[str] = mapped_column(default="")


class TravelDocument(Model):
    """What a passport says, for sponsored travel and for letters in support of a visa; `sealed` is encrypted.

    It is erased on the day named, whatever happens.
    """

    __tablename__ = "travel_document"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, unique=True
    )
    participant: Mapped[Participant] = relationship()
    sealed: Mapped[str]
    given_at: Mapped[datetime]
    erase_on: Mapped[date]


class TravelPaper(Model):
    """A paper asked of somebody whose travel is paid: until when, and when it came. What is sent is encrypted at rest, and
    erased with what passports say.
    """

    __tablename__ = "travel_paper"
    __table_args__ = (UniqueConstraint("participant_id", "name"),)
    RECORDED: ClassVar = Recorded(
        _l("Travel paper"), lambda row: row.name, "name due_on received_on", part_of="participant"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), init=False)
    participant: Mapped[Participant] = relationship()
    name: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(default=None)
    received_on: Mapped[date | None] = mapped_column(default=None)
    stored_as: Mapped[str] = mapped_column(default="", server_default="")
    file_name: Mapped[str] = mapped_column(default="", server_default="")
    file_type: Mapped[str] = mapped_column(default="", server_default="")
    reminded_on: Mapped[date | None] = mapped_column(default=None)


class PermissionEntry(Model):
    """Something allowed or no longer allowed: at this moment, in answer to this text. Never changed afterwards."""

    __tablename__ = "permission_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    permission: Mapped[Permission]
    given: Mapped[bool]
    version: Mapped[int]
    language: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


class PlaceStatus(Labelled):
    SEATED = "seated", _l("has a place"), "good"
    WAITING = "waiting", _l("on the waiting list"), "warn"


class SessionQuota(Model):
    """How many may be in a session: `seats`, where there are any said, and never more than its room holds."""

    __tablename__ = "session_quota"
    RECORDED: ClassVar = Recorded(
        _l("Places in a session"), lambda row: row.session.title, "seats is_open", part_of="session"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, unique=True)
    session: Mapped[Session] = relationship()
    seats: Mapped[int | None] = mapped_column(default=None)
    is_open: Mapped[bool] = mapped_column(default=False)


class SessionPlace(Model):
    """A participant has a place in a session, or waits for one since `asked_at`."""

    __tablename__ = "session_place"
    __table_args__ = (UniqueConstraint("session_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False)
    session: Mapped[Session] = relationship()
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    standing: Mapped[PlaceStatus]
    asked_at: Mapped[datetime]


class ParticipantMail(Model):
    """A mail that went to a participant."""

    __tablename__ = "participant_mail"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    kind: Mapped[MailKind]
    written_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), init=False)
    message: Mapped[Message | None] = relationship(default=None)


class ListEdition(WorkshopRow):
    """A list of participants as published. It never changes; who opts out later is no longer shown in it.

    `entries` are the facts of each line, not yet in any language; `as_of` is the day up to which it holds.
    """

    __tablename__ = "list_edition"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    WORKSHOP_INDEX = {}
    RECORDED: ClassVar = Recorded(_l("List of participants"), lambda row: str(row.number), "kind number withdrawn_at")

    number: Mapped[int]
    kind: Mapped[ListKind]
    entries: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    published_at: Mapped[datetime]
    as_of: Mapped[date]
    corrections_by: Mapped[date | None] = mapped_column(default=None)
    published_by: Mapped[int | None] = mapped_column(default=None)  # a plain number: it outlives the account
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class ListPrint(WorkshopRow, Print):
    """A list of participants as PDF."""

    __tablename__ = "list_print"
    __table_args__ = (UniqueConstraint("edition_id", "language", "fingerprint"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id", ondelete="CASCADE"), init=False)
    edition: Mapped[ListEdition] = relationship()


VERSION = 1
TEXTS: dict[Permission, str] = {
    Permission.PHOTO: _l(
        "Photographs in which I can be recognised may be published by the organisers of this workshop."
    ),
    Permission.CONTACT: _l("My email address may be shown to the other participants of this workshop."),
}
