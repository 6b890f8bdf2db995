"""What to read. Statements only: the caller runs them."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.programme.agenda.models import Appearance, Item, Session
from workshop.programme.agenda.queries import document_states, people
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.settings.removal import Counted, contents

from .models import Document, DocumentFile, DocumentLink, Examined, Reminder, ReminderPlan, State


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


def documents_listed(workshop: Workshop) -> Select[Document]:
    """That list with what a line of it says: run with `.unique()`, and `people_on_items` beside it."""
    return documents(workshop.id).options(
        joinedload(Document.session).load_only(Session.number, raiseload=True),
        joinedload(Document.item).load_only(Item.title, Item.role_label, Item.position, raiseload=True),
        joinedload(Document.person),
    )


def people_on_items(workshop: Workshop) -> Select[int | None, Person]:
    """Who appears on each item for which a document without a named author is expected, in order."""
    expected = select(Document.item_id).where(Document.workshop_id == workshop.id, Document.author == "")
    return (
        select(Appearance.item_id, Person)
        .join(Appearance.person)
        .where(Appearance.item_id.in_(expected))
        .order_by(Appearance.position, Appearance.id)
    )


def documents_with_people(workshop: Workshop) -> Select[Document]:
    """That list with everybody who appears in the sessions too: three statements whatever its length."""
    people = joinedload(Document.session).selectinload(Session.appearances).joinedload(Appearance.person)
    return documents_of(workshop).options(people, joinedload(Document.person))


def documents_to_remind_of(workshop: Workshop, last_day: date) -> Select[Document]:
    """Those that are expected by then, and whatever has a symbol: its revision may be there. With people and files."""
    expected: ColumnElement[bool] = (Document.state == State.EXPECTED) & (Document.due_on <= last_day)
    return documents_with_people(workshop).where(or_(expected, Document.symbol != ""))


def letters_written(workshop: Workshop) -> Select[int, str, int, datetime]:
    """Of which document who was reminded, at which step and when; the last comes last."""
    return (
        select(Reminder.document_id, Reminder.recipient, Reminder.step, Reminder.written_at)
        .join(Reminder.document)
        .where(Document.workshop_id == workshop.id)
        .order_by(Reminder.id)
    )


def documents_of_link(link: DocumentLink) -> Select[Document]:
    """The one document of a link, with everything a page about it shows."""
    return _in_full(select(Document).where(Document.id == link.document_id))


def documents_of_person(workshop_id: int, person_id: int) -> Select[Document]:
    """Every document expected from one person: those that name her, and those of items on which she appears."""
    items = select(Appearance.item_id).where(Appearance.person_id == person_id, Appearance.item_id.is_not(None))
    hers = (Document.person_id == person_id) | (Document.person_id.is_(None) & Document.item_id.in_(items))
    return _in_full(select(Document).where(Document.workshop_id == workshop_id, hers))


def _in_full(statement: Select[Document]) -> Select[Document]:
    return statement.options(
        joinedload(Document.files), joinedload(Document.item), joinedload(Document.session), joinedload(Document.person)
    ).order_by(Document.id)


def symbols_of(workshop: Workshop, *, but: Document | None = None) -> Select[str | None]:
    """The symbols in use, in the form that is compared."""
    used = select(Document.symbol_key).where(Document.workshop_id == workshop.id, Document.symbol_key.is_not(None))
    return used.where(Document.id != but.id) if but else used


def document_link(token: str) -> Select[DocumentLink]:
    """The link of one document that holds that secret."""
    return (
        select(DocumentLink)
        .where(DocumentLink.opened_by(token))
        .options(joinedload(DocumentLink.document).joinedload(Document.workshop))
    )


def links(document: Document) -> Select[DocumentLink]:
    """Every link that was sent for a document, the last first."""
    return (
        select(DocumentLink)
        .where(DocumentLink.document_id == document.id)
        .options(joinedload(DocumentLink.message))
        .order_by(DocumentLink.id.desc())
    )


def plan(workshop: Workshop) -> Select[ReminderPlan]:
    return select(ReminderPlan).where(ReminderPlan.workshop_id == workshop.id)


def reminders(workshop: Workshop) -> Select[Reminder]:
    """Every reminder written in a workshop, the last first."""
    return (
        select(Reminder)
        .join(Reminder.document)
        .where(Document.workshop_id == workshop.id)
        .options(contains_eager(Reminder.document).options(joinedload(Document.session), joinedload(Document.item)))
        .options(joinedload(Reminder.message))
        .order_by(Reminder.id.desc())
    )


def workshops_not_over(today: date) -> Select[Workshop]:
    """Those that can still wait for documents. A day earlier counts too: zones differ."""
    return select(Workshop).where(Workshop.ends_on >= today, Workshop.is_running).order_by(Workshop.id)


def people_of(workshop: Workshop) -> Select[Person]:
    """Everybody a document can be expected from."""
    return people(workshop)


def unread_files() -> Select[int]:
    """Files that nobody has looked into yet."""
    return select(DocumentFile.id).where(DocumentFile.examined == Examined.WAITING).order_by(DocumentFile.id)


def examined_file(file_id: int) -> Select[DocumentFile]:
    return select(DocumentFile).where(DocumentFile.id == file_id).options(selectinload(DocumentFile.document))


def states(workshop: Workshop) -> Select[Document]:
    """The documents alone, without files: enough to say where each stands."""
    return select(Document).where(Document.workshop_id == workshop.id).order_by(Document.id)


def states_in(workshop: Workshop, sessions: Collection[int]) -> Select[Document]:
    """The same of these sessions."""
    return states(workshop).where(Document.session_id.in_(sessions))


document_states.by(states_in)  # apart from the function, which keeps a type of its own


def file(key: str, language: str) -> Select[DocumentFile]:
    """The files of a document in one language, the current one first, with document and workshop."""
    return (
        select(DocumentFile)
        .join(DocumentFile.document)
        .join(Document.workshop)
        .where(Document.key == key, DocumentFile.language == language)
        .options(
            contains_eager(DocumentFile.document).options(
                contains_eager(Document.workshop), joinedload(Document.session), joinedload(Document.item)
            )
        )
        .order_by(DocumentFile.version.desc())
    )


def shown_file(key: str, language: str) -> Select[DocumentFile]:
    """Those of them that may be shown once the document is published."""
    return file(key, language).where(~DocumentFile.held)


@contents.by
def documents_contained(workshop: Workshop) -> Iterator[Counted]:
    counted = select(func.count(Document.id)).where(Document.workshop_id == workshop.id)
    yield counted, lambda count: ngettext("%(num)s document", "%(num)s documents", count)
