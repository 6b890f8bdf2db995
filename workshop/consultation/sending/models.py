"""What is written to those asked, what was sent to whom, and when reminders are due."""

from datetime import date, datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.platform.mail import Message
from workshop.platform.recording import Recorded


class Kind(Labelled):
    INVITATION = "invitation", _l("Invitation")
    REMINDER = "reminder", _l("Reminder")


class LetterText(Model):
    """The words of a mail as the organisers changed them; without a row the usual words serve."""

    __tablename__ = "questionnaire_letter_text"
    __table_args__ = (UniqueConstraint("questionnaire_id", "kind"),)
    RECORDED: ClassVar = Recorded(
        _l("Letter to those asked"), lambda row: row.kind, "subject text", part_of="questionnaire"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship()
    kind: Mapped[Kind]
    subject: Mapped[Words] = mapped_column(default_factory=Words)
    text: Mapped[Words] = mapped_column(default_factory=Words)


class Letter(Model):
    """A mail written to one recipient. `step` keeps anybody from being written to twice for the same reason."""

    __tablename__ = "questionnaire_letter"
    __table_args__ = (UniqueConstraint("recipient_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id", ondelete="CASCADE"), init=False)
    recipient: Mapped[Recipient] = relationship()
    kind: Mapped[Kind]
    step: Mapped[str]
    written_on: Mapped[date]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), init=False, index=True)
    message: Mapped[Message] = relationship()


class When(Labelled):
    """At which moments of the time for answering a reminder goes out by itself."""

    HALF = "half", _l("when half of the time has passed")
    FOUR_FIFTHS = "four_fifths", _l("when four fifths of the time have passed")
    THREE_DAYS = "three_days", _l("three days before closing")


class Reminder(Model):
    """A reminder that goes out by itself. `sent` counts the mails written once it is done."""

    __tablename__ = "questionnaire_reminder"
    __table_args__ = (UniqueConstraint("questionnaire_id", "moment"),)
    RECORDED: ClassVar = Recorded(_l("Reminder"), lambda row: row.moment, "due_at", part_of="questionnaire")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship()
    moment: Mapped[When]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    sent: Mapped[int] = mapped_column(default=0)
