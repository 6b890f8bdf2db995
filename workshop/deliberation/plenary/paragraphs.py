"""A paragraph of a report as it is read: what compiling writes, what an edition keeps. No database, no request, no clock.

Its text is either our own sentence in each language, in which {0}, {1} … stand for `originals`, the words of others, or
what a person wrote in its place (`words`).
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol, TypedDict

from flask_babel import lazy_gettext as _l

from workshop.platform.db import Words
from workshop.platform.labels import Labelled


class Chapter(Labelled):
    """The chapters of a report, in their order."""

    SUMMARY = "summary", _l("Executive summary")
    OPENING = "opening", _l("Opening and attendance")
    PURPOSE = "purpose", _l("Purpose and guiding questions")
    SESSIONS = "sessions", _l("Summary by session")
    QUESTIONNAIRE = "questionnaire", _l("Results of the questionnaire")
    GROUPS = "groups", _l("Reports of the break-out groups")
    DISCUSSION = "discussion", _l("Plenary discussion")
    SYNTHESIS = "synthesis", _l("Across the groups")
    RECOMMENDATIONS = "recommendations", _l("Recommendations offered and lessons")
    NEXT_STEPS = "next_steps", _l("Next steps")
    ANNEX = "annex", _l("Annexes")

    @property
    def place(self) -> int:
        """From 0 for the first."""
        return list(type(self)).index(self)


class SourceKind(Labelled):
    WORKSHOP = "workshop", _l("Workshop")
    MILESTONE = "milestone", _l("Calendar")
    SESSION = "session", _l("Agenda")
    DOCUMENT = "document", _l("Document")
    SNAPSHOT = "snapshot", _l("Questionnaire")
    FINDING = "finding", _l("Finding")
    GROUP = "group", _l("Break-out group")
    GROUP_REPORT = "group_report", _l("Group report")
    KEY_POINT = "key_point", _l("Key point")
    POINT = "point", _l("Point")
    SESSION_POINT = "session_point", _l("Point made in plenary")
    RECOMMENDATION = "recommendation", _l("Recommendation")


class Cited(Protocol):
    """Anything that names a source: a line of evidence, or what an edition keeps of one."""

    @property
    def kind(self) -> SourceKind: ...
    @property
    def source_id(self) -> int | None: ...
    @property
    def label(self) -> Words: ...
    @property
    def fingerprint(self) -> str: ...


@dataclass(frozen=True)
class Source:
    """What a paragraph rests on. `fingerprint` is that of what the paragraph took from it."""

    kind: SourceKind
    source_id: int | None
    label: Words
    fingerprint: str


Cell = Mapping[str, object] | int | None
"""A cell of a table: words, a number, or {"bar": …, "of": 100} or {"mark": words} in the place of one."""


class Table(TypedDict, total=False):
    """A table of a report; one without anything in it stands for none. A cell is words, a number, {"bar": share in per
    cent, "of": 100}, where the share is null if it is not shown, or {"mark": words} in place of a hidden number."""

    caption: Words
    columns: list[Words]
    rows: list[list[Cell]]


class WrittenSource(TypedDict):
    """A source as JSON holds it."""

    kind: str
    id: int | None
    label: dict[str, str]
    fingerprint: str


class WrittenContent(TypedDict):
    """What a paragraph says, as JSON holds it."""

    heading: Words
    subheading: Words
    text: Words
    originals: list[Words]
    table: Table


class WrittenParagraph(WrittenContent):
    """A paragraph as JSON holds it."""

    chapter: str
    key: str
    block: int | None
    number: int | None
    words: Words
    sources: list[WrittenSource]


@dataclass(kw_only=True)
class Paragraph:
    """A numbered paragraph, or a table (then `number` is empty and `text` is the note under it).

    `key` tells what it is compiled from, the same at each compiling; `block` is the permanent number of the block that
    it is printed from. `heading` and `subheading` open a section before it.
    """

    chapter: Chapter
    key: str = ""
    block: int | None = None
    position: int = 0
    number: int | None = None
    table_number: int | None = None
    heading: Words = field(default_factory=Words)
    subheading: Words = field(default_factory=Words)
    text: Words = field(default_factory=Words)
    originals: list[Words] = field(default_factory=list)
    table: Table = field(default_factory=Table)
    words: Words = field(default_factory=Words)
    sources: Sequence[Cited] = ()

    @property
    def anchor(self) -> str:
        """Where it stands on the page: p12, or t30 for a table."""
        return f"p{self.number}" if self.number else f"t{self.position}"

    @property
    def content(self) -> WrittenContent:
        """What it says, without its place."""
        return {
            "heading": self.heading,
            "subheading": self.subheading,
            "text": self.text,
            "originals": self.originals,
            "table": self.table,
        }

    @property
    def digest(self) -> str:
        """The same for what says the same and rests on the same."""
        sources = [[each.kind.value, each.source_id] for each in self.sources]
        said = json.dumps([self.content, sources], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def written(self) -> WrittenParagraph:
        """As JSON holds it."""
        return {
            "chapter": self.chapter.value,
            "key": self.key,
            "block": self.block,
            "number": self.number,
            **self.content,
            "words": self.words,
            "sources": [written_source(each) for each in self.sources],
        }


def written_source(source: Cited) -> WrittenSource:
    return {
        "kind": source.kind.value,
        "id": source.source_id,
        "label": source.label,
        "fingerprint": source.fingerprint,
    }


def read_source(written: WrittenSource) -> Source:
    return Source(SourceKind(written["kind"]), written["id"], Words(written["label"]), written["fingerprint"])


def read_paragraph(written: WrittenParagraph, position: int = 0) -> Paragraph:
    """The paragraph that `written` made JSON of."""
    return Paragraph(
        chapter=Chapter(written["chapter"]),
        key=written["key"],
        block=written["block"],
        position=position,
        number=written["number"],
        heading=Words(written["heading"]),
        subheading=Words(written["subheading"]),
        text=Words(written["text"]),
        originals=[Words(each) for each in written["originals"]],
        table=written["table"],
        words=Words(written["words"]),
        sources=[read_source(each) for each in written["sources"]],
    )


def in_languages(paragraph: Paragraph, codes: Collection[str]) -> Paragraph:
    """The same without our own texts and people's words in other languages; what others said keeps its language."""

    def only(text: Words) -> Words:
        return Words({code: said for code, said in text.items() if code in codes}) or text

    def cell(content: Cell) -> Cell:
        if not isinstance(content, Mapping) or {"bar", "supports"} & content.keys():
            return content
        if "mark" in content:
            return {"mark": only(Words(content["mark"]))}  # type: ignore[call-overload]
        return only(Words(content))  # type: ignore[arg-type]

    table = paragraph.table
    if table:
        table = {
            "caption": only(table["caption"]),
            "columns": [only(each) for each in table["columns"]],
            "rows": [[cell(each) for each in row] for row in table["rows"]],
        }
    return replace(
        paragraph,
        table=table,
        heading=only(paragraph.heading),
        subheading=only(paragraph.subheading),
        text=only(paragraph.text),
        words=only(paragraph.words),
    )


