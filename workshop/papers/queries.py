"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from workshop.agenda.models import Appearance, Session
from workshop.series.models import Workshop

from .models import Document, DocumentFile, State


def documents(workshop_id: int) -> Select[Document]:
    """Every document expected in a workshop, with its files, in the order of the programme. Run with `.unique()`."""
    return (
        select(Document)
        .where(Document.workshop_id == workshop_id)
        .options(joinedload(Document.files))
        .order_by(Document.session_id, Document.id)
    )


def documents_shown(workshop_id: int) -> Select[Document]:
    """Those the public hears of: published ones, and those marked as not provided."""
    return documents(workshop_id).where(Document.state.in_((State.PUBLISHED, State.NOT_PROVIDED)))


def documents_of(workshop: Workshop) -> Select[Document]:
    """The same list for the desk, with session and item."""
    return documents(workshop.id).options(joinedload(Document.session), joinedload(Document.item))


def documents_with_people(workshop: Workshop) -> Select[Document]:
    """That list with everybody who appears in the sessions too: three statements whatever its length."""
    people = joinedload(Document.session).selectinload(Session.appearances).joinedload(Appearance.person)
    return documents_of(workshop).options(people)


def states(workshop: Workshop) -> Select[Document]:
    """The documents alone, without files: enough to say where each stands."""
    return select(Document).where(Document.workshop_id == workshop.id).order_by(Document.id)


def file(key: str, language: str) -> Select[DocumentFile]:
    """The files of a document in one language, the current one first, with document and workshop."""
    return (
        select(DocumentFile)
        .join(DocumentFile.document)
        .join(Document.workshop)
        .where(Document.key == key, DocumentFile.language == language)
        .options(contains_eager(DocumentFile.document).contains_eager(Document.workshop))
        .order_by(DocumentFile.version.desc())
    )
