"""A release: the agenda as the public reads it, frozen."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.platform.db import Words
from workshop.platform.recording import Recorded, numbered
from workshop.secretariat.series.models import WorkshopRow

from .released import ReleasedSession, StoredSession, sessions_of


class Release(WorkshopRow):
    """The agenda as published at one moment. The public reads the newest; nothing in it changes afterwards.

    `name` is what the organisers call it ("Provisional agenda", "Rev.1"); without one it goes by its number.
    `agenda` is the list of sessions as `rules.as_published` writes it; whoever reads it takes `sessions`.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    RECORDED: ClassVar = Recorded(
        _l("Published agenda"), lambda row: numbered(row.number, row.name), "number name note"
    )

    number: Mapped[int]
    published_at: Mapped[datetime]
    agenda: Mapped[list[StoredSession]] = mapped_column(JSON)
    name: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    note: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")

    @cached_property
    def sessions(self) -> list[ReleasedSession]:
        return sessions_of(self.agenda)
