"""A mail for an invitation, written down: with its link, the facts of the person, and a note of what went out."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date, datetime

from workshop.platform import links
from workshop.platform.mail import Message, link_to
from workshop.programme.agenda.models import Appearance

from . import letters
from .models import Invitation, InvitationMail, InvitationPlan, Letter


def write(
    kind: Letter,
    invitation: Invitation,
    plan: InvitationPlan | None,
    slots: Iterable[Appearance],
    *,
    key: str,
    at: datetime,
    step: date | None = None,
) -> InvitationMail:
    """The mail, not yet saved. `key` is the secret of this installation; a new link ends the one before."""
    renew = kind is Letter.LINK or not invitation.token_hash
    token = issue(invitation, key) if renew else current(invitation, key)
    facts = letters.facts_of(
        invitation.person,
        invitation.workshop,
        slots,
        plan,
        link=link_to("speakers.invitation", token=token),
        language=invitation.language,
    )
    words = letters.compose(kind, plan, facts, invitation.language)
    message = Message(recipient=invitation.email, subject=words.subject, text=words.text, written_at=at)
    return InvitationMail(invitation=invitation, kind=kind, written_at=at, step=step, message=message)


def issue(invitation: Invitation, key: str) -> str:
    """A new secret of 256 bit; the one before opens nothing any more."""
    invitation.link_seed = links.new()
    token = secret(invitation, key)
    invitation.token_hash = links.digest(token)
    return token


def current(invitation: Invitation, key: str) -> str:
    """The secret that is out, to be sent again. Where the key of the installation has changed since, a new one."""
    token = secret(invitation, key)
    return token if invitation.token_hash == links.digest(token) else issue(invitation, key)


def revoke(invitation: Invitation) -> None:
    invitation.link_seed, invitation.token_hash = "", None


def secret(invitation: Invitation, key: str) -> str:
    made = hmac.digest(key.encode(), f"speaker:{invitation.link_seed}".encode(), "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode()
