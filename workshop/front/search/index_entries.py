"""What can be found: each session, item, person, paper and paragraph of a report, as plain texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from flask_babel import lazy_gettext as _l

from workshop.deliberation.editions.models import Edition
from workshop.deliberation.plenary.models import Block
from workshop.deliberation.plenary.multilingual_prose import PLACE
from workshop.follow_up.practices.models import SharedPractice
from workshop.follow_up.publications.models import Publication
from workshop.platform.db import Words
from workshop.platform.labels import Labelled
from workshop.platform.search_normalise import vocabulary, words
from workshop.programme.papers.models import Kind, State, SymbolKind
from workshop.programme.papers.symbols import full_symbol
from workshop.programme.releases.released import ReleasedPerson, ReleasedSession
from workshop.secretariat.register.countries import countries, names_on


class Group(Labelled):
    SESSIONS = "sessions", _l("Sessions and items")
    PEOPLE = "people", _l("People")
    PAPERS = "papers", _l("Papers")
    REPORTS = "reports", _l("Reports")
    PUBLICATIONS = "publications", _l("Publications")
    PRACTICES = "practices", _l("Practices")


class PaperRow(Protocol):
    """A row of `queries.papers`."""

    key: str
    kind: str
    state: str
    title: Words
    author: str
    symbol: str
    symbol_kind: str | None
    symbol_number: int | None
    session_id: int
    item_id: int | None
    file_id: int | None
    language: str | None
    words: str | None


@dataclass
class Entry:
    """Something that can be found. `title` and `passages` are texts by language; `file` holds a long text, whose words
    are `file_words` until the index has taken them.
    """

    group: Group
    title: Words
    place: tuple[str, str]  # what kind of page, and which one
    passages: list[Words] = field(default_factory=list)
    facts: list[str | Words] = field(default_factory=list)
    file: int | None = None
    file_language: str = ""
    file_words: str = ""  # each once

    def take_file_words(self) -> set[str]:
        """The words of the long text, which are not kept here too."""
        found, self.file_words = set(self.file_words.split()), ""
        return found

    @cached_property
    def title_words(self) -> set[str]:
        return vocabulary("\n".join(self.title.values()))

    @cached_property
    def own_words(self) -> set[str]:
        """Every word in it, except those of the long text."""
        return vocabulary("\n".join(text for passage in (self.title, *self.passages) for text in passage.values()))

    @cached_property
    def said(self) -> str:
        """Everything in it in order, for phrases; passages never run into each other."""
        texts = (text for passage in (self.title, *self.passages) for text in passage.values())
        return " | ".join(f" {' '.join(words(text))} " for text in texts)


def of_agenda(agenda: Sequence[ReleasedSession]) -> list[Entry]:
    """Sessions with their groups, their items, and everybody who appears."""
    return [*(entry for session in agenda for entry in _of_session(session)), *_people(agenda)]


def _of_session(session: ReleasedSession) -> list[Entry]:
    more = [text for group in session.groups for text in (group.topic, *group.questions)]
    place = ("session", str(session.number))
    texts = [session.subtitle, session.note, session.lens, *session.questions]
    passages = [text for text in texts if text] + more + [_named(session.people)]
    entries = [Entry(Group.SESSIONS, session.title, place, passages)]
    for item in session.items:
        title = item.title or item.role_label
        if title:
            passages = [item.role_label, _named(item.people)]
            entries.append(Entry(Group.SESSIONS, title, place, passages, [session.title]))
    return entries


def _named(people: Iterable[ReleasedPerson]) -> Words:
    names = ", ".join(who.name for who in people)
    return Words({"": names}) if names else Words()


def _people(agenda: Sequence[ReleasedSession]) -> list[Entry]:
    """Everybody once, with function and organisation of each appearance."""
    found: dict[int, Entry] = {}
    for session in agenda:
        for who in session.everyone:
            entry = found.get(who.id)
            if entry is None:
                place = ("session", str(session.number))
                entry = found[who.id] = Entry(Group.PEOPLE, Words({"": who.name}), place)
                entry.facts.append(who.part.label)
                entry.facts.append(session.title)
            country = countries().get(who.country)
            known = Words(country.names) if country else Words()
            then = Words(names_on(country.alpha3, session.starts_at.date())) if country and session.starts_at else known
            for text in (who.function, who.organisation, known, then):
                if text and text not in entry.passages:
                    entry.passages.append(text)
    return list(found.values())


def of_papers(rows: Iterable[PaperRow], agenda: Sequence[ReleasedSession], *, inside: bool) -> list[Entry]:
    """Papers from rows of `queries.papers`, each file an entry of its own. Outside only what the agenda lists."""
    sessions = {session.id: session for session in agenda}
    items = {item.id: item for session in agenda for item in session.items}
    found = []
    for row in rows:
        session, item = sessions.get(row.session_id), items.get(row.item_id or 0)
        if session is None or (row.item_id and item is None):
            continue  # the agenda that this reader sees has no place for it
        title = Words(row.title or (item and (item.title or item.role_label)) or session.title)
        symbol = full_symbol(row.symbol, SymbolKind(row.symbol_kind) if row.symbol_kind else None, row.symbol_number)
        named = _named(item.people) if item else Words()
        passages = [Words({"": text}) for text in (symbol, row.author) if text] + ([named] if named else [])
        facts: list[str | Words] = [Kind(row.kind).label, *([symbol] if symbol else [])]
        if row.language:
            facts.append(row.language.upper())
        if inside:
            facts.append(State(row.state).label)
        elif not row.language:
            continue  # listed without a file: the item says all there is
        place = ("document", row.key) if inside else ("file", f"{row.key}/{row.language}")
        found.append(
            Entry(
                Group.PAPERS,
                title,
                place,
                passages,
                facts,
                row.file_id,
                row.language or "",
                row.words or "",
            )
        )
    return found


def of_reports(editions: Iterable[Edition]) -> list[Entry]:
    """The numbered paragraphs of reports, with the words of others put in."""
    return [
        Entry(
            Group.REPORTS,
            edition.title,
            ("report", f"{edition.report.slug}#p{each.number}"),
            [each.words or _complete(each.text, each.originals), _complete(each.heading, each.originals)],
            [f"§ {each.number}"],
        )
        for edition in editions
        for each in edition.paragraphs_out
        if each.number
    ]


def of_publications(publications: Iterable[Publication]) -> list[Entry]:
    """The publications of the series, by what their pages say."""
    return [
        Entry(
            Group.PUBLICATIONS,
            each.title,
            ("publication", each.slug),
            [
                *filter(None, (each.subtitle, each.summary, each.launch_event, each.launch_theme)),
                *(Words({"": text}) for text in (*each.authors, *each.themes, each.collection, each.symbol) if text),
                *(Words({"": chapter["title"]}) for chapter in each.chapters),
            ],
            [each.kind.label, str(each.issued_on.year)],
        )
        for each in publications
    ]


def of_practices(practices: Iterable[SharedPractice]) -> list[Entry]:
    """The practices of the series, by what their pages say."""
    return [
        Entry(
            Group.PRACTICES,
            each.title,
            ("practice", each.slug),
            [
                *filter(None, (each.what, each.who, each.place)),
                *(Words(countries()[code].names) for code in each.countries if code in countries()),
                *(Words({"": text}) for text in (*each.partners, *each.themes, each.source) if text),
            ],
        )
        for each in practices
    ]


def of_blocks(blocks: Iterable[Block]) -> list[Entry]:
    """The paragraphs of reports in work."""
    return [
        Entry(
            Group.REPORTS,
            each.report.title,
            ("block", f"{each.report.slug}/{each.chapter}#b{each.id}"),
            [each.words or _complete(each.text, each.originals), each.title or _complete(each.heading, each.originals)],
        )
        for each in blocks
    ]


def _complete(text: dict[str, str], originals: Sequence[dict[str, str]]) -> Words:
    def put_in(code: str, sentence: str) -> str:
        return PLACE.sub(
            lambda m: Words(originals[int(m[1])]).in_(code)[0] if int(m[1]) < len(originals) else "", sentence
        )

    return Words({code: put_in(code, sentence) for code, sentence in text.items()})
