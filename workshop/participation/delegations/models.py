"""Delegations invited to a workshop, the letters to them, the seats there are, and who holds each."""

from datetime import date, datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words
from workshop.platform.i18n import on_day
from workshop.platform.links import Remade, new
from workshop.platform.mail import Message
from workshop.platform.prints import Print
from workshop.platform.recording import Recorded
from workshop.secretariat.register.countries import names_on
from workshop.secretariat.register.models import Category, Organisation, Person
from workshop.secretariat.series.models import WorkshopRow

from .statuses import (
    LINK_GOOD_FOR,
    STATES,
    Addressee,
    DelegationPart,
    DelegationStatus,
    Interpreter,
    LetterForm,
    ParticipantStatus,
    Purpose,
    RegistrationDetail,
    RegistrationMode,
    Source,
)


class ParticipationPlan(WorkshopRow):
    """How a workshop invites and registers: who writes, how many may come, and until when.

    `sender` takes its article in French and Spanish. `seats` is for the whole workshop; None is no limit. Until
    `edits_until` everybody changes their own; afterwards they ask for it. `asks` lists what a registration asks for.
    """

    __tablename__ = "participation_plan"
    WORKSHOP_INDEX = {"unique": True}
    RECORDED: ClassVar = Recorded(
        _l("Invitations and registration"),
        lambda row: "",
        "sender sender_is_plural reference_prefix nominate_by remind_before edits_until mode seats delegation_seats"
        " category_seats counts_support approves_by_hand letter_text information_note asks",
    )

    sender: Mapped[Words] = mapped_column(default_factory=Words)
    sender_is_plural: Mapped[bool] = mapped_column(default=False, server_default=false())
    reference_prefix: Mapped[str] = mapped_column(default="")
    nominate_by: Mapped[date | None] = mapped_column(default=None)
    remind_before: Mapped[list[int]] = mapped_column(JSON, default_factory=list)
    edits_until: Mapped[date | None] = mapped_column(default=None)
    mode: Mapped[RegistrationMode] = mapped_column(default=RegistrationMode.INVITED)
    seats: Mapped[int | None] = mapped_column(default=None)
    delegation_seats: Mapped[int | None] = mapped_column(default=None)
    category_seats: Mapped[dict[str, int]] = mapped_column(default_factory=dict)
    counts_support: Mapped[bool] = mapped_column(default=True, server_default=true())
    approves_by_hand: Mapped[bool] = mapped_column(default=True, server_default=true())
    letter_text: Mapped[Words] = mapped_column(default_factory=Words)
    information_note: Mapped[Words] = mapped_column(default_factory=Words)
    asks: Mapped[list[str]] = mapped_column(
        default_factory=lambda: [RegistrationDetail.DIET.value, RegistrationDetail.ACCESS.value]
    )


class Delegation(WorkshopRow, Remade):
    """A State, an organisation or a person invited. Two bodies of one State are two of them, told apart by `body`.

    `seats` is the quota where it is not that of the plan. `email` is where its focal point is written to in `language`.
    """

    __tablename__ = "delegation"
    SECRET_OCTETS = 32
    RECORDED: ClassVar = Recorded(
        _l("Delegation"),
        lambda row: row.names,
        "body addressee category country organisation contact_name email copy_email language seats standing reason"
        " reply_reference reply_on",
    )

    category: Mapped[Category]
    country: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), init=False, index=True
    )
    organisation: Mapped[Organisation | None] = relationship(default=None)
    invitee: Mapped[str] = mapped_column(default="")  # a person invited by name
    addressee: Mapped[Addressee] = mapped_column(default=Addressee.MISSION)
    body: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    copy_email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    seats: Mapped[int | None] = mapped_column(default=None)
    standing: Mapped[DelegationStatus] = mapped_column(default=DelegationStatus.LISTED)
    link_seed: Mapped[str] = mapped_column(default="", server_default="")
    invited_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    reply_reference: Mapped[str] = mapped_column(default="")
    reply_on: Mapped[date | None] = mapped_column(default=None)
    reply_stored_as: Mapped[str] = mapped_column(default="")
    reply_name: Mapped[str] = mapped_column(default="")
    reply_type: Mapped[str] = mapped_column(default="")

    @property
    def is_state(self) -> bool:
        return self.category in STATES and bool(self.country)

    @property
    def names(self) -> Words:
        """How it is called in every language that has a name for it."""
        if self.is_state:
            return Words(names_on(self.country, self.workshop.starts_on))
        return self.organisation.name if self.organisation else Words({"": self.invitee or self.body})

    def name_in(self, language: str) -> str:
        return self.names.in_(language, "en")[0]

    @property
    def form(self) -> LetterForm:
        return LetterForm.NOTE_VERBALE if self.is_state else LetterForm.LETTER

    @property
    def link_source(self) -> str:
        return f"delegation:{self.link_seed}"

    def change_link_source(self) -> None:
        self.link_seed = new()

    def link_opens(self, at: datetime) -> bool:
        return on_day(at, self.workshop.zone) <= self.workshop.ends_on + LINK_GOOD_FOR


