"""Who has been told of a release, and what each is told: only the changes that concern her, in her language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.i18n import LOCALES
from workshop.platform.i18n import language as here
from workshop.platform.mail import Message, harmless, link_to
from workshop.programme.releases.audience import Change
from workshop.programme.releases.changes import find_changes
from workshop.programme.releases.models import Release
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.register.person_names import named
from workshop.secretariat.series.letters import signature
from workshop.secretariat.series.models import Workshop

from .models import Invitation, InvitationStatus


class Notification(Model):
    """A person was written to about a release: once, whoever presses the button again."""

    __tablename__ = "release_told"
    __table_args__ = (UniqueConstraint("release_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), init=False)
    message: Mapped[Message | None] = relationship(default=None)


@dataclass
class PersonConcerned:
    """Somebody whom a release concerns. Without an invitation there is no address to write to."""

    person_id: int
    name: str
    sentences: list[str]
    invitation: Invitation | None = None
    letter: Message | None = None
    notification: Notification | None = None

    @property
    def is_expected(self) -> bool:
        """Whether she is ticked beforehand: who declined or was replaced is written to only on purpose."""
        return self.invitation is not None and self.invitation.standing in (
            InvitationStatus.INVITED,
            InvitationStatus.ACCEPTED,
        )

    @property
    def may_be_told(self) -> bool:
        return self.letter is not None and self.notification is None


def notified_people(release: Release) -> Select[Notification]:
    of_release = Notification.release_id == release.id
    return select(Notification).where(of_release).options(joinedload(Notification.message))


def find_concerned(
    workshop: Workshop,
    release: Release,
    before: Sequence[ReleasedSession],
    invitations: Sequence[Invitation],
    already: Collection[Notification],
    *,
    at: datetime,
) -> list[PersonConcerned]:
    """Everybody whom the changes of this release touch, by name, each with the mail that she would get.

    `before` is the agenda of the release before it.
    """
    names = {who.id: who.name for session in (*before, *release.sessions) for who in session.everyone}
    invited = {each.person_id: each for each in invitations}
    notified = {each.person_id: each for each in already}
    in_language: dict[str, list[Change]] = {}
    rows = []
    for id, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        invitation = invited.get(id)
        language = invitation.language if invitation else here()
        with force_locale(LOCALES.get(language, LOCALES["en"])):
            if language not in in_language:
                in_language[language] = find_changes(before, release.sessions, zone=workshop.zone, language=language)
            sentences = [change.text for change in in_language[language] if id in change.touches]
            row = PersonConcerned(id, name, sentences, invitation, notification=notified.get(id))
            if sentences and invitation and invitation.email:
                row.letter = letter(workshop, release, invitation, sentences, at=at)
        rows.append(row)
    return [row for row in rows if row.sentences]


def letter(
    workshop: Workshop, release: Release, invitation: Invitation, sentences: Sequence[str], *, at: datetime
) -> Message:
    """The mail to one person, in the language of the moment."""
    language = invitation.language
    title = workshop.short_title.in_(language)[0]
    return Message(
        workshop_id=workshop.id,
        recipient=invitation.email,
        subject=_("%(workshop)s: the agenda has changed for you", workshop=title),
        text=render_template(
            "programme/speakers/mail/agenda_changed.txt",
            person=harmless(named(invitation.person, language)),
            signature=signature(workshop, language),
            title=workshop.title.in_(language)[0],
            place=workshop.place.in_(language)[0],
            zone=workshop.zone,
            name=release.name.in_(language)[0],
            sentences=sentences,
            link=link_to("public.agenda", slug=workshop.slug, lang=language) if workshop.published else "",
        ),
        written_at=at,
    )
