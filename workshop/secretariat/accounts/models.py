"""An account, the browsers it is signed in from, and the keys to set a new password."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model


class User(Model):
    """Somebody who can sign in. `email` is kept in lower case."""

    __tablename__ = "user"
    is_authenticated: ClassVar[bool] = True  # asked of whoever reads a page; a stranger's is False

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(default=False)


class SignIn(Model):
    """One browser where a person is signed in. Ending the row signs that browser out.

    The browser holds a random token (256 bit); only its SHA-256 is stored. `device` is "Firefox, Windows", or
    empty where the browser did not say.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    token_hash: Mapped[str] = mapped_column(unique=True)
    device: Mapped[str]
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class ForgottenPassword(Model):
    """Somebody wants a new password for this address, which may be nobody's.

    Looked at by a task and then deleted: whether there is an account is found out after the answer has gone, so
    neither its words nor its time can tell.
    """

    __tablename__ = "forgotten_password"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    email: Mapped[str]
    language: Mapped[str]


class PasswordReset(Model):
    """A key sent by mail, good once and for an hour; only its SHA-256 is stored."""

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
