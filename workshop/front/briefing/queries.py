"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance, Session
from workshop.programme.papers.models import Document, DocumentFile
from workshop.secretariat.series.models import Workshop

LEADING = (Part.CHAIR, Part.CO_CHAIR, Part.MODERATOR)


def sessions_alone(workshop: Workshop) -> Select[Session]:
    """The draft agenda without what is inside its sessions, in order of time."""
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id)
        .options(joinedload(Session.room))
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.number)
    )


def leading_people(workshop: Workshop) -> Select[Appearance]:
    """Who chairs and moderates, as the programme prints it."""
    return (
        select(Appearance)
        .join(Appearance.session)
        .where(Session.workshop_id == workshop.id, Appearance.part.in_(LEADING))
        .options(joinedload(Appearance.person))
        .order_by(Appearance.position)
    )


def session_in_full(workshop: Workshop, number: int) -> Select[Session]:
    """A session with all that its briefing says of it: four statements."""
    people = selectinload(Session.appearances)
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id, Session.number == number)
        .options(
            joinedload(Session.room),
            selectinload(Session.questions),
            selectinload(Session.items),
            people.joinedload(Appearance.person),
            people.joinedload(Appearance.organisation),
            people.joinedload(Appearance.delivered_by),
        )
    )


def documents_of_session(session: Session) -> Select[Document]:
    """Run with `.unique()`."""
    return (
        select(Document)
        .where(Document.session_id == session.id)
        .options(joinedload(Document.files), joinedload(Document.person))
        .order_by(Document.id)
    )


def newest_file(workshop: Workshop, key: str, language: str) -> Select[DocumentFile]:
    """The current file of a document in one language, with its session."""
    return (
        select(DocumentFile)
        .join(DocumentFile.document)
        .where(Document.workshop_id == workshop.id, Document.key == key, DocumentFile.language == language)
        .options(contains_eager(DocumentFile.document).joinedload(Document.session))
        .order_by(DocumentFile.version.desc())
        .limit(1)
    )
