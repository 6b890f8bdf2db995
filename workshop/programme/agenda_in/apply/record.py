"""What a workshop holds when a file comes, and the record of what is taken in: added, remembered, kept, told."""

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from workshop.platform.db import Model
from workshop.platform.intake import Outcome
from workshop.programme.agenda import appearances
from workshop.programme.agenda.models import Room, Session
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document
from workshop.secretariat.series.models import Workshop

from ..import_report import Comparison
from ..models import ImportedEntry, Of
from . import matching
from .merging import Facts, MergeResult, facts_to_remember
from .outcome_sentences import tell


@dataclass
class WorkshopContents:
    """What the workshop holds before the file comes."""

    workshop: Workshop
    sessions: list[Session]
    rooms: list[Room]
    documents: list[Document]
    groups: list[Group]
    register: appearances.Register
    entries: list[ImportedEntry]


@dataclass
class Taking:
    known: WorkshopContents
    comparison: Comparison
    at: datetime
    overwrite: bool = False
    added: list[Model] = field(default_factory=list)
    entries: dict[tuple[Of, int], ImportedEntry] = field(default_factory=dict)  # by kind and id() of the row

    def __post_init__(self) -> None:
        for entry in self.known.entries:
            if entry.target is not None:
                self.entries[entry.of, id(entry.target)] = entry

    @property
    def workshop(self) -> Workshop:
        return self.known.workshop

    def last(self, of: Of, row: object) -> ImportedEntry | None:
        """What a file said last about this row; None where none ever did."""
        return self.entries.get((of, id(row)))

    def remember(self, of: Of, row: object, key: str, theirs: Facts, **places: object) -> None:
        """Keep what the file says now, for the next time. Writes only what is new."""
        entry = self.last(of, row)
        if entry is None:
            entry = ImportedEntry(workshop=self.workshop, of=of, key=key, facts=facts_to_remember(None, theirs))
            self.added.append(entry)
            self.entries[of, id(row)] = entry
        else:
            told = facts_to_remember(entry.facts, theirs)
            if told != entry.facts:
                entry.facts = told
            if key and entry.key != key:
                entry.key = key
        for name, place in places.items():
            if getattr(entry, name) is not place:
                setattr(entry, name, place)

    def removed(self, of: Of, **places: object) -> list[ImportedEntry]:
        """Entries whose row was removed here since, in this session or item."""
        return [
            entry
            for entry in self.known.entries
            if entry.of is of
            and entry.target is None
            and all(getattr(entry, name) is place for name, place in places.items())
        ]


def report(taking: Taking, row: int, of: Of, ours: Facts, merged: MergeResult) -> None:
    """Tell the report what was taken over and what was kept."""
    taking.comparison.note(row, Outcome.UPDATED if merged.taken else Outcome.UNCHANGED)
    for name, before, after in merged.taken:
        taking.comparison.note(row, Outcome.UPDATED, tell("changed", of, ours, name, before, after))
    for name, here, said in merged.kept:
        taking.comparison.keep(row, tell("edited" if name in merged.edited else "differs", of, ours, name, here, said))


def was_removed(of: Of, row: int, facts: Facts, name: str, taking: Taking, **places: object) -> bool:
    """Whether an earlier import had brought this and somebody removed it here: then it stays removed."""
    if taking.overwrite:
        return False
    for entry in taking.removed(of, **places):
        said, before = facts[name], entry.facts.get(name)
        same = (
            bool(matching.titles(said) & matching.titles(before))
            if isinstance(said, dict)
            else bool(said) and said == before
        )
        if same or (not said and not before and facts == entry.facts):
            text = ", ".join(said.values()) if isinstance(said, dict) else said
            taking.comparison.keep(
                row, _("“%(title)s” was removed here after an earlier import and is not added again.", title=text)
            )
            taking.comparison.note(row, Outcome.UNCHANGED)
            return True
    return False
