"""What to read. Statements only: the caller runs them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import aliased

from workshop.deliberation.plenary.models import Paragraph, PlenaryReport
from workshop.platform.db import Words
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.programme.papers.models import Document, DocumentFile, Embargo, FileText, State
from workshop.secretariat.series.models import Workshop

FACTS = (
    Document.key,
    Document.kind,
    Document.state,
    Document.title,
    Document.author,
    Document.symbol,
    Document.symbol_kind,
    Document.symbol_number,
    Document.session_id,
    Document.item_id,
    DocumentFile.id.label("file_id"),
    DocumentFile.language,
    FileText.words,
)


def published_workshop(slug: str) -> Select[Workshop]:
    return select(Workshop).where(Workshop.slug == slug, Workshop.published)


def groups(workshop: Workshop) -> Select[int, int, Words, Words]:
    """Break-out groups, one row per guiding question: session id, number, topic, question."""
    return (
        select(Group.session_id, Group.number, Group.topic, GroupQuestion.text)
        .outerjoin(GroupQuestion, GroupQuestion.group_id == Group.id)
        .where(Group.workshop_id == workshop.id)
        .order_by(Group.number, GroupQuestion.position)
    )


def papers(workshop: Workshop, phrases: Sequence[Sequence[str]]) -> Select[*tuple[object, ...]]:
    """Every document with the newest file of each language, its words, and whether each phrase stands in it."""
    return _papers(workshop, phrases, held=True)


def public_papers(workshop: Workshop, phrases: Sequence[Sequence[str]], *, at: datetime) -> Select[*tuple[object, ...]]:
    """Those whose file everybody may open now: published, not held, and under no embargo."""
    free = (
        (Document.embargo == Embargo.NONE)
        | ((Document.embargo == Embargo.UNTIL) & (Document.embargo_until <= at))
        | ((Document.embargo == Embargo.SESSION_ENDS) & (Session.ends_at <= at))
    )
    return _papers(workshop, phrases, held=False).where(Document.state == State.PUBLISHED, free)


def _papers(workshop: Workshop, phrases: Sequence[Sequence[str]], *, held: bool) -> Select[*tuple[object, ...]]:
    other = aliased(DocumentFile)
    newest = select(func.max(other.version)).where(
        other.document_id == DocumentFile.document_id, other.language == DocumentFile.language
    )
    if not held:
        newest = newest.where(~other.held)
    current = (DocumentFile.document_id == Document.id) & (DocumentFile.version == newest.scalar_subquery())
    looked_for = [
        func.coalesce(FileText.folded.contains(f" {' '.join(phrase)} ", autoescape=True), literal(False)).label(f"p{n}")
        for n, phrase in enumerate(phrases)
    ]
    return (
        select(*FACTS, *looked_for)
        .join(Session, Session.id == Document.session_id)
        .outerjoin(DocumentFile, current)
        .outerjoin(FileText, FileText.file_id == DocumentFile.id)
        .where(Document.workshop_id == workshop.id)
        .order_by(Session.number, Document.id, DocumentFile.language)
    )


def texts(file_ids: Sequence[int]) -> Select[int, str]:
    return select(FileText.file_id, FileText.text).where(FileText.file_id.in_(file_ids))


def paragraphs(workshop: Workshop) -> Select[str, Words, int | None, Words, Words, list[Words]]:
    """The numbered paragraphs of every report of a workshop."""
    return (
        select(
            PlenaryReport.slug,
            PlenaryReport.title,
            Paragraph.number,
            Paragraph.text,
            Paragraph.heading,
            Paragraph.originals,
        )
        .join(Paragraph, Paragraph.report_id == PlenaryReport.id)
        .where(PlenaryReport.workshop_id == workshop.id, Paragraph.number.is_not(None))
        .order_by(PlenaryReport.id, Paragraph.position)
    )


def public_paragraphs(workshop: Workshop) -> Select[str, Words, int | None, Words, Words, list[Words]]:
    return paragraphs(workshop).where(PlenaryReport.published_at.is_not(None))