class DelegationLetter(WorkshopRow):
    """A letter as it was written: its text never changes. Numbers are counted within a year and never used again.

    `step` is the day of an automatic reminder. `text` is a paragraph each; what stands around them is made of the rest.
    `annex` is the information note that went with it, as it was then.
    """

    __tablename__ = "delegation_letter"
    __table_args__ = (UniqueConstraint("workshop_id", "year", "serial"), UniqueConstraint("delegation_id", "step"))
    WORKSHOP_INDEX = {}

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), init=False)
    delegation: Mapped[Delegation] = relationship()
    purpose: Mapped[Purpose]
    form: Mapped[LetterForm]
    year: Mapped[int]
    serial: Mapped[int]
    reference: Mapped[str]
    language: Mapped[str]
    addressee: Mapped[list[str]]
    text: Mapped[list[str]]
    written_at: Mapped[datetime]
    annex: Mapped[str] = mapped_column(default="", server_default="")
    step: Mapped[date | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), init=False)
    message: Mapped[Message | None] = relationship(default=None)


class LetterPrint(WorkshopRow, Print):
    """Letters as one PDF; `fingerprint` says which, and in which looks."""

    __tablename__ = "letter_print"
    __table_args__ = (UniqueConstraint("workshop_id", "language", "fingerprint"),)
    WORKSHOP_INDEX = {}

    letter_ids: Mapped[list[int]] = mapped_column(default_factory=list)


class Participant(WorkshopRow, Remade):
    """A seat in the workshop and who holds it. It keeps its `number`, that of the badge, whoever holds it.

    Without a family name it is a seat "to be confirmed". Names, courtesy titles and functions are kept as supplied;
    `honorifics` are the courtesy titles of single languages. `person` is set for those on the programme. `queued_at`
    is the place in the waiting list, `lacking` what kept them from a seat. `hidden` leaves them out of the list of
    participants, `granted` lists what else they allow. `sex` is what they volunteered, for counts only.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("workshop_id", "number"),
        UniqueConstraint("workshop_id", "person_id"),
        Index("ix_participant_workshop_id_standing", "workshop_id", "standing"),
    )
    WORKSHOP_INDEX = {}
    SECRET_OCTETS = 32
    RECORDED: ClassVar = Recorded(
        _l("Participant"),
        lambda row: row.plain_name,
        "given_name family_name function part standing reason number is_late sponsored",
    )

    delegation_id: Mapped[int | None] = mapped_column(
        ForeignKey("delegation.id", ondelete="CASCADE"), init=False, index=True
    )
    delegation: Mapped[Delegation | None] = relationship(default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), init=False, index=True)
    person: Mapped[Person | None] = relationship(default=None)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), init=False, index=True
    )
    organisation: Mapped[Organisation | None] = relationship(default=None)
    category: Mapped[Category]
    country: Mapped[str] = mapped_column(default="")
    part: Mapped[DelegationPart] = mapped_column(default=DelegationPart.REPRESENTATIVE)
    position: Mapped[int] = mapped_column(default=1)
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="")
    name_as_listed: Mapped[str] = mapped_column(default="")
    honorific: Mapped[str] = mapped_column(default="")
    honorifics: Mapped[Words] = mapped_column(default_factory=Words)
    function: Mapped[Words] = mapped_column(default_factory=Words)
    institution: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    interpreter: Mapped[Interpreter] = mapped_column(default=Interpreter.NONE)
    sex: Mapped[str] = mapped_column(default="")
    sponsored: Mapped[bool] = mapped_column(default=False)
    needs_visa: Mapped[bool] = mapped_column(default=False)
    arrives_on: Mapped[date | None] = mapped_column(default=None)
    leaves_on: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[Source] = mapped_column(default=Source.SECRETARIAT)
    standing: Mapped[ParticipantStatus] = mapped_column(default=ParticipantStatus.DRAFT)
    reason: Mapped[str] = mapped_column(default="")
    lacking: Mapped[list[str]] = mapped_column(default_factory=list)
    is_late: Mapped[bool] = mapped_column(default=False)
    number: Mapped[int | None] = mapped_column(default=None)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    queued_at: Mapped[datetime | None] = mapped_column(default=None)
    hidden: Mapped[bool] = mapped_column(default=False)
    granted: Mapped[list[str]] = mapped_column(default_factory=list)
    wish: Mapped[str] = mapped_column(default="")  # what they ask to be changed once they may not do so themselves
    link_seed: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def is_named(self) -> bool:
        return bool(self.family_name)

    @property
    def plain_name(self) -> str:
        """Without courtesy title; empty for a seat to be confirmed."""
        return self.name_as_listed or f"{self.given_name} {self.family_name}".strip()

    @property
    def display_name(self) -> str:
        return f"{self.honorific} {self.plain_name}".strip()

    @property
    def names(self) -> dict[str, str]:
        """With the courtesy title of each language that has one of its own."""
        return {code: f"{title} {self.plain_name}".strip() for code, title in self.honorifics.items() if title}

    def body_in(self, language: str) -> str:
        """The delegation, organisation or institution they speak for."""
        if self.delegation:
            return self.delegation.name_in(language)
        return self.organisation.name.in_(language, "en")[0] if self.organisation else self.institution

    @property
    def link_source(self) -> str:
        return f"participant:{self.link_seed}"

    def change_link_source(self) -> None:
        self.link_seed = new()

    def revoke_link(self) -> None:
        super().revoke_link()
        self.link_seed = ""

    def link_opens(self, at: datetime) -> bool:
        return on_day(at, self.workshop.zone) <= self.workshop.ends_on + LINK_GOOD_FOR


class FormerHolder(Model):
    """Somebody who held a seat before another took it; it keeps its number and its place in the delegation."""

    __tablename__ = "former_holder"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    name: Mapped[str]
    function: Mapped[Words]
    reason: Mapped[str]
    replaced_at: Mapped[datetime]
    replaced_by: Mapped[int | None] = mapped_column(default=None)  # a plain number: the entry outlives the account
