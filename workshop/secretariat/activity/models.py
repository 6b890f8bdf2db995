"""A change that somebody made: what it was before, and after."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.secretariat.accounts.models import User


class Verb(Labelled):
    """What became of the thing."""

    ADDED = "added", _l("added"), "good"
    CHANGED = "changed", _l("changed")
    REMOVED = "removed", _l("removed"), "bad"


class Actor(Labelled):
    """In which way the change was made. A person whose account is erased is a former member from then on."""

    PERSON = "person", _l("A former member")
    LINK = "link", _l("Someone with a personal link")
    PROGRAM = "program", _l("The program")


class Change(Model):
    """One row of any table that is `RECORDED` was added, changed or removed.

    `workshop` is the one it belongs to; of what all workshops share, such as an organisation, the one in which it was
    changed. Neither its names nor any account's are copied: `who` and `about`, the account a role is for, are empty once
    that account is erased. `kind` and `row` say which row it is, `object_kind` and `object_row` which one it is a part of
    (itself, where it is none). `before` and `after` hold only the attributes that changed.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_workshop_id_id", "workshop_id", "id"),
        Index("ix_change_object", "object_kind", "object_row"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), default=None)
    at: Mapped[datetime]
    actor: Mapped[Actor]
    who_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True, default=None)
    who: Mapped[User | None] = relationship(init=False, foreign_keys=[who_id], viewonly=True)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True, default=None)
    about: Mapped[User | None] = relationship(init=False, foreign_keys=[about_id], viewonly=True)
    verb: Mapped[Verb]
    kind: Mapped[str]
    row: Mapped[int]
    name: Mapped[Words] = mapped_column(default_factory=Words)
    object_kind: Mapped[str]
    object_row: Mapped[int]
    object_name: Mapped[Words] = mapped_column(default_factory=Words)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
