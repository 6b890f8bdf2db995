"""An account, the browsers it is signed in from, and the keys to set a new password."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.links import Endable


class User(Model):
    """Somebody who can sign in. `email` is kept in lower case.

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
    is_administrator: Mapped[bool] = mapped_column(default=False, server_default=false())


class SignIn(Endable):
    """One browser where a person is signed in: its cookie holds the secret. Ending the row signs that browser out.

    `device` is "Firefox, Windows", or empty where the browser did not say.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    device: Mapped[str]
    started_at: Mapped[datetime]


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
