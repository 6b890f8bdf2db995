"""A person's passkeys, and the riddles that have been answered."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.links import Expiring
from workshop.secretariat.accounts.models import User


class Passkey(Model):
    """The public half of a key pair. `credential` is the name that the device gave it; `uses` is the device's own count.

    Both are public, so they are kept as they are, in base64url.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    name: Mapped[str]
    credential: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    uses: Mapped[int]
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)


class SpentChallenge(Expiring):
    """A challenge that has been answered, kept as long as its answer could be sent a second time."""

    __tablename__ = "spent_challenge"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
