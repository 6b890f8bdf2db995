"""The agenda as published, as a reader of one language has it: what every file of it is made from."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.i18n import clock, on_day
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.models import Release
from workshop.programme.releases.released import ReleasedGroup, ReleasedItem, ReleasedPerson, ReleasedSession
from workshop.secretariat.register.countries import name_of
from workshop.secretariat.series.models import Workshop

from .blocks import Block, Entry, Group, Paper, TextInLanguage, Who

# What no XML may hold, and so no Word or Excel file: control characters, halves of characters, non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Programme:
    """The newest release of a workshop's agenda in one language; the blocks are in the order of time."""

    workshop: Workshop
    release: Release
    reader: "Reader"
    blocks: list[Block]

    @property
    def language(self) -> str:
        return self.reader.language

    @property
    def zone(self) -> str:
        return self.workshop.zone

    @property
    def title(self) -> TextInLanguage:
        return self.reader.said(self.workshop.title)

    @property
    def place(self) -> str:
        return self.reader.said(self.workshop.place).text

    @property
    def edition(self) -> str:
        """What this release is called: by its name, else by its number."""
        if name := self.reader.said(self.release.name):
            return name.text
        number = self.release.number - 1
        return str(_("Agenda, Rev. %(number)s", number=number) if number else _("Agenda"))

    @property
    def has_foreign_words(self) -> bool:
        return self.reader.fell_back

    @property
    def days(self) -> list[tuple[date | None, list[Block]]]:
        """The blocks by day; those without a time come last, under no day."""
        by_day: dict[date | None, list[Block]] = defaultdict(list)
        for block in self.blocks:
            by_day[on_day(block.starts_at, self.zone) if block.starts_at else None].append(block)
        return list(by_day.items())

    def clock(self, moment: datetime, since: datetime | None = None) -> str:
        return clock(moment, self.zone, since)


class Reader:
    """Reads texts for somebody of one language, and notes whether some exist in another one only. Countries are called as
    they were on the day.
    """

    def __init__(self, language: str, on: date) -> None:
        self.language, self.on = language, on
        self.fell_back = False

    def said(self, text: Mapping[str, str] | None) -> TextInLanguage:
        if not text:
            return TextInLanguage()
        written, code = Words(text).in_(self.language, "en")
        self.fell_back |= bool(written) and code != self.language
        return TextInLanguage(printable(written), code)

    def block(self, session: ReleasedSession, papers: Sequence[Document] = ()) -> Block:
        """A session of a release, with its documents and break-out groups."""
        own = [self._paper(each) for each in papers if each.item_id is None]
        of_item: dict[int | None, list[Paper]] = defaultdict(list)
        for each in papers:
            of_item[each.item_id].append(self._paper(each))
        return Block(
            id=session.id,
            number=session.number,
            format=session.format,
            title=self.said(session.title),
            subtitle=self.said(session.subtitle),
            note=self.said(session.note),
            lens=self.said(session.lens),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            room=printable(session.room_names.in_(self.language, "en")[0] or session.room),
            questions=[self.said(text) for text in session.questions],
            entries=[self._entry(item, of_item[item.id]) for item in session.items],
            people=[self._who(who) for who in session.people],
            papers=own,
            groups=[self._group(each) for each in session.groups],
            names_withheld=session.names_withheld,
        )

    def _entry(self, item: ReleasedItem, papers: list[Paper]) -> Entry:
        return Entry(
            id=item.id,
            title=self.said(item.title),
            role=self.said(item.role_label),
            perspective=str(item.perspective.label) if item.perspective else "",
            minutes=item.minutes,
            people=[self._who(who) for who in item.people],
            papers=papers,
        )

    def _who(self, who: ReleasedPerson) -> Who:
        return Who(
            id=who.id,
            name=printable(who.name),
            family_name=printable(who.family_name),
            part=who.part,
            function=self.said(who.function),
            organisation=self.said(who.organisation),
            country=name_of(who.country, self.language, self.on),
        )

    def _paper(self, document: Document) -> Paper:
        held = dict.fromkeys(file.language for file in sorted(document.files, key=lambda file: int(file.id)))
        return Paper(
            key=document.key,
            label=str(document.kind.label),
            title=self.said(document.title),
            author=printable(document.author),
            missing=document.state is State.NOT_PROVIDED,
            languages=list(held),
        )

    def _group(self, group: ReleasedGroup) -> Group:
        return Group(group.number, self.said(group.topic), [self.said(text) for text in group.questions])


def programme(
    workshop: Workshop,
    release: Release,
    agenda: Iterable[ReleasedSession],
    *,
    language: str,
    papers: Iterable[Document] = (),
) -> Programme:
    """What may be shown of a release, as a reader of this language has it. Call it while that language is spoken: labels
    are translated.
    """
    reader = Reader(language, workshop.starts_on)
    papers_of: dict[int, list[Document]] = defaultdict(list)
    for paper in papers:
        papers_of[paper.session_id].append(paper)
    blocks = [reader.block(each, papers_of[each.id]) for each in agenda]
    blocks.sort(key=lambda block: (block.starts_at is None, block.starts_at or release.published_at, block.number))
    return Programme(workshop, release, reader, blocks)


def printable(text: str) -> str:
    """The text without what no file format can hold; lines end in one way."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def guid(slug: str, kind: str, key: object) -> str:
    """The universal name of one thing of a workshop."""
    return str(uuid5(NAMESPACE_URL, f"urn:intersession:{slug}:{kind}:{key}"))


def plain(text: str, between: str = "-") -> str:
    """A text in small Latin letters and digits, fit for a file name or an address; empty where none are in it."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", between, letters).strip(between)
