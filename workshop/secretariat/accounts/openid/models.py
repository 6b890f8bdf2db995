"""Who a person is at the other service."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.secretariat.accounts.models import User


class OpenIdentity(Model):
    """An account there that opens one here. It is known by issuer and subject: an address can change hands."""

    __tablename__ = "open_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship()
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)
