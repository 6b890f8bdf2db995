"""Secrets that a browser or a mail carries: made, kept as a digest, found by it, renewed, revoked, expired.

A table whose rows are opened by a secret is `Linked` (or one of the kinds below it); a view that such a secret opens is
marked with `access.by_link`. The database holds only what secrets hash to.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from operator import attrgetter
from typing import ClassVar, Protocol

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Mapped, mapped_column

from workshop.platform.db import Model


def new() -> str:
    """A secret of 256 bit, fit for an address."""
    return secrets.token_urlsafe(32)


LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # 32, none of which is taken for another when read from paper
MISREAD = str.maketrans("oil", "011", " -\u2010\u2011\u00a0")


def new_code() -> str:
    """A secret of 80 bit, fit to be read from paper: "7kq3-0fzm-p2xd-9wha"."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def read_code(typed: str) -> str:
    """A code as it was made, however it was typed: with or without hyphens, in capitals, o for 0."""
    letters = typed.lower().translate(MISREAD)
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def digest(token: str) -> str:
    """What is stored of a secret, and looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()


def derived(source: str, key: str, *, octets: int = 24) -> str:
    """A secret (192 bit, unless told otherwise) that is made anew whenever it is needed, and stored nowhere.

    `key` is the secret of the installation; without it nothing in the database leads back to the link.
    """
    made = hmac.new(key.encode(), source.encode(), hashlib.sha256).digest()[:octets]
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def pseudonym(email: str, *, purpose: str, key: str) -> str:
    """An e-mail address as a log or a cookie may know it: always the same 32 letters, and no way back."""
    return hmac.new(key.encode(), f"{purpose}:{email}".encode(), hashlib.sha256).hexdigest()[:32]


def is_same(given: str, expected: str) -> bool:
    """Whether two secrets are one, in a time that tells nothing about the difference."""
    return hmac.compare_digest(given.encode(), expected.encode())


class Place(Protocol):
    """What a link leads into. One that is removed closes its links; one that is archived takes nothing through them."""

    @property
    def is_removed(self) -> bool: ...

    @property
    def is_archived(self) -> bool: ...


class Linked(Model):
    """A row that is opened by the secret last issued for it; without one, no link is out.

    `LEADS_BY` names the attributes by which one comes to the workshop that it opens a part of, if it does.
    """

    __abstract__ = True
    LEADS_BY: ClassVar[str] = ""

    token_hash: Mapped[str | None] = mapped_column(default=None, unique=True)

    @classmethod
    def opened_by(cls, token: str) -> ColumnElement[bool]:
        """The condition that finds the row of a secret. Whether its link is still good, `link_opens` says."""
        return cls.token_hash == digest(token)

    def is_opened_by(self, token: str) -> bool:
        return self.token_hash == digest(token)

    @property
    def has_link(self) -> bool:
        """Whether a secret is out that opens it."""
        return self.token_hash is not None

    def issue_link(self, token: str = "") -> str:
        """From now on this secret opens the row, and none before it; a random one of 256 bit where none is given."""
        token = token or new()
        self.token_hash = digest(token)
        return token

    def link_opens(self, at: datetime) -> bool:
        """Whether the link is good at that time. Kinds of links that close say here when."""
        return True

    @property
    def leads_into(self) -> Place | None:
        """The workshop that it opens a part of, if it does."""
        return attrgetter(self.LEADS_BY)(self) if self.LEADS_BY else None


class Remade(Linked):
    """A link that is sent more than once: its secret is derived anew, so that a reminder carries that of the first mail."""

    __abstract__ = True
    SECRET_OCTETS: ClassVar[int] = 24

    @property
    def link_source(self) -> str:
        """What the secret is derived from, together with the key of the installation."""
        raise NotImplementedError

    def change_link_source(self) -> None:
        """See to it that the next secret is another one."""

    def current_link(self, key: str) -> str:
        """The secret that is out. Where none is, or the key of the installation has changed since, a new one."""
        token = derived(self.link_source, key, octets=self.SECRET_OCTETS)
        return token if self.is_opened_by(token) else self.renew_link(key)

    def known_link(self, key: str) -> str:
        """The secret that is out, as far as it can be made anew; nothing is changed where it cannot."""
        token = derived(self.link_source, key, octets=self.SECRET_OCTETS)
        return token if self.is_opened_by(token) else ""

    def renew_link(self, key: str) -> str:
        """Another secret; the one before opens nothing any more."""
        self.change_link_source()
        return self.issue_link(derived(self.link_source, key, octets=self.SECRET_OCTETS))

    def revoke_link(self) -> None:
        self.token_hash = None


class Expiring(Linked):
    """A link with its last moment written down; it is never without a secret."""

    __abstract__ = True

    token_hash: Mapped[str] = mapped_column(default=None, unique=True)
    expires_at: Mapped[datetime]

    def link_opens(self, at: datetime) -> bool:
        return at < self.expires_at

    def expire_link(self, at: datetime) -> None:
        """From now on it opens nothing; the row still tells to whom it went."""
        self.expires_at = min(self.expires_at, at)


class Endable(Expiring):
    """One that can be put out of use before that moment."""

    __abstract__ = True

    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    def link_opens(self, at: datetime) -> bool:
        return self.ended_at is None and super().link_opens(at)

    def end_link(self, at: datetime) -> None:
        self.ended_at = self.ended_at or at

    @classmethod
    def opens_at(cls, at: datetime) -> ColumnElement[bool]:
        """The same condition for a list of them."""
        return and_(cls.ended_at.is_(None), cls.expires_at > at)
