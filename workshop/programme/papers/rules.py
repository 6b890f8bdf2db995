"""What may happen to an expected document, and what happens then. No database, no request, no clock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.labels import Labelled
from workshop.platform.rendering import comma
from workshop.programme.agenda.models import Item, Session
from workshop.programme.releases.released import ReleasedSession
from workshop.programme.speakers.models import Invitation, InvitationStatus
from workshop.secretariat.register.models import Person

from . import embargo, symbols
from .models import Document, DocumentFile, Embargo, Kind, State, SymbolKind


class Verb(Labelled):
    """What an organiser can do with a document, beside uploading a file."""

    CLEAR = "clear", _l("Send to clearance")
    PUBLISH = "publish", _l("Publish")
    MARK_NOT_PROVIDED = "mark_not_provided", _l("Mark as not provided")
    WITHDRAW = "withdraw", _l("Withdraw")
    EXPECT_AGAIN = "expect_again", _l("Request it again")
    REMOVE = "remove", _l("Withdraw the request")


POSSIBLE_FROM = {
    Verb.CLEAR: {State.RECEIVED},
    Verb.PUBLISH: {State.RECEIVED, State.IN_CLEARANCE, State.WITHDRAWN, State.PUBLISHED},
    Verb.MARK_NOT_PROVIDED: {State.EXPECTED},
    Verb.WITHDRAW: {State.RECEIVED, State.IN_CLEARANCE, State.PUBLISHED, State.EXPECTED},
    Verb.EXPECT_AGAIN: {State.NOT_PROVIDED, State.WITHDRAWN},
    Verb.REMOVE: {State.EXPECTED, State.NOT_PROVIDED},
}
PUBLIC = {State.PUBLISHED, State.NOT_PROVIDED}  # what the public hears of


@dataclass(frozen=True)
class DocumentText:
    """What an organiser writes about an expected document."""

    kind: Kind
    title: Words = field(default_factory=Words)
    author: str = ""
    languages: Sequence[str] = ()
    due_on: date | None = None
    person_id: int | None = None
    email: str = ""
    symbol: str = ""
    symbol_kind: SymbolKind | None = None
    symbol_number: int | None = None
    embargo: Embargo = Embargo.NONE
    embargo_day: date | None = None
    embargo_time: time | None = None


def text_of(document: Document) -> dict[str, object]:
    """What is kept of a document, as a form shows it."""
    own = {each.name for each in fields(DocumentText)} - {"embargo_day", "embargo_time"}
    return {name: getattr(document, name) for name in own} | embargo.as_form_data(document)


@dataclass(frozen=True)
class Received:
    """A file that has been inspected and stored."""

    language: str
    stored_as: str
    filename: str
    media_type: str
    size: int


def expect(session: Session, item: Item | None, text: DocumentText, *, taken: Collection[str | None] = ()) -> Document:
    """Somebody is to provide this document for a session, or for one of its items. `taken`: symbols in use."""
    document = Document(workshop=session.workshop, session=session, item=item, kind=text.kind)
    edit(document, text, taken=taken)
    return document


def edit(document: Document, text: DocumentText, *, taken: Collection[str | None] = ()) -> None:
    """Put the text in place of what was there. Raises RuleBroken, and then nothing has changed."""
    symbol = (text.symbol, text.symbol_kind, text.symbol_number if text.symbol_kind else None)
    symbols.refuse_unless_sound(*symbol, taken)
    until = embargo.moment(text.embargo, text.embargo_day, text.embargo_time, document.workshop.zone)
    document.kind, document.title, document.author = text.kind, text.title, text.author
    document.languages, document.due_on = list(text.languages), text.due_on
    document.person_id, document.email = text.person_id, text.email
    document.symbol, document.symbol_kind, document.symbol_number = symbol
    document.symbol_key = symbols.key(*symbol)
    document.embargo, document.embargo_until = text.embargo, until
    if document.state in PUBLIC:
        document.workshop.changed_in_public()


def may(document: Document, verb: Verb) -> bool:
    """Whether this can be done now; the page shows no button for what cannot.

    What was published without a file and withdrawn can be published again as it was. Of a published document, only
    files that are held can still be published. A document expected again keeps its files and can be withdrawn again.
    """
    held = any(file.held for file in document.files)
    missing = not document.files and document.state is not State.WITHDRAWN
    if verb is Verb.PUBLISH and (missing or (document.state is State.PUBLISHED and not held)):
        return False
    if verb is Verb.WITHDRAW and document.state is State.EXPECTED and not document.files:
        return False
    if verb is Verb.REMOVE and document.files:
        return False
    return document.state in POSSIBLE_FROM[verb]


def possible(document: Document) -> list[Verb]:
    return [verb for verb in Verb if may(document, verb)]


def refuse_unless_possible(document: Document, verb: Verb) -> None:
    """Raises RuleBroken with what stands in the way."""
    if may(document, verb):
        return
    if verb is Verb.PUBLISH and not document.files and document.state is not State.PUBLISHED:
        raise RuleBroken(_("There is no file to publish yet. Upload one first."))
    raise RuleBroken(_("This cannot be done while the document is %(state)s.", state=document.state.label))


def publish(document: Document, *, at: datetime) -> None:
    """Everyone can read it from now on."""
    refuse_unless_possible(document, Verb.PUBLISH)
    for file in document.files:
        file.held = False
    _enter(document, State.PUBLISHED, at)


def clear(document: Document, *, at: datetime) -> None:
    """It waits for somebody's agreement before it may be published."""
    refuse_unless_possible(document, Verb.CLEAR)
    _enter(document, State.IN_CLEARANCE, at)


