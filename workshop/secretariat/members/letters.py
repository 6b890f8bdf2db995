"""The letter that invites somebody to a workshop: addressed, signed, in the language that was chosen for it."""

from datetime import datetime

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.i18n import LOCALES, dates, day, on_day
from workshop.platform.mail import LINK, Message, harmless, link_to

from .models import MemberInvitation


def invitation(invited: MemberInvitation, *, secret: str, at: datetime) -> Message:
    """`secret` opens the link. Names are written so that no mail program makes a link of them."""
    workshop = invited.workshop
    title = workshop.title.in_(invited.language, workshop.languages[0], "en")[0]
    place = workshop.place.in_(invited.language, workshop.languages[0], "en")[0]
    inviter = invited.inviter
    with force_locale(LOCALES[invited.language]):
        text = render_template(
            "secretariat/members/mail/invitation.txt",
            name=harmless(invited.name),
            title=harmless(title),
            when=dates(workshop.starts_on, workshop.ends_on),
            place=harmless(place),
            roles=[str(role.label) for role in invited.wanted_roles],
            link=LINK,
            until=day(on_day(invited.expires_at, workshop.zone), "long"),
            inviter=harmless(inviter.name) if inviter else "",
            office=harmless(workshop.contact_name),
            address=workshop.contact_email or (inviter.email if inviter else ""),
            telephone=workshop.contact_phone,
        )
        subject = _("Invitation to work on: %(title)s", title=harmless(title))
    link = link_to("members.join", token=secret, lang=invited.language)
    return Message(
        recipient=invited.email, subject=subject, text=text, secret=link, written_at=at, workshop_id=workshop.id
    )
