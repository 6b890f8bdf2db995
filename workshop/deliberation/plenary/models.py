"""The report to the plenary: numbered paragraphs, what each rests on, and the PDFs made of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.platform.prints import Print
from workshop.secretariat.series.models import Workshop, WorkshopRow


class Chapter(Labelled):
    """The chapters of a report to the plenary, in their order."""

    OPENING = "opening", _l("Opening and attendance")
    PURPOSE = "purpose", _l("Purpose and guiding questions")
    SESSIONS = "sessions", _l("Summary by session")
    QUESTIONNAIRE = "questionnaire", _l("Results of the questionnaire")
    GROUPS = "groups", _l("Reports of the break-out groups")
    SYNTHESIS = "synthesis", _l("Across the groups")
    RECOMMENDATIONS = "recommendations", _l("Recommendations offered and lessons")
    NEXT_STEPS = "next_steps", _l("Next steps")
    ANNEX = "annex", _l("Annexes")


SLUG = "plenary"  # the name of the report to the plenary in addresses


class PlenaryReport(WorkshopRow):
    """The report to the plenary, compiled from what stood at `compiled_at`. Compiling again makes edition + 1."""

    __tablename__ = "plenary_report"
    __table_args__ = (UniqueConstraint("workshop_id", "slug"),)

    workshop: Mapped[Workshop] = relationship(default=None)
    slug: Mapped[str]
    title: Mapped[Words]
    compiled_at: Mapped[datetime]
    edition: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    paragraphs: Mapped[list["Paragraph"]] = relationship(
        default_factory=list,
        back_populates="report",
        order_by="Paragraph.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


Cell = Mapping[str, object] | int | None
"""A cell of a table: words, a number, or {"bar": …, "of": 100} or {"mark": words} in the place of one."""


class Table(TypedDict, total=False):
    """A table of a report; one without anything in it stands for none."""

    caption: Words
    columns: list[Words]
    rows: list[list[Cell]]


class Paragraph(Model):
    """A numbered paragraph, or a table (then `number` is empty).

    `heading` and `subheading` open a section before it. `text` is our own sentence; {0}, {1} … in it stand for
    `originals`, the words of others, which keep their language. `table` is {"caption": words, "columns": [words],
    "rows": [[cell]]}, with `text` as the note under it; a cell is words, a number, {"bar": share in per cent, "of":
    100}, where the share is null if it is not shown, or {"mark": words} in place of a number that is not shown.
    """

    __tablename__ = "paragraph"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("plenary_report.id", ondelete="CASCADE"), init=False, index=True)
    report: Mapped[PlenaryReport] = relationship(back_populates="paragraphs", default=None)
    position: Mapped[int]
    chapter: Mapped[Chapter]
    number: Mapped[int | None] = mapped_column(default=None)
    heading: Mapped[Words] = mapped_column(default_factory=Words)
    subheading: Mapped[Words] = mapped_column(default_factory=Words)
    text: Mapped[Words] = mapped_column(default_factory=Words)
    originals: Mapped[list[Words]] = mapped_column(default_factory=list)
    table: Mapped[Table] = mapped_column(JSON, default_factory=Table)
    sources: Mapped[list["Source"]] = relationship(
        default_factory=list,
        back_populates="paragraph",
        order_by="Source.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class SourceKind(Labelled):
    WORKSHOP = "workshop", _l("Workshop")
    MILESTONE = "milestone", _l("Calendar")
    SESSION = "session", _l("Agenda")
    DOCUMENT = "document", _l("Document")
    SNAPSHOT = "snapshot", _l("Questionnaire")
    GROUP = "group", _l("Break-out group")
    GROUP_REPORT = "group_report", _l("Group report")
    KEY_POINT = "key_point", _l("Key point")
    POINT = "point", _l("Point")
    RECOMMENDATION = "recommendation", _l("Recommendation")


class Source(Model):
    """What a paragraph rests on. `fingerprint` is that of the source when the report was compiled:
    where it differs from today's, or the source is gone, the paragraph is flagged."""

    __tablename__ = "paragraph_source"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id", ondelete="CASCADE"), init=False, index=True)
    paragraph: Mapped[Paragraph] = relationship(back_populates="sources", default=None)
    kind: Mapped[SourceKind]
    source_id: Mapped[int]
    label: Mapped[Words]
    fingerprint: Mapped[str]


class Rendering(Print):
    """A PDF of a report."""

    __tablename__ = "rendering"
    __table_args__ = (UniqueConstraint("report_id", "language", "fingerprint"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("plenary_report.id", ondelete="CASCADE"), init=False, index=True)
    report: Mapped[PlenaryReport] = relationship(default=None)
    made_at: Mapped[datetime | None] = mapped_column(default=None)
