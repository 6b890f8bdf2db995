"""What happened on the day, and notes for those who run it. Neither is part of a release, a public page or an export."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model
from workshop.programme.agenda.models import Item, Session


class Run(Model):
    """An item, or a session without items, that began in fact. `ended_at` is empty while it runs.

    A rehearsal runs on the clock of the day it rehearses: `pressed_at` is when the button was really pressed.
    """

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    session: Mapped[Session] = relationship(init=False)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    item: Mapped[Item | None] = relationship(init=False)
    started_at: Mapped[datetime]
    pressed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())


class StageNote(Model):
    """What those on stage must know about a session or one of its items: lectern, film, who hands over to whom."""

    __tablename__ = "stage_note"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True, default=None)
    text: Mapped[str] = mapped_column(default="")
