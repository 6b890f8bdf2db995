"""Who did what, when: sign-ins, role changes, publications, exports, deletions. Never answers or secrets."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from workshop.platform.db import Model


class AuditEntry(Model):
    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[int | None]  # a plain number: the entry outlives the account
    verb: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")


def record(verb: str, subject: str = "", *, who: int | None, at: datetime) -> AuditEntry:
    """A new entry, to be added in the same commit as what it tells of."""
    return AuditEntry(at=at, who=who, verb=verb, subject=subject)
