"""What a report is compiled from, and the draft that its chapters write into."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.result_tables import Tabulation
from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.deliberation.capture.rules import strictest
from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.db import Words
from workshop.platform.labels import Labelled
from workshop.programme.agenda.formats import Format
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.released import ReleasedItem, ReleasedSession
from workshop.secretariat.register.countries import RegionalGroup
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode, Milestone, Workshop

from .evidence.citations import Citations
from .multilingual_prose import Prose, Sentence, in_each
from .paragraphs import Cell, Chapter, Paragraph, Source, SourceKind, Table

# Sources that tell what a paragraph is about, where there are few of them.
TELLING = {
    SourceKind.SESSION,
    SourceKind.DOCUMENT,
    SourceKind.GROUP,
    SourceKind.GROUP_REPORT,
    SourceKind.KEY_POINT,
    SourceKind.RECOMMENDATION,
}


@dataclass(kw_only=True)
class Material:
    """Everything a report is compiled from. `agenda` is the newest release: what was held, as far as we know.

    `attended` counts people by category and region: those who were there if that `was_counted`, else those expected; `in_room` the people in a session by its id, and `modes`
    are the meeting modes of sessions as they are set now.
    """

    workshop: Workshop
    agenda: Sequence[ReleasedSession] = ()
    documents: Sequence[Document] = ()
    groups: Sequence[Group] = ()
    reports: Sequence[GroupReport] = ()
    milestones: Sequence[Milestone] = ()
    snapshot: Snapshot | None = None
    numbers_of_recommendations: Mapping[int, int] = field(default_factory=dict)  # by id; permanent
    tables: Sequence[Tabulation] = ()
    points: Sequence[Point] = ()
    session_points: Sequence[SessionPoint] = ()
    attended: Mapping[Category | RegionalGroup, int] = field(default_factory=dict)
    was_counted: bool = False
    in_room: Mapping[int, int] = field(default_factory=dict)
    modes: Mapping[int, MeetingMode] = field(default_factory=dict)

    def mode_of(self, session: ReleasedSession) -> MeetingMode:
        """The stricter of the mode that was released and the one set now."""
        return strictest([session.mode, self.modes.get(session.id)])

    def said_in(self, session: ReleasedSession) -> list[SessionPoint]:
        """What was noted there and not struck."""
        return [each for each in self.session_points if each.session.id == session.id and each.struck_at is None]

    def noted_in(self, group: Group) -> list[Point]:
        return [each for each in self.points if each.group is group and each.struck_at is None]

    def is_breakout(self, session: ReleasedSession) -> bool:
        """Whether what was said there stands in the reports of its groups."""
        return session.format is Format.BREAKOUT or any(group.session_id == session.id for group in self.groups)

    def report_of(self, group: Group) -> GroupReport | None:
        return next((report for report in self.reports if report.group is group), None)

    def documents_of(self, session: ReleasedSession, item: ReleasedItem | None) -> list[Document]:
        """Those of one item, or those of the session that belong to no item."""
        wanted = item.id if item else None
        return [
            each
            for each in self.documents
            if each.session_id == session.id and each.item_id == wanted and each.id in self.numbers
        ]

    @cached_property
    def numbers(self) -> dict[int, str]:
        """The documents a report may speak of, numbered D1, D2 …; one that was withdrawn leaves no trace."""
        sessions = {session.id for session in self.agenda}
        held = [each for each in self.documents if each.session_id in sessions and each.state is not State.WITHDRAWN]
        return {document.id: f"D{number}" for number, document in enumerate(held, 1)}

    def title_of(self, document: Document) -> Words:
        """Its own title, or that of the item it was written for."""
        items = (item for session in self.agenda for item in session.items)
        return document.title or next((item.title for item in items if item.id == document.item_id), Words())


@dataclass
class Draft:
    """A report being written: paragraphs in order, numbered as they come; tables have no number."""

    languages: Sequence[str]
    cite: Citations
    on: date | None = None  # countries are called as they were that day
    paragraphs: list[Paragraph] = field(default_factory=list)
    chapter: Chapter = Chapter.OPENING
    number: int = 0
    _heading: Prose | None = None
    _subheading: Prose | None = None
    _keys: Counter[str] = field(default_factory=Counter)

    def open(self, chapter: Chapter) -> None:
        self.chapter, self._heading, self._subheading = chapter, None, None

    def prose(self) -> Prose:
        return Prose(self.languages)

    def said(self, sentence: Sentence) -> Prose:
        return self.prose().say(sentence)

    def quoted(self, text: Words | dict[str, str]) -> Prose:
        """Nothing but somebody's words."""
        prose = self.prose()
        place = prose.original(text)
        return prose.say(lambda: place)

    def each(self, sentence: Sentence) -> Words:
        return in_each(self.languages, sentence)

    def label(self, kind: Labelled) -> Words:
        """The label of a member of a labelled enum."""
        return self.each(lambda: str(kind.label))

    def heading(self, text: Prose) -> None:
        """Stands before the next paragraph or table."""
        self._heading, self._subheading = text, None

    def subheading(self, text: Prose) -> None:
        self._subheading = text

    def paragraph(self, text: Prose, *sources: Source, key: str = "") -> Paragraph:
        """`key` says what it is about, where its sources do not tell it from its neighbours."""
        self.number += 1
        paragraph = self._add(text, sources, key)
        paragraph.number = self.number
        return paragraph

    def table(
        self,
        caption: Words,
        columns: Sequence[Words],
        rows: Sequence[Sequence[Cell]],
        *sources: Source,
        note: Prose | None = None,
        key: str = "",
    ) -> Paragraph:
        """The first cell of each row names the row; `note` stands under the table."""
        table: Table = {"caption": caption, "columns": list(columns), "rows": [list(row) for row in rows]}
        paragraph = self._add(note or self.prose(), sources, f"{key}-table")
        paragraph.table = table
        return paragraph

    def _add(self, text: Prose, sources: Sequence[Source], key: str) -> Paragraph:
        heading, subheading = self._heading or self.prose(), self._subheading or self.prose()
        self._heading = self._subheading = None
        above = [*heading.originals, *subheading.originals]
        paragraph = Paragraph(
            position=len(self.paragraphs) + 1,
            chapter=self.chapter,
            key=self._key(sources, key),
            heading=heading.text,
            subheading=subheading.after(len(heading.originals)),
            text=text.after(len(above)),
            originals=[*above, *text.originals],
            sources=sources,
        )
        self.paragraphs.append(paragraph)
        return paragraph

    def _key(self, sources: Sequence[Source], key: str) -> str:
        """The same at each compiling, as long as it is about the same."""
        telling = [f"{each.kind}:{each.source_id}" for each in sources if each.kind in TELLING]
        stem = "/".join([self.chapter.value, "+".join(telling) if len(telling) < 4 else "", key])
        self._keys[stem] += 1
        return f"{stem}/{self._keys[stem]}"
