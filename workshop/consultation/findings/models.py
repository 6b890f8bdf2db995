"""A snapshot: the answers as they stood at one moment, frozen, one column of codes per question."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.platform.db import Model, Words


class Snapshot(Model):
    """Results at a date. `responses` is n; `caveat` is printed wherever a figure of it is; `number` counts within the
    questionnaire.

    `held_back`: only a few answers more or fewer than in an earlier snapshot. Seen side by side the two would show
    what those few said, so this one stays with the organisers.
    """

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="RESTRICT"), init=False, index=True
    )
    version: Mapped[QuestionnaireVersion] = relationship(default=None)
    number: Mapped[int]
    taken_at: Mapped[datetime]
    responses: Mapped[int]
    caveat: Mapped[Words]
    title: Mapped[Words]
    includes_synthetic: Mapped[bool] = mapped_column(default=False)
    published: Mapped[bool] = mapped_column(default=False)
    held_back: Mapped[bool] = mapped_column(default=False)
    columns: Mapped[list["SnapshotColumn"]] = relationship(
        default_factory=list,
        back_populates="snapshot",
        order_by="SnapshotColumn.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class SnapshotColumn(Model):
    """The answers to one question, or to a part of it: `question` is "A3", a row of a matrix "C1.com", an option of
    several "D1.edu" or of a ranking "D2.rem".

    `codes` holds one byte per response, in the same order in all columns of a snapshot and in no other order of the
    world: 0 is "not asked", 1 "no answer", and from 2 an index into `options`. A question answered in figures, in
    words, or with personal data has the one option "answered".
    `numbers` holds figures in ascending order, so that no row can be read back, by currency ("" where there is
    none); for several countries, how often each was named.
    """

    __tablename__ = "snapshot_column"
    __table_args__ = (UniqueConstraint("snapshot_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), init=False, index=True)
    snapshot: Mapped[Snapshot] = relationship(back_populates="columns", default=None)
    position: Mapped[int]
    question: Mapped[str]
    options: Mapped[list[str]]
    codes: Mapped[bytes] = mapped_column(default=b"")
    numbers: Mapped[dict[str, int | list[str]]] = mapped_column(default_factory=dict)

    @property
    def figures(self) -> dict[str, list[Decimal]]:
        """What was answered in figures, by currency."""
        return {
            currency: [Decimal(value) for value in values]
            for currency, values in self.numbers.items()
            if isinstance(values, list)
        }

    @property
    def named(self) -> dict[str, int]:
        """How often each of several countries was named."""
        return {code: number for code, number in self.numbers.items() if isinstance(number, int)}
