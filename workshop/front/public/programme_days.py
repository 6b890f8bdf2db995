"""The programme as the public reads it: a release, joined with the papers that belong to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from workshop.platform.db import Words
from workshop.platform.i18n import on_day
from workshop.programme.agenda.formats import Part
from workshop.programme.papers import embargo, symbols
from workshop.programme.papers.models import Embargo, Kind, State, SymbolKind
from workshop.programme.releases.released import ReleasedItem, ReleasedPerson, ReleasedSession


@dataclass
class Paper:
    """A document the public hears of; `languages` are those in which a file is held."""

    id: int
    session_id: int
    item_id: int | None
    key: str
    kind: Kind
    state: State
    title: Words
    author: str
    symbol: str = ""
    symbol_kind: SymbolKind | None = None
    symbol_number: int | None = None
    embargo: Embargo = Embargo.NONE
    embargo_until: datetime | None = None
    session_ends_at: datetime | None = None
    languages: list[str] = field(default_factory=list)
    closed: bool = False  # its embargo holds
    below: list["Paper"] = field(default_factory=list)  # its corrigenda and addenda

    @property
    def opens_at(self) -> datetime | None:
        """When its embargo ends, as far as that is known."""
        return embargo.end(self.embargo, self.embargo_until, self.session_ends_at)

    @property
    def is_missing(self) -> bool:
        return self.state is State.NOT_PROVIDED


@dataclass
class Line:
    """An item of a session with its documents."""

    item: ReleasedItem
    papers: list[Paper]

    @property
    def perspective(self) -> str:
        return str(self.item.perspective.label) if self.item.perspective else ""


@dataclass
class Block:
    """A session as printed."""

    session: ReleasedSession
    lines: list[Line]
    papers: list[Paper]

    @property
    def kind(self) -> str:
        return str(self.session.format.label)

    @property
    def leading(self) -> list[tuple[str, ReleasedPerson]]:
        """Who leads the session: named above its title, with the room."""
        return [(who.part.label, who) for who in self.session.people if who.part in LEADING]

    @property
    def others(self) -> list[tuple[str, ReleasedPerson]]:
        return [(who.part.label, who) for who in self.session.people if who.part not in LEADING]


PaperRow = tuple[
    int,
    int,
    int | None,
    str,
    Kind,
    State,
    Words,
    str,
    str,
    SymbolKind | None,
    int | None,
    Embargo,
    datetime | None,
    datetime | None,
    str | None,
]
LEADING = {Part.CHAIR, Part.CO_CHAIR, Part.MODERATOR}
EARLIEST = datetime.min.replace(tzinfo=UTC)
Days = list[tuple[date | None, list[Block]]]


def papers_of(rows: Iterable[PaperRow], *, at: datetime) -> list[Paper]:
    """Rows of `queries.SHOWN_PAPERS` as papers, each language once; corrigenda and addenda under their parents."""
    found: dict[int, Paper] = {}
    for row in rows:
        paper, language = found.setdefault(row[0], Paper(*row[:14])), row[14]
        if language and language not in paper.languages:
            paper.languages.append(language)
    for paper in found.values():
        paper.closed = not embargo.is_over(paper.embargo, paper.opens_at, at=at)
    families = symbols.families(found.values())
    for parent, below in families:
        parent.below = below
    return [parent for parent, _below in families]


def days(agenda: Sequence[ReleasedSession], papers: Sequence[Paper], *, zone: str) -> Days:
    """The blocks of each day in order of time; those without a time come last, under no day."""
    by_day: dict[date | None, list[Block]] = defaultdict(list)
    for block in blocks(agenda, papers):
        by_day[on_day(block.session.starts_at, zone) if block.session.starts_at else None].append(block)
    for of_day in by_day.values():
        of_day.sort(key=lambda block: (block.session.starts_at or EARLIEST, block.session.number))
    return sorted(by_day.items(), key=lambda pair: (pair[0] is None, pair[0] or date.min))


def blocks(agenda: Sequence[ReleasedSession], papers: Sequence[Paper]) -> list[Block]:
    of_item: dict[int, list[Paper]] = defaultdict(list)
    of_session: dict[int, list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.item_id:
            of_item[paper.item_id].append(paper)
        else:
            of_session[paper.session_id].append(paper)
    return [
        Block(
            session=session,
            lines=[Line(item, of_item[item.id]) for item in session.items],
            papers=of_session[session.id],
        )
        for session in agenda
    ]


def sessions_with_papers(agenda: Sequence[ReleasedSession], papers: Sequence[Paper]) -> list[Block]:
    return [b for b in blocks(agenda, papers) if b.papers or any(line.papers for line in b.lines)]
