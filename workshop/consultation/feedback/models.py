"""What respondents of a questionnaire are told after the meeting: what was heard, and what became of it."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded


class Outcome(Labelled):
    """What was done with something that was heard."""

    TAKEN = "taken", _l("acted on"), "good"
    PARTLY = "partly", _l("acted on in part"), "warn"
    LATER = "later", _l("to be considered later")
    NOT_TAKEN = "not_taken", _l("not acted on")


class Feedback(Model):
    """The page of one questionnaire. `published_at` is empty until an organiser shows it, `sent_at` until respondents
    were written to."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("questionnaire_id"),)
    RECORDED: ClassVar = Recorded(
        _l("What we heard"),
        lambda row: row.questionnaire.title,
        "introduction published_at sent_at",
        part_of="questionnaire",
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship()
    introduction: Mapped[Words] = mapped_column(default_factory=Words)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    entries: Mapped[list["FeedbackEntry"]] = relationship(
        default_factory=list,
        back_populates="feedback",
        order_by="(FeedbackEntry.position, FeedbackEntry.id)",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class FeedbackEntry(Model):
    """One thing that was heard. `questions` are the codes of those it was said under; `answer` says what was done, or
    why nothing was."""

    __tablename__ = "feedback_entry"
    RECORDED: ClassVar = Recorded(
        _l("What was heard"), lambda row: row.heard, "heard outcome answer questions position", part_of="feedback"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"), init=False, index=True)
    feedback: Mapped[Feedback] = relationship(back_populates="entries")
    heard: Mapped[Words]
    outcome: Mapped[Outcome]
    answer: Mapped[Words]
    questions: Mapped[list[str]] = mapped_column(default_factory=list)
    position: Mapped[int] = mapped_column(default=1)
