"""The report to the plenary: the blocks it is written in, what each rests on, and what was said about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, Column, ForeignKey, UniqueConstraint
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.findings.models import Snapshot
from workshop.platform.db import Base, Model, Words
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop, WorkshopRow

from .paragraphs import Chapter, Paragraph, SourceKind, Table, WrittenParagraph

SLUG = "plenary"  # the name of the report to the plenary in addresses


class ReportKind(Labelled):
    """What a report is: only the one to the plenary is compiled; the others are written from an outline."""

    PLENARY = "plenary", _l("Report to the plenary")
    CHAIR_SUMMARY = "chair_summary", _l("Chair’s summary")
    SESSION = "session", _l("Report of a session")
    MISSION = "mission", _l("Mission note")


class Origin(Labelled):
    """Whose words a block holds."""

    COMPILED = "compiled", _l("compiled")
    EDITED = "edited", _l("compiled, edited by a person")
    WRITTEN = "written", _l("written by a person")


class PlenaryReport(WorkshopRow):
    """A report in work. What a stranger reads is never this, but an edition of it that was released.

    `results` is the snapshot that was chosen for its chapter on the questionnaire; None where none was.
    """

    __tablename__ = "plenary_report"
    __table_args__ = (UniqueConstraint("workshop_id", "slug"),)
    RECORDED: ClassVar = Recorded(_l("Report"), lambda row: row.title, "title compiled_at")

    workshop: Mapped[Workshop] = relationship(default=None)
    slug: Mapped[str]
    title: Mapped[Words]
    kind: Mapped[ReportKind] = mapped_column(default=ReportKind.PLENARY)
    compiled_at: Mapped[datetime | None] = mapped_column(default=None)
    compilings: Mapped[int] = mapped_column(default=0)
    results_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id", ondelete="SET NULL"), init=False)
    results: Mapped[Snapshot | None] = relationship(default=None)
    blocks: Mapped[list["Block"]] = relationship(
        default_factory=list,
        back_populates="report",
        order_by="Block.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def standing_blocks(self) -> list["Block"]:
        """What the report says now: neither left out nor only proposed."""
        return [block for block in self.blocks if block.stands]


class Block(Model):
    """A paragraph or table in work. Its id is permanent and never given again.

    `heading` … `table` are what was compiled, as `Paragraph` describes; `words` is what a person wrote instead, and
    `title` the heading a person put before it. `compiled` is the digest of what stands here of compiling; `proposal` is
    what compiling would put in its place: a paragraph as JSON, or "gone" where nothing is left to say.
    """

    __tablename__ = "report_block"
    __table_args__ = (UniqueConstraint("report_id", "key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("plenary_report.id", ondelete="CASCADE"), init=False)
    report: Mapped[PlenaryReport] = relationship(back_populates="blocks", default=None)
    key: Mapped[str | None] = mapped_column(default=None)
    chapter: Mapped[Chapter]
    position: Mapped[int]
    heading: Mapped[Words] = mapped_column(default_factory=Words)
    subheading: Mapped[Words] = mapped_column(default_factory=Words)
    text: Mapped[Words] = mapped_column(default_factory=Words)
    originals: Mapped[list[Words]] = mapped_column(default_factory=list)
    table: Mapped[Table] = mapped_column(JSON, default_factory=Table)
    title: Mapped[Words] = mapped_column(default_factory=Words)
    words: Mapped[Words] = mapped_column(default_factory=Words)
    compiled: Mapped[str] = mapped_column(default="")
    proposal: Mapped[WrittenParagraph | Literal["gone"] | None] = mapped_column(JSON(none_as_null=True), default=None)
    left_out_at: Mapped[datetime | None] = mapped_column(default=None)
    edited_at: Mapped[datetime | None] = mapped_column(default=None)
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    evidence: Mapped[list["Evidence"]] = relationship(
        default_factory=list,
        back_populates="block",
        order_by="Evidence.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    comments: Mapped[list["Comment"]] = relationship(
        default_factory=list,
        back_populates="block",
        order_by="Comment.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def stands(self) -> bool:
        return self.left_out_at is None and (bool(self.compiled) or self.key is None)

    @property
    def origin(self) -> Origin:
        if self.key is None:
            return Origin.WRITTEN
        return Origin.EDITED if self.words or self.title else Origin.COMPILED

    @property
    def as_paragraph(self) -> Paragraph:
        """What it says now, with what it rests on; without its number."""
        return Paragraph(
            chapter=self.chapter,
            key=self.key or "",
            block=self.id,
            heading=self.title or self.heading,
            subheading=self.subheading,
            text=self.text,
            originals=self.originals,
            table=self.table,
            words=self.words,
            sources=tuple(self.evidence),
        )


# The column of Evidence that points at the source of each kind; the workshop is its own report's.
SOURCE_COLUMNS = {
    SourceKind.MILESTONE: "milestone_id",
    SourceKind.SESSION: "session_id",
    SourceKind.DOCUMENT: "document_id",
    SourceKind.SNAPSHOT: "snapshot_id",
    SourceKind.FINDING: "finding_id",
    SourceKind.GROUP: "group_id",
    SourceKind.GROUP_REPORT: "group_report_id",
    SourceKind.KEY_POINT: "key_point_id",
    SourceKind.POINT: "point_id",
    SourceKind.SESSION_POINT: "session_point_id",
    SourceKind.RECOMMENDATION: "recommendation_id",
}


def _source(table: str) -> Mapped[int | None]:
    """A source that is removed leaves the line of evidence behind, pointing nowhere."""
    return mapped_column(ForeignKey(f"{table}.id", ondelete="SET NULL"), default=None, index=True)


class Evidence(Model):
    """What a block rests on: one source, chosen by a person (`chosen_by`) or by compiling.

    `fingerprint` is that of the source when it was chosen. Where a source was struck, withdrawn or changed, a person may
    decide that the block stays as it is: `stays_as` is the state this was decided of, and `stays_because` the reason.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    block_id: Mapped[int] = mapped_column(ForeignKey("report_block.id", ondelete="CASCADE"), init=False, index=True)
    block: Mapped[Block] = relationship(back_populates="evidence", default=None)
    kind: Mapped[SourceKind]
    label: Mapped[Words]
    fingerprint: Mapped[str]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), default=None)
    milestone_id: Mapped[int | None] = _source("milestone")
    session_id: Mapped[int | None] = _source("session")
    document_id: Mapped[int | None] = _source("document")
    snapshot_id: Mapped[int | None] = _source("snapshot")
    finding_id: Mapped[int | None] = _source("finding")
    group_id: Mapped[int | None] = _source("breakout_group")
    group_report_id: Mapped[int | None] = _source("group_report")
    key_point_id: Mapped[int | None] = _source("key_point")
    point_id: Mapped[int | None] = _source("point")
    session_point_id: Mapped[int | None] = _source("session_point")
    recommendation_id: Mapped[int | None] = _source("recommendation")
    chosen_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    is_chosen: Mapped[bool] = mapped_column(default=False)
    stays_as: Mapped[str] = mapped_column(default="")
    stays_because: Mapped[str] = mapped_column(default="")
    stays_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), default=None)
    stays_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def source_id(self) -> int | None:
        """The id of its source; None where the source is no more."""
        found: int | None = getattr(self, SOURCE_COLUMNS.get(self.kind, "workshop_id"))
        return found


