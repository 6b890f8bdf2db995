"""An account, the browsers it is signed in from, and what is sent by mail to its owner to prove who they are."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.links import Endable


class User(Model):
    """Somebody who can sign in. `email` is kept in lower case.

    A guest came in by a code for one meeting: she has no address, no password, and nothing to sign in with again.
    An administrator looks after the installation: makes series and sees who organises what. That alone opens no
    workshop.
    """

    __tablename__ = "user"
    is_authenticated: ClassVar[bool] = True  # asked of whoever reads a page; a stranger's is False

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_administrator: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def has_password(self) -> bool:
        """Whoever came through another service may never have set one; a mailed link sets the first."""
        return self.password_hash.startswith("$")


class SignIn(Endable):
    """One browser where a person is signed in: its cookie holds the secret. Ending the row signs that browser out.

    `device` is "Firefox, Windows", or empty where the browser did not say. `strong` says that the person has shown two
    things here: something known and something held, or a passkey, which is both.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    device: Mapped[str]
    started_at: Mapped[datetime]
    strong: Mapped[bool] = mapped_column(default=False, server_default=false())


class ForgottenPassword(Model):
    """Somebody wants a new password for this address, which may be nobody's.

    Looked at by a task and then deleted: whether there is an account is found out after the answer has gone, so
    neither its words nor its time can tell.
    """

    __tablename__ = "forgotten_password"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    email: Mapped[str]
    language: Mapped[str]


class PasswordReset(Endable):
    """A key sent by mail, good once and for an hour."""

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    ended_at: Mapped[datetime | None] = mapped_column("used_at", default=None)


class SignInWish(Model):
    """Somebody wants to sign in by mail with this address, which may be nobody's. A task looks, as with a password."""

    __tablename__ = "sign_in_wish"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    email: Mapped[str]
    language: Mapped[str]
    wanted: Mapped[str] = mapped_column(default="")


class SignInLink(Endable):
    """A link sent by mail that signs in, good once and for a quarter of an hour. `wanted` is where it leads to."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    wanted: Mapped[str] = mapped_column(default="")


class AddressChange(Endable):
    """A person wants another address. The secret goes to the new one; the old one gets the secret of an AddressStop."""

    __tablename__ = "address_change"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    old: Mapped[str]
    new: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[datetime]


class AddressStop(Endable):
    """What the owner of the old address holds: it stops the change, and for a week after it, takes it back."""

    __tablename__ = "address_stop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    change_id: Mapped[int] = mapped_column(ForeignKey("address_change.id", ondelete="CASCADE"), init=False, unique=True)
    change: Mapped[AddressChange] = relationship()
