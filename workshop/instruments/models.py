"""The PDFs of questionnaires: made once for each language and state, then served from storage."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.db import Model
from workshop.questionnaires.models import Questionnaire
from workshop.tasks import Task


class Trouble(enum.StrEnum):
    """Why a PDF could not be made; it is not tried again by itself."""

    UNAVAILABLE = "unavailable"
    FAILED = "failed"


class Printing(Model):
    """A questionnaire as PDF in one language. `fingerprint` says of what; `stored_as` is empty until it is made."""

    __tablename__ = "printing"
    __table_args__ = (UniqueConstraint("questionnaire_id", "language", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False, index=True
    )
    questionnaire: Mapped[Questionnaire] = relationship(default=None)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), init=False)
    task: Mapped[Task | None] = relationship(default=None)
    language: Mapped[str]
    fingerprint: Mapped[str]
    stored_as: Mapped[str] = mapped_column(default="")
    pages: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None] = mapped_column(default=None)
    problem: Mapped[Trouble | None] = mapped_column(default=None)

    @property
    def state(self) -> str:
        """running, ready, unavailable or failed."""
        if self.stored_as:
            return "ready"
        if self.problem:
            return self.problem.value
        return "failed" if self.task is None or self.task.is_over else "running"
