"""Inviting people on the agenda to one workshop: what was asked, what they answered and gave by personal link."""

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words
from workshop.platform.i18n import on_day
from workshop.platform.labels import Labelled
from workshop.platform.links import Remade, new
from workshop.platform.mail import Message
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import WorkshopRow

LINK_GOOD_FOR = timedelta(days=30)  # after the workshop


class InvitationStatus(Labelled):
    """Where an invitation stands. Who is on the agenda without an invitation has not been asked yet."""

    INVITED = "invited", _l("invited"), "warn"
    ACCEPTED = "accepted", _l("accepted"), "good"
    DECLINED = "declined", _l("declined"), "bad"
    REPLACED = "replaced", _l("replaced")


class Letter(Labelled):
    """The kinds of mail a speaker is sent."""

    INVITATION = "invitation", _l("Invitation")
    REMINDER = "reminder", _l("Reminder")
    LINK = "link", _l("New link")


class Use(Labelled):
    """What a speaker may allow or not, each by itself. Their wording stands below."""

    PHOTO = "photo", _l("Photo on the web")
    BIOGRAPHY = "biography", _l("Biography on the web")
    RECORDING = "recording", _l("Recording")
    CONTACT = "contact", _l("Contact shown to participants")


class Invitation(WorkshopRow, Remade):
    """One per person and workshop, whatever the number of appearances. Its link opens the speaker's own pages."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)
    WORKSHOP_INDEX = {}
    SECRET_OCTETS = 32

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), init=False, index=True)
    person: Mapped[Person] = relationship()
    email: Mapped[str]
    language: Mapped[str]
    standing: Mapped[InvitationStatus] = mapped_column(default=InvitationStatus.INVITED)
    link_seed: Mapped[str] = mapped_column(default="", server_default="")
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def link_source(self) -> str:
        return f"speaker:{self.link_seed}"

    def change_link_source(self) -> None:
        self.link_seed = new()

    def revoke_link(self) -> None:
        super().revoke_link()
        self.link_seed = ""

    def link_opens(self, at: datetime) -> bool:
        """Until thirty days after the workshop, whatever she answered; not for somebody whose place another took."""
        last_day = self.workshop.ends_on + LINK_GOOD_FOR
        return self.standing is not InvitationStatus.REPLACED and on_day(at, self.workshop.zone) <= last_day


class InvitationMail(Model):
    """A mail that went out for an invitation. `step` names the day of an automatic reminder: one mail for each."""

    __tablename__ = "invitation_mail"
    __table_args__ = (UniqueConstraint("invitation_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), init=False)
    invitation: Mapped[Invitation] = relationship()
    kind: Mapped[Letter]
    written_at: Mapped[datetime]
    step: Mapped[date | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), init=False)
    message: Mapped[Message | None] = relationship(default=None)


class InvitationPlan(WorkshopRow):
    """How a workshop invites: its own wording per language (empty where the usual one serves), and when it reminds.

    `remind_before` counts days before `answer_by`.
    """

    __tablename__ = "invitation_plan"
    WORKSHOP_INDEX = {"unique": True}

    subject: Mapped[Words] = mapped_column(default_factory=Words)
    text: Mapped[Words] = mapped_column(default_factory=Words)
    reminder_subject: Mapped[Words] = mapped_column(default_factory=Words)
    reminder_text: Mapped[Words] = mapped_column(default_factory=Words)
    answer_by: Mapped[date | None] = mapped_column(default=None)
    remind_before: Mapped[list[int]] = mapped_column(JSON, default_factory=list)


class Profile(WorkshopRow):
    """What a workshop holds about a person on its agenda beside the agenda itself.

    Most of it the speaker gives by personal link. `proposal` is how she wants her entry to read, as
    `rules.Entry` writes it; the agenda changes only when an organiser takes it over. `granted` lists the
    uses she allows now; `ConsentEntry` says when and in which words. `needs`, `place` and its reason are
    the organisers' alone; `place` overrides protocol in the list by country. `held_back` keeps biography
    and photo off the public page whatever she allows.
    """

    __tablename__ = "speaker_profile"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)
    WORKSHOP_INDEX = {}

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), init=False, index=True)
    person: Mapped[Person] = relationship()
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    biography: Mapped[Words] = mapped_column(default_factory=Words)
    photo_key: Mapped[str | None] = mapped_column(default=None, unique=True)
    photo_stored_as: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(default="")
    proposal: Mapped[dict[str, str | dict[str, str]]] = mapped_column(default_factory=dict)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    granted: Mapped[list[str]] = mapped_column(default_factory=list)
    consent_at: Mapped[datetime | None] = mapped_column(default=None)
    held_back: Mapped[bool] = mapped_column(default=False, server_default=false())
    place: Mapped[int | None] = mapped_column(default=None)
    place_reason: Mapped[str] = mapped_column(default="")

    def allows(self, use: Use) -> bool:
        return use.value in self.granted


class ConsentEntry(Model):
    """A use allowed or no longer allowed: at this moment, in answer to this text. Never changed afterwards."""

    __tablename__ = "consent_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    profile_id: Mapped[int] = mapped_column(
        ForeignKey("speaker_profile.id", ondelete="CASCADE"), init=False, index=True
    )
    profile: Mapped[Profile] = relationship()
    use: Mapped[Use]
    given: Mapped[bool]
    version: Mapped[int]
    language: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


VERSION = 1
TEXTS: dict[Use, str] = {
    Use.PHOTO: _l("My photo may be shown on the public page of speakers of this workshop."),
    Use.BIOGRAPHY: _l("My biography may be shown on the public page of speakers of this workshop."),
    Use.RECORDING: _l("My contribution may be recorded, and the recording made available to participants."),
    Use.CONTACT: _l("My email address may be shown to the participants of this workshop."),
}
