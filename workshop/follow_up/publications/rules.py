"""Writing a publication, deciding that it is public, and judging its links. No database, no request, no clock."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.deliberation.editions.models import Edition, EditionState
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.search_normalise import words
from workshop.secretariat.series.models import Series, Workshop

from . import identifiers
from .models import (
    CheckedLink,
    FilePurpose,
    MediaMention,
    Publication,
    PublicationEdition,
    PublicationFile,
    PublicationKind,
)

GONE = {404, 410}
GIVEN_UP_AFTER = 3  # days without an answer, where the server does not say itself that the page is gone


@dataclass
class About:
    title: Words
    kind: str
    issued_on: date
    subtitle: Words = field(default_factory=Words)
    summary: Words = field(default_factory=Words)
    authors: str = ""
    languages: Sequence[str] = ()
    themes: str = ""
    pages: int | None = None
    chapters: str = ""


@dataclass
class Imprint:
    zone: str
    publisher: str = ""
    publisher_place: str = ""
    collection: str = ""
    number: str = ""
    isbn: str = ""
    issn: str = ""
    symbol: str = ""
    link: str = ""
    embargo_until: datetime | None = None  # as on the clocks of the zone


@dataclass
class Launch:
    launch_event: Words = field(default_factory=Words)
    launch_place: Words = field(default_factory=Words)
    launch_theme: Words = field(default_factory=Words)
    launch_on: date | None = None
    launch_link: str = ""
    press_text: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Received:
    """A file as it was sent, inspected and stored."""

    purpose: FilePurpose
    language: str
    stored_as: str
    filename: str
    media_type: str
    size: int


def slug_for(title: Words, taken: Collection[str]) -> str:
    """An address made of the title that no other has."""
    base = slug_base(title)
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def slug_base(title: Words) -> str:
    latin = re.sub(r"[^a-z0-9]+", "-", " ".join(words(title.in_("en", "fr", "es")[0]))).strip("-")
    return latin[:60].strip("-") or "publication"


def write_about(publication: Publication, text: About) -> None:
    if not text.title:
        raise RuleBroken(_("Give the title in at least one language."), "title")
    publication.title, publication.subtitle, publication.summary = text.title, text.subtitle, text.summary
    publication.kind, publication.issued_on, publication.pages = PublicationKind(text.kind), text.issued_on, text.pages
    publication.authors = lines(text.authors)
    publication.languages = list(text.languages)
    publication.themes = [theme for each in re.split(r"[,;\n]", text.themes) if (theme := each.strip())]
    publication.chapters = [_chapter(line, number) for number, line in enumerate(lines(text.chapters), 1)]
    refold(publication)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _chapter(line: str, number: int) -> dict[str, str]:
    """ "Title | Authors | Pages", of which the last two may be left out."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) > 3 or not parts[0]:
        raise RuleBroken(
            _("Chapter %(number)s: write title | authors | pages, in this order.", number=number), "chapters"
        )
    return {name: part for name, part in zip(("title", "authors", "pages"), parts, strict=False) if part}


def chapter_line(chapter: dict[str, str]) -> str:
    """A chapter as it is typed."""
    parts = [chapter.get(name, "") for name in ("title", "authors", "pages")]
    return " | ".join(parts).rstrip(" |")


def write_imprint(publication: Publication, text: Imprint) -> None:
    """Numbers are checked, the moment of an embargo is one of the zone. Nothing is changed where one is wrong."""
    isbn, issn = identifiers.sound_isbn(text.isbn), identifiers.sound_issn(text.issn)
    symbol, link = identifiers.sound_symbol(text.symbol), identifiers.sound_address(text.link, "link")
    publication.isbn, publication.issn, publication.symbol, publication.link = isbn, issn, symbol, link
    publication.publisher, publication.publisher_place = text.publisher, text.publisher_place
    publication.collection, publication.number, publication.zone = text.collection, text.number, text.zone
    naive = text.embargo_until
    publication.embargo_until = naive and naive.replace(tzinfo=ZoneInfo(text.zone))
    refold(publication)


def write_launch(publication: Publication, text: Launch) -> None:
    """Where it was presented; a place, theme, date or link needs the name of the event."""
    link = identifiers.sound_address(text.launch_link, "launch_link")
    if not text.launch_event and (text.launch_place or text.launch_theme or text.launch_on or link):
        raise RuleBroken(_("Name the event at which it was presented."), "launch_event")
    publication.launch_event, publication.launch_place = text.launch_event, text.launch_place
    publication.launch_theme, publication.launch_on = text.launch_theme, text.launch_on
    publication.launch_link, publication.press_text = link, text.press_text
    refold(publication)


