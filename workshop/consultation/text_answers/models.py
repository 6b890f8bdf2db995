"""Codes of answers in words, who gave which code to which answer, and which answers are nearly the same letter.

The words themselves stay where the respondent left them, in the response: whoever withdraws erases them everywhere.
"""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform.db import Model
from workshop.platform.recording import Recorded


class TextCode(Model):
    """One code of the frame for one question, "cost of transfers"."""

    __tablename__ = "text_code"
    __table_args__ = (UniqueConstraint("questionnaire_id", "question", "name"),)
    RECORDED: ClassVar = Recorded(_l("Code"), lambda row: row.name, "question name", part_of="questionnaire")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship(default=None)
    question: Mapped[str]
    name: Mapped[str]
    made_at: Mapped[datetime]


class TextCoding(Model):
    """That a coder, a plain number that outlives the account, gave a code to an answer."""

    __tablename__ = "text_coding"
    __table_args__ = (UniqueConstraint("code_id", "response_id", "coder"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code_id: Mapped[int] = mapped_column(ForeignKey("text_code.id", ondelete="CASCADE"))
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    coder: Mapped[int]


class SimilarText(Model):
    """That an answer belongs to a campaign: a letter that many sent, nearly word for word. `campaign` numbers them."""

    __tablename__ = "similar_text"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question: Mapped[str]
    campaign: Mapped[int]
