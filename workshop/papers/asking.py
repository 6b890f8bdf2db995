"""Asking authors for their documents: links of their own, reminders sent, and when a workshop sends them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.db import Model
from workshop.series.models import Workshop

from .document import Document

DEFAULT_STEPS = [-14, -3, 1, 7]  # days after the due date; before it they are negative


class DocumentLink(Model):
    """A link by which whoever holds it hands in one document. Of its secret (256 bit) only the SHA-256 is stored."""

    __tablename__ = "document_link"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), init=False, index=True)
    document: Mapped[Document] = relationship()
    token_hash: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Reminder(Model):
    """A reminder written to one address about one document, at one step before or after its due date."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("document_id", "step", "recipient"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), init=False)
    document: Mapped[Document] = relationship()
    step: Mapped[int]
    recipient: Mapped[str]
    written_at: Mapped[datetime]


class ReminderPlan(Model):
    """When a workshop reminds authors: days after the due date. Without a row the default steps hold; no day: never."""

    __tablename__ = "reminder_plan"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), init=False, unique=True)
    workshop: Mapped[Workshop] = relationship()
    days: Mapped[list[Any]] = mapped_column(JSON)