def refold(publication: Publication) -> None:
    """What a search looks through: every word once begins after a blank."""
    said = [
        *(text for each in (publication.title, publication.subtitle, publication.summary) for text in each.values()),
        *publication.launch_event.values(),
        *publication.authors,
        *publication.themes,
        *(text for chapter in publication.chapters for text in chapter.values()),
        *(publication.publisher, publication.collection, publication.number),
        *(publication.isbn, publication.issn, publication.symbol),
    ]
    publication.folded = " " + " ".join(words(" ".join(said)))


def publish(publication: Publication, *, by: int, at: datetime) -> None:
    """From now on everybody reads it, or from the end of its embargo."""
    if not publication.files_for(FilePurpose.TEXT) and not publication.link and not publication.edition:
        raise RuleBroken(_("Add a file, or the address where it can be read, before you publish it."))
    if publication.published_at is None:
        publication.published_at, publication.published_by = at, by


def withdraw(publication: Publication) -> None:
    publication.published_at, publication.published_by = None, None


def is_under_embargo(publication: Publication, at: datetime) -> bool:
    return publication.embargo_until is not None and publication.embargo_until > at


def receive(publication: Publication, received: Received, *, at: datetime) -> PublicationFile:
    """Keep a file; one of the same purpose and language is replaced."""
    for each in list(publication.files):
        if (each.purpose, each.language) == (received.purpose, received.language):
            each.stored_as, each.filename, each.media_type = received.stored_as, received.filename, received.media_type
            each.size, each.received_at = received.size, at
            return each
    made = PublicationFile(
        purpose=received.purpose,
        language=received.language,
        stored_as=received.stored_as,
        filename=received.filename,
        media_type=received.media_type,
        size=received.size,
        received_at=at,
    )
    publication.files.append(made)
    if received.purpose is FilePurpose.TEXT and received.language not in publication.languages:
        publication.languages = [*publication.languages, received.language]
    return made


def write_edition(
    edition: PublicationEdition, others: Iterable[PublicationEdition], *, number: int, changes: Words
) -> None:
    """A later edition says what changed."""
    if any(each is not edition and each.number == number for each in others):
        raise RuleBroken(_("There is an edition %(number)s already.", number=number), "number")
    if number > 1 and not changes:
        raise RuleBroken(_("Say what changed since the edition before."), "changes")
    edition.number, edition.changes = number, changes


def write_mention(mention: MediaMention, *, outlet: str, title: str, seen_on: date, language: str, link: str) -> None:
    sound = identifiers.sound_address(link, "link")
    mention.outlet, mention.title, mention.seen_on = outlet, title, seen_on
    mention.language, mention.link = language, sound


def from_report(edition: Edition, series: Series, taken: Collection[str]) -> Publication:
    """A publication that offers the released report of a workshop; public only once somebody decides it."""
    workshop: Workshop = edition.report.workshop
    if edition.state is not EditionState.RELEASED:
        raise RuleBroken(_("Only a released report can be offered as a publication."))
    made = Publication(
        slug=slug_for(edition.title, taken),
        series=series,
        kind=PublicationKind.REPORT,
        title=edition.title,
        issued_on=min(each.released_at for each in edition.releases).astimezone(ZoneInfo(workshop.zone)).date(),
        zone=workshop.zone,
        languages=edition.languages_out,
        themes=list(workshop.themes),
        edition=edition,
    )
    refold(made)
    return made


def shows_report(publication: Publication) -> bool:
    """Whether the report that it was made from can be read by everyone now."""
    edition = publication.edition
    return edition is not None and edition.state is EditionState.RELEASED and edition.report.workshop.published


def record_check(link: CheckedLink, status: int | None, *, at: datetime) -> None:
    """What was found behind an address: gone at once where its server says so, else after days without an answer."""
    link.checked_at = at
    if status is not None and status < 500 and status not in GONE:
        link.failures, link.dead_since = 0, None
        return
    link.failures += 1
    if status in GONE or link.failures >= GIVEN_UP_AFTER:
        link.dead_since = link.dead_since or at


def follow_links(publication: Publication) -> None:
    """A row to check for each outside address of its page, and none for those that are no longer there."""
    wanted = publication.outside_links
    publication.checked_links[:] = [each for each in publication.checked_links if each.address in wanted]
    known = {each.address for each in publication.checked_links}
    for address in wanted:
        if address not in known:
            publication.checked_links.append(CheckedLink(address=address))