class Comment(Model):
    """A remark on a block, by somebody who works on the report; it stays when the text changes."""

    __tablename__ = "report_comment"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    block_id: Mapped[int] = mapped_column(ForeignKey("report_block.id", ondelete="CASCADE"), init=False, index=True)
    block: Mapped[Block] = relationship(back_populates="comments", default=None)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), init=False)
    author: Mapped[User | None] = relationship(default=None)
    text: Mapped[str]
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)


# The paragraphs that a person chose as what a recommendation rests on.
recommendation_support = SqlTable(
    "recommendation_support",
    Base.metadata,
    Column("number_id", ForeignKey("recommendation_number.id", ondelete="CASCADE"), primary_key=True),
    Column("block_id", ForeignKey("report_block.id", ondelete="CASCADE"), primary_key=True),
)


class RecommendationNumber(WorkshopRow):
    """The permanent number of a recommendation offered: WS-2005-R03 is the same in every edition, and never another."""

    __tablename__ = "recommendation_number"
    WORKSHOP_INDEX: ClassVar = {}
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    workshop: Mapped[Workshop] = relationship(default=None)
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id", ondelete="SET NULL"), unique=True
    )
    number: Mapped[int]
    supports: Mapped[list[Block]] = relationship(
        secondary=recommendation_support, default_factory=list, order_by=Block.position
    )


def recommendation_code(workshop: Workshop, number: int) -> str:
    """WS-2005-R03: how a recommendation is cited."""
    return f"WS-{workshop.starts_on.year}-R{number:02}"


def next_numbers(taken: Sequence[RecommendationNumber], wanted: Sequence[int]) -> dict[int, int]:
    """Numbers for recommendations that have none yet, after the highest ever given."""
    known = {each.recommendation_id for each in taken}
    highest = max((each.number for each in taken), default=0)
    return {each: highest + n for n, each in enumerate((one for one in wanted if one not in known), 1)}
