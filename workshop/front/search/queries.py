"""What to read. Statements only: the caller runs them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, contains_eager

from workshop.deliberation.plenary.models import Block, PlenaryReport
from workshop.follow_up.practices.models import SharedPractice
from workshop.follow_up.practices.queries import public_practices
from workshop.follow_up.publications.models import Publication
from workshop.follow_up.publications.queries import public_publications
from workshop.programme.agenda.models import Session
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


def papers(workshop: Workshop) -> Select[*tuple[object, ...]]:
    """Every document with the newest file of each language, and its words."""
    return _papers(workshop, held=True)


def public_papers(workshop: Workshop, *, at: datetime) -> Select[*tuple[object, ...]]:
    """Those whose file everybody may open now: published, not held, and under no embargo."""
    free = (
        (Document.embargo == Embargo.NONE)
        | ((Document.embargo == Embargo.UNTIL) & (Document.embargo_until <= at))
        | ((Document.embargo == Embargo.SESSION_ENDS) & (Session.ends_at <= at))
    )
    return _papers(workshop, held=False).where(Document.state == State.PUBLISHED, free)


def _papers(workshop: Workshop, *, held: bool) -> Select[*tuple[object, ...]]:
    other = aliased(DocumentFile)
    newest = select(func.max(other.version)).where(
        other.document_id == DocumentFile.document_id, other.language == DocumentFile.language
    )
    if not held:
        newest = newest.where(~other.held)
    current = (DocumentFile.document_id == Document.id) & (DocumentFile.version == newest.scalar_subquery())
    return (
        select(*FACTS)
        .join(Session, Session.id == Document.session_id)
        .outerjoin(DocumentFile, current)
        .outerjoin(FileText, FileText.file_id == DocumentFile.id)
        .where(Document.workshop_id == workshop.id)
        .order_by(Session.number, Document.id, DocumentFile.language)
    )


def library(workshop: Workshop, *, at: datetime) -> Select[Publication]:
    """The public publications of its series."""
    return public_publications(at).where(Publication.series_id == workshop.series_id)


def practices(workshop: Workshop) -> Select[SharedPractice]:
    """The public practices of its series."""
    return public_practices().where(SharedPractice.series_id == workshop.series_id)


def read_files(papers: Select[*tuple[object, ...]]) -> Select[int, int | None]:
    """Of those papers: which document, and which file of it whose text can be searched."""
    return papers.with_only_columns(Document.id, FileText.file_id).order_by(None)


def with_phrase(file_ids: Sequence[int], phrase: Sequence[str]) -> Select[int]:
    """Those of the files in which these words follow one another."""
    said = FileText.folded.contains(f" {' '.join(phrase)} ", autoescape=True)
    return select(FileText.file_id).where(FileText.file_id.in_(file_ids), said)


def texts(file_ids: Sequence[int]) -> Select[int, str]:
    return select(FileText.file_id, FileText.text).where(FileText.file_id.in_(file_ids))


def blocks_in_work(workshop: Workshop) -> Select[Block]:
    """What the reports of a workshop say now, released or not."""
    return (
        select(Block)
        .join(Block.report)
        .where(PlenaryReport.workshop_id == workshop.id, Block.left_out_at.is_(None))
        .options(contains_eager(Block.report))
        .order_by(PlenaryReport.id, Block.position)
    )
