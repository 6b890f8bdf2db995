"""A mail for an invitation, written down: with its link, the facts of the person, and a note of what went out."""

from collections.abc import Iterable
from datetime import date, datetime

from workshop.agenda.models import Appearance
from workshop.mail import Message, link_to

from . import letters, links
from .models import Invitation, InvitationMail, InvitationPlan, Letter


def write(
    kind: Letter, invitation: Invitation, plan: InvitationPlan | None, slots: Iterable[Appearance],
    *, key: str, at: datetime, step: date | None = None,
) -> InvitationMail:  # fmt: skip
    """The mail, not yet saved. `key` is the secret of this installation; a new link ends the one before."""
    renew = kind is Letter.LINK or not invitation.token_hash
    token = links.issue(invitation, key) if renew else links.current(invitation, key)
    facts = letters.facts_of(
        invitation.person, invitation.workshop, slots, plan,
        link=link_to("speakers.invitation", token=token), language=invitation.language,
    )  # fmt: skip
    words = letters.compose(kind, plan, facts, invitation.language)
    message = Message(recipient=invitation.email, subject=words.subject, text=words.text, written_at=at)
    return InvitationMail(invitation=invitation, kind=kind, written_at=at, step=step, message=message)
