"""The PDFs of questionnaires: made once for each language and state, then served from storage."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform.prints import Print


class Printing(Print):
    """A questionnaire as PDF."""

    __tablename__ = "printing"
    __table_args__ = (UniqueConstraint("questionnaire_id", "language", "fingerprint"),)

    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False, index=True
    )
    questionnaire: Mapped[Questionnaire] = relationship(default=None)
    made_at: Mapped[datetime | None] = mapped_column(default=None)