def mark_not_provided(document: Document, *, at: datetime) -> None:
    """It was expected and did not come; the public is told so."""
    refuse_unless_possible(document, Verb.MARK_NOT_PROVIDED)
    _enter(document, State.NOT_PROVIDED, at)


def withdraw(document: Document, *, at: datetime) -> None:
    """Nobody but organisers can read it any more. Its files are kept."""
    refuse_unless_possible(document, Verb.WITHDRAW)
    _enter(document, State.WITHDRAWN, at)


def expect_again(document: Document, *, at: datetime) -> None:
    refuse_unless_possible(document, Verb.EXPECT_AGAIN)
    _enter(document, State.EXPECTED, at)


def remove(document: Document) -> None:
    """It was never promised: no document is expected after all. The caller deletes the row."""
    refuse_unless_possible(document, Verb.REMOVE)
    if document.state in PUBLIC:
        document.workshop.changed_in_public()


def receive(document: Document, file: Received, *, by: int | None, at: datetime) -> DocumentFile:
    """A further version in that language. A document that was missing or withdrawn counts as received from then on;
    one in clearance has to be cleared anew; one that is published shows the new file at once, unless it came by link
    (`by` is None): then the file is held until an organiser shows it.
    """
    held = by is None and document.state is State.PUBLISHED
    row = _next_version(document, file, by=by, at=at, held=held)
    if document.state is not State.PUBLISHED:
        _enter(document, State.RECEIVED, at)
    return row


def receive_cleaned(original: DocumentFile, stored_as: str, size: int, *, by: int | None, at: datetime) -> DocumentFile:
    """A version like this one, without what its metadata told. The original stays, for organisers alone.

    Raises RuleBroken where a newer version came meanwhile: it would be hidden behind the older one.
    """
    document = original.document
    if document.current_files[original.language] is not original:
        raise RuleBroken(_("There is a newer version. Check that one."))
    copy = Received(original.language, stored_as, original.filename, original.media_type, size)
    return _next_version(document, copy, by=by, at=at, held=original.held)


def takes_by_link(document: Document) -> bool:
    """Whether its owner can hand in a file without an account. What was withdrawn comes back by an organiser alone."""
    return document.state is not State.WITHDRAWN


def refuse_closed_to_links(document: Document) -> None:
    if not takes_by_link(document):
        raise RuleBroken(_("This document was withdrawn. Please write to the secretariat of the workshop."))


def closed_reason(invitation: Invitation) -> str:
    """Why a speaker whose link opens hands in nothing all the same; nothing where she may."""
    if invitation.standing is not InvitationStatus.DECLINED:
        return ""
    return _(
        "You have declined, so no document is requested from you. If you change your mind, accept the invitation first."
    )


def _next_version(document: Document, file: Received, *, by: int | None, at: datetime, held: bool) -> DocumentFile:
    earlier = [each.version for each in document.files if each.language == file.language]
    row = DocumentFile(
        language=file.language,
        version=max(earlier, default=0) + 1,
        stored_as=file.stored_as,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        received_at=at,
        received_from=by,
        held=held,
    )
    document.files.append(row)
    if document.state is State.PUBLISHED and not held:
        document.workshop.changed_in_public()
    return row


def _enter(document: Document, state: State, at: datetime) -> None:
    if document.state in PUBLIC or state in PUBLIC:
        document.workshop.changed_in_public()
    if document.state is not state:
        document.state, document.state_since = state, at


def is_overdue(document: Document, *, today: date) -> bool:
    return document.state is State.EXPECTED and document.due_on is not None and document.due_on < today


def needs_someone(document: Document, *, today: date) -> bool:
    """Whether an organiser should look at it now."""
    waiting = document.state in {State.RECEIVED, State.IN_CLEARANCE}
    held = document.state is State.PUBLISHED and any(file.held for file in document.files)
    return waiting or held or is_overdue(document, today=today)


def in_order(documents: Iterable[Document]) -> list[Document]:
    """As in the programme: by session, then what belongs to the session as a whole, then by item."""
    return sorted(documents, key=lambda each: (each.session.number, each.item.position if each.item else 0, each.id))


def owners(document: Document) -> list[Person]:
    """Who hands it in: the person named, else everybody who appears on its item."""
    if document.person or not document.item_id:
        return [document.person] if document.person else []
    on_item = (who.person for who in document.session.appearances if who.item_id == document.item_id)
    return list(dict.fromkeys(on_item))


def providers(document: Document) -> str:
    """Who is to provide it, in words: the author if one is named, else its owners."""
    return providers_among(document, () if document.author else owners(document))


def providers_among(document: Document, on_item: Iterable[Person]) -> str:
    """The same where it is known already who appears on its item."""
    people = [document.person] if document.person else dict.fromkeys(on_item)
    return document.author or comma().join(person.display_name for person in people)


def is_listed(document: Document, agenda: Sequence[ReleasedSession]) -> bool:
    """Whether the agenda that the public reads has the place where this document would stand."""
    session = next((each for each in agenda if each.id == document.session_id), None)
    return session is not None and (document.item_id is None or document.item_id in {item.id for item in session.items})
