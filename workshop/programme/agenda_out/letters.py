"""The mail of this package: plain text."""

from datetime import datetime

from flask import render_template
from flask_babel import gettext as _

from workshop.platform.i18n import language
from workshop.platform.mail import Message, harmless
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.register.person_names import named
from workshop.secretariat.series.letters import signature


def personal_calendar(invitation: Invitation, *, link: str, at: datetime) -> Message:
    """The secret address of somebody's own part in the agenda."""
    title, _code = invitation.workshop.title.in_(language(), "en")
    return Message(
        workshop_id=invitation.workshop_id,
        recipient=invitation.email,
        subject=_("Your sessions, for your calendar: %(workshop)s", workshop=" ".join(title.split())),
        text=render_template(
            "programme/agenda_out/mail/personal_calendar.txt",
            link=link,
            workshop=title,
            person=harmless(named(invitation.person, language())),
            signature=signature(invitation.workshop, language()),
        ),
        written_at=at,
    )
