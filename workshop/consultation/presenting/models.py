"""A finding: what a table says, in words, with a permanent id; and files made of results for one person."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.models import Response
from workshop.platform.db import Model, Words, public_key
from workshop.platform.labels import Labelled
from workshop.platform.prints import Print
from workshop.platform.recording import Recorded
from workshop.programme.agenda.models import GuidingQuestion, Session
from workshop.secretariat.accounts.models import User


class FindingState(Labelled):
    """Who may read a finding. A withdrawn one stays at its address and says so."""

    DRAFT = "draft", _l("draft"), "warn"
    PUBLISHED = "published", _l("public"), "good"
    WITHDRAWN = "withdrawn", _l("withdrawn"), "bad"


class Finding(Model):
    """What one table of a snapshot says. `table` is the code of its question; `key` never changes.

    `session` is the session of the workshop it is for, or that of `guiding_question`; `reason` says why it was withdrawn, `superseded_by` what took its
    place. `author` is the account that wrote it, a plain number: the finding outlives it.
    """

    __tablename__ = "finding"
    RECORDED: ClassVar = Recorded(
        _l("Finding"),
        lambda row: row.statement,
        "table statement caveat position session guiding_question state reason superseded_by",
        part_of="snapshot",
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), init=False, index=True)
    snapshot: Mapped[Snapshot] = relationship(default=None)
    table: Mapped[str]
    statement: Mapped[Words]
    caveat: Mapped[Words] = mapped_column(default_factory=Words)
    position: Mapped[int] = mapped_column(default=1)
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="SET NULL"), init=False, index=True
    )
    session: Mapped[Session | None] = relationship(default=None)
    guiding_question_id: Mapped[int | None] = mapped_column(
        ForeignKey("guiding_question.id", ondelete="SET NULL"), init=False, index=True
    )
    guiding_question: Mapped[GuidingQuestion | None] = relationship(default=None)
    state: Mapped[FindingState] = mapped_column(default=FindingState.DRAFT)
    reason: Mapped[Words] = mapped_column(default_factory=Words)
    superseded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("finding.id", ondelete="SET NULL"), init=False, index=True
    )
    superseded_by: Mapped["Finding | None"] = relationship(remote_side="Finding.id", default=None)
    author: Mapped[int | None] = mapped_column(default=None)
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    quotes: Mapped[list["Quote"]] = relationship(
        default_factory=list,
        back_populates="finding",
        order_by="Quote.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Quote(Model):
    """Some words of an answer that a finding quotes: where they begin and end in it, and which names are masked.

    The words themselves stay in the answer. So they are gone once it is withdrawn or reworded, or once the respondent no
    longer wishes to be quoted; `digest` tells that the answer is the one the quote was taken from.
    """

    __tablename__ = "quote"
    __table_args__ = (UniqueConstraint("finding_id", "response_id", "question"),)
    RECORDED: ClassVar = Recorded(_l("Quote"), lambda row: row.question, "question", part_of="finding")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"), init=False)
    finding: Mapped[Finding] = relationship(back_populates="quotes")
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), init=False, index=True)
    response: Mapped[Response] = relationship()
    question: Mapped[str]
    begins: Mapped[int]
    ends: Mapped[int]
    masks: Mapped[list[list[int]]] = mapped_column(JSON)
    digest: Mapped[str]


class FileKind(Labelled):
    """What results are handed out as."""

    XLSX = "xlsx", _l("Tables for a spreadsheet (XLSX)")
    CSV = "csv", _l("Tables as text (CSV)")
    JSON = "json", _l("Tables and codebook for programs (JSON)")
    PPTX = "pptx", _l("Slides (PPTX)")
    DECK = "deck", _l("Slides (PDF)")
    SUMMARY = "summary", _l("Summary on paper (PDF)")
    SUMMARY_DOCX = "summary_docx", _l("Summary on paper (Word)")
    CODEBOOK = "codebook", _l("Codebook (PDF)")
    ROWS = "rows", _l("Frozen answers, one row for each respondent, labels (XLSX)")
    CODES_XLSX = "codes_xlsx", _l("Frozen answers, one row for each respondent, codes (XLSX)")
    LABELS = "labels", _l("Frozen answers, one row for each respondent, labels (CSV)")
    CODES = "codes", _l("Frozen answers, one row for each respondent, codes (CSV)")
    SAV = "sav", _l("Frozen answers with labels for SPSS (SAV)")
    ANSWERS = "answers", _l("Answers with the words that respondents allow to be used (XLSX)")
    ARCHIVE = "zip", _l("Archive: questionnaire, figures, and texts that may be read (ZIP)")
    BRIEFING = "briefing", _l("Briefing (PDF)")
    BRIEFING_DOCX = "briefing_docx", _l("Briefing (Word)")


# For those who hold the answers anyway.
OF_ROWS = {
    FileKind.ROWS,
    FileKind.CODES_XLSX,
    FileKind.LABELS,
    FileKind.CODES,
    FileKind.SAV,
    FileKind.ANSWERS,
    FileKind.ARCHIVE,
}
OF_SESSIONS = {FileKind.BRIEFING, FileKind.BRIEFING_DOCX}


class ResultFile(Print):
    """A file of a snapshot, or of a session's briefing, in one language, made for one person; nobody else can fetch it,
    and it goes when it expires."""

    __tablename__ = "result_file"

    snapshot_id: Mapped[int | None] = mapped_column(
        ForeignKey("snapshot.id", ondelete="CASCADE"), init=False, index=True
    )
    snapshot: Mapped[Snapshot | None] = relationship(default=None)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), init=False, index=True)
    session: Mapped[Session | None] = relationship(default=None)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), init=False, index=True)
    user: Mapped[User] = relationship(default=None)
    kind: Mapped[FileKind]
    expires_at: Mapped[datetime]
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
