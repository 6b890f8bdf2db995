"""An agenda as a file tells it, before anybody compares it with a workshop."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.foreign.sandbox import Unreadable
from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.papers.models import Kind

from ..prose.calendar_days import Day

MOST_ROWS = 3_000


@dataclass(frozen=True)
class Remark:
    """Something odd in the file. It was read all the same; `place` says where to look."""

    place: str
    message: str


@dataclass
class Row:
    """One record of the file: a row of a table, an event, an entry of a text. `rejected` says why it was left out."""

    place: str
    label: str
    rejected: str = ""


@dataclass
class When:
    """A span as the file gives it, on clocks at the workshop. `nights` lie between its beginning and its end."""

    day: Day | None = None
    start: time | None = None
    end: time | None = None
    nights: int = 0


@dataclass
class Person:
    name: str
    row: int
    given_name: str = ""
    family_name: str = ""
    honorific: str = ""
    part: Part = Part.SPEAKER
    function: Words = field(default_factory=Words)
    organisation: str = ""
    country: str = ""
    key: str = ""


@dataclass
class Document:
    """A document that is named. `provided` is False where the file says that there is none."""

    kind: Kind
    row: int
    provided: bool = True
    title: Words = field(default_factory=Words)
    key: str = ""


@dataclass
class Item:
    row: int
    title: Words = field(default_factory=Words)
    role_label: Words = field(default_factory=Words)
    perspective: Perspective | None = None
    minutes: int | None = None
    people: list[Person] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    key: str = ""


@dataclass
class Group:
    row: int
    topic: Words = field(default_factory=Words)
    number: int | None = None
    questions: list[Words] = field(default_factory=list)
    key: str = ""
    headed: bool = False  # "Group 1: …" stood on a line of its own, its questions follow


@dataclass
class Session:
    row: int
    title: Words
    format: Format | None = None  # None where the file does not say
    number: int | None = None
    subtitle: Words = field(default_factory=Words)
    note: Words = field(default_factory=Words)
    lens: Words = field(default_factory=Words)
    when: When = field(default_factory=When)
    room: str = ""
    questions: list[Words] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    key: str = ""

    def everybody(self) -> Iterator[Person]:
        """Who appears in it, on its items first."""
        for item in self.items:
            yield from item.people
        yield from self.people

    def all_documents(self) -> Iterator[Document]:
        for item in self.items:
            yield from item.documents
        yield from self.documents


@dataclass
class Column:
    """A column of a table: its heading, what stands in it, and the field it is taken for ("" for none)."""

    heading: str
    field: str
    examples: list[str]


@dataclass
class Agenda:
    """All that a file says. `columns` are those of a table, for correction by the person.

    `day_order` is set where the person has to say which of two days a date means. `must_confirm` tells that the
    columns were guessed by what stands in them.
    """

    kind: str
    language: str
    sessions: list[Session] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    day_order: tuple[date, date] | None = None
    must_confirm: bool = False

    def row(self, place: str, label: str, rejected: str = "") -> int:
        """Open one more record; its index. Raises Unreadable where there are more than any agenda has."""
        if len(self.rows) >= MOST_ROWS:
            raise Unreadable(_("%(place)s: at most %(most)s entries are read.", place=place, most=MOST_ROWS))
        self.rows.append(Row(place, " ".join(label.split())[:120], rejected))
        return len(self.rows) - 1

    def remark(self, place: str, message: str) -> None:
        said = Remark(place, str(message))
        if said not in self.remarks:
            self.remarks.append(said)

    def totals(self) -> dict[str, int]:
        """How many of what the file holds."""
        people = [who.part for session in self.sessions for who in session.everybody()]
        papers = [each for session in self.sessions for each in session.all_documents()]
        there = [each.kind for each in papers if each.provided]
        return {
            "blocks": len(self.sessions),
            "speakers": sum(part in {Part.SPEAKER, Part.KEYNOTE, Part.PANELLIST} for part in people),
            "discussants": people.count(Part.DISCUSSANT),
            "discussion_papers": there.count(Kind.DISCUSSION_PAPER),
            "statements": there.count(Kind.STATEMENT),
            "presentations": there.count(Kind.PRESENTATION),
            "not_provided": sum(not each.provided for each in papers),
            "untyped": there.count(Kind.OTHER),
            "breakout_groups": sum(len(session.groups) for session in self.sessions),
        }
