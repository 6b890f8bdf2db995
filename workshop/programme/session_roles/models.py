"""Who serves a session."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.platform.recording import Recorded
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User


class SessionRole(Model):
    """An account chairs, moderates, reports on or takes notes of one session. What the programme prints of its people is
    another matter: these are the people who open its pages.
    """

    __tablename__ = "session_role"
    __table_args__ = (UniqueConstraint("session_id", "user_id", "role"), {"info": {"rests_on_nothing": True}})
    RECORDED: ClassVar = Recorded(_l("Part in a session"), lambda row: "", "role", part_of="session", about="user")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False)
    session: Mapped[Session] = relationship(default=None)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship(default=None)
    role: Mapped[Part]
