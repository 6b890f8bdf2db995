"""The authenticator app of a person, their recovery codes, and a sign-in that still waits for one of these."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.links import Endable, Linked
from workshop.secretariat.accounts.models import User


class Authenticator(Model):
    """An app that shows a new code every half minute. Asked for at sign-in once a first code has confirmed it.

    `sealed_secret` is what the app was given, encrypted under the key of the installation. `last_step` is the half minute
    of the last code that was taken: no code of it, or from before it, is taken again.
    """

    __tablename__ = "authenticator"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, unique=True)
    user: Mapped[User] = relationship()
    sealed_secret: Mapped[str]
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Linked):
    """One of ten codes for the day on which the app or the passkey is lost. Each works once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class HalfSignIn(Endable):
    """A person has shown the first thing and not yet the second. The browser holds the secret, and is not signed in.

    `how` is what they showed first; `wanted` is where they wanted to go.
    """

    __tablename__ = "half_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    how: Mapped[str]
    wanted: Mapped[str] = mapped_column(default="")
