"""An invitation to take part in a workshop with one or several roles."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.links import Endable
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Role, WorkshopRow


class MemberInvitation(WorkshopRow, Endable):
    """One letter to one address, whether it has an account or not. Its link works once: used, revoked or expired.

    `email` is kept in lower case, `roles` are values of Role. `inviter` is empty where a command wrote the letter, or
    where the account is gone.
    """

    __tablename__ = "member_invitation"

    email: Mapped[str]
    name: Mapped[str]
    roles: Mapped[list[str]]
    language: Mapped[str]
    inviter_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), init=False, index=True)
    inviter: Mapped[User | None] = relationship()
    sent_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def wanted_roles(self) -> list[Role]:
        """In the order of protocol."""
        return [role for role in Role if role in self.roles]
