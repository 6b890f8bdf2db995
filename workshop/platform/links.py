"""Secrets that a browser or a mail carries. The database holds only what they hash to."""

import base64
import hashlib
import hmac
import secrets


def new() -> str:
    """A secret of 256 bit, fit for an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a secret, and looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()


def pseudonym(email: str, *, purpose: str, key: str) -> str:
    """An e-mail address as a log or a cookie may know it: always the same 32 letters, and no way back."""
    return hmac.new(key.encode(), f"{purpose}:{email}".encode(), hashlib.sha256).hexdigest()[:32]


def secret_from(told: str, key: str) -> str:
    """A link's secret (192 bit) that is made anew whenever it is needed, and stored nowhere.

    `key` is the secret of the installation; without it nothing in the database leads back to the link.
    """
    return base64.urlsafe_b64encode(hmac.new(key.encode(), told.encode(), hashlib.sha256).digest()[:24]).decode()
