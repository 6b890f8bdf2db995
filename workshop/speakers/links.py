"""The secret of a personal link. The database holds what it hashes to, and a seed from which only we can make it again."""

import hmac
from base64 import urlsafe_b64encode

from workshop.accounts import tokens

from .models import Invitation


def issue(invitation: Invitation, key: str) -> str:
    """A new secret of 256 bit; the one before opens nothing any more."""
    invitation.link_seed = tokens.new()
    token = secret(invitation, key)
    invitation.token_hash = tokens.digest(token)
    return token


def current(invitation: Invitation, key: str) -> str:
    """The secret that is out, to be sent again. Where the key of the installation has changed since, a new one."""
    token = secret(invitation, key)
    return token if invitation.token_hash == tokens.digest(token) else issue(invitation, key)


def revoke(invitation: Invitation) -> None:
    invitation.link_seed, invitation.token_hash = "", None


def secret(invitation: Invitation, key: str) -> str:
    made = hmac.digest(key.encode(), f"speaker:{invitation.link_seed}".encode(), "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode()