Supports = Mapping[int, Sequence[int]]
"""The blocks that people chose for each recommendation, by its number."""


def numbered(paragraphs: Sequence[Paragraph], supports: Supports = MappingProxyType({})) -> list[Paragraph]:
    """The same in order, numbered through; tables and the summary have no number. A table of recommendations then says in
    which paragraphs they are supported."""
    result, number = list[Paragraph](), 0
    for position, each in enumerate(paragraphs, 1):
        is_counted = not each.table and each.chapter is not Chapter.SUMMARY
        number += is_counted
        result.append(replace(each, position=position, number=number if is_counted else None))
    number_tables(result)
    numbers = {each.block: each.number for each in result if each.number}
    for each in result:
        if any("supports" in cell for row in each.table.get("rows", []) for cell in row if isinstance(cell, Mapping)):
            each.table = _with_supports(each.table, numbers, supports)
    return result


def number_tables(paragraphs: Sequence[Paragraph]) -> None:
    """Tables are numbered in the order in which they are printed."""
    for number, each in enumerate((each for each in paragraphs if each.table), 1):
        each.table_number = number


def _with_supports(table: Table, numbers: Mapping[int | None, int | None], supports: Supports) -> Table:
    def shown(cell: Cell) -> Cell:
        if not (isinstance(cell, Mapping) and "supports" in cell):
            return cell
        blocks = supports.get(cell["supports"], ())  # type: ignore[call-overload]
        found = sorted(number for each in blocks if (number := numbers.get(each)))
        return Words({"": ", ".join(f"§{number}" for number in found)})

    return {**table, "rows": [[shown(cell) for cell in row] for row in table["rows"]]}
