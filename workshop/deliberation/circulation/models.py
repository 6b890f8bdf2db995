"""Copies of an edition that were sent round, and the remarks that came back, with what was decided about each."""

from datetime import datetime, timedelta
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.deliberation.editions.models import Edition
from workshop.deliberation.plenary.models import Block
from workshop.participation.delegations.models import Participant
from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.links import Remade, new

READABLE_AFTER = timedelta(days=90)  # so long a participant can still read what became of the remarks


class ReviewCopy(Remade):
    """An edition under review in the hands of one participant: a link of their own."""

    __tablename__ = "review_copy"
    __table_args__ = (UniqueConstraint("edition_id", "participant_id"),)
    LEADS_BY: ClassVar = "edition.report.workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), init=False)
    edition: Mapped[Edition] = relationship()
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    sent_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    link_seed: Mapped[str] = mapped_column(default_factory=new)

    @property
    def link_source(self) -> str:
        return f"review:{self.link_seed}"

    def change_link_source(self) -> None:
        self.link_seed = new()

    def link_opens(self, at: datetime) -> bool:
        until = self.edition.review_until
        return until is None or at < until + READABLE_AFTER


class RemarkKind(Labelled):
    """What a remark asks for."""

    COMMENT = "comment", _l("Comment")
    CORRECTION = "correction", _l("Correction of a fact or wording")
    OBJECTION = "objection", _l("Objection")
    REMOVAL = "removal", _l("Take out what was said by me")

    @property
    def must_be_decided(self) -> bool:
        """Whether the edition cannot be cleared before somebody has decided about it."""
        return self in (RemarkKind.OBJECTION, RemarkKind.REMOVAL)


class RemarkDecision(Labelled):
    """What became of a remark."""

    TAKEN = "taken", _l("accepted"), "good"
    PARTLY = "partly", _l("accepted in part"), "good"
    NOT_TAKEN = "not_taken", _l("not accepted"), "warn"


class Remark(Model):
    """What somebody said about an edition under review, in writing or from the floor (then `copy` is empty).

    `paragraph` is its number in that edition, `block` the one it was printed from; `wording` is proposed in its place.
    """

    __tablename__ = "report_remark"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), init=False, index=True)
    edition: Mapped[Edition] = relationship()
    copy_id: Mapped[int | None] = mapped_column(
        ForeignKey("review_copy.id", ondelete="CASCADE"), init=False, index=True
    )
    copy: Mapped[ReviewCopy | None] = relationship()
    block_id: Mapped[int | None] = mapped_column(
        ForeignKey("report_block.id", ondelete="SET NULL"), init=False, index=True
    )
    block: Mapped[Block | None] = relationship()
    paragraph: Mapped[int | None]
    kind: Mapped[RemarkKind]
    text: Mapped[str]
    wording: Mapped[str]
    language: Mapped[str]
    at: Mapped[datetime]
    decision: Mapped[RemarkDecision | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
