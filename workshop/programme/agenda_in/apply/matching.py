"""Which entry of the file is which row of the workshop: by its lasting name, by what it was called, by its time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, TypeVar
from uuid import NAMESPACE_URL, uuid5

from ..models import ImportedEntry
from ..reading.agenda_words import plain
from .merging import Facts

Theirs = TypeVar("Theirs")
Ours = TypeVar("Ours")
ALIKE, RATHER = 0.82, 0.5
MOST_COMPARED = 40_000  # pairs of titles that are compared letter by letter


@dataclass
class Matched(Generic[Theirs, Ours]):
    pairs: dict[int, Ours] = field(default_factory=dict)  # by id() of theirs
    left: list[Ours] = field(default_factory=list)

    def of(self, entry: Theirs) -> Ours | None:
        return self.pairs.get(id(entry))


def match(
    theirs: Sequence[Theirs], ours: Sequence[Ours], *steps: Callable[[Theirs, Ours], bool]
) -> Matched[Theirs, Ours]:
    """Each step pairs what nobody paired before. Within a step the order of the file and of the programme decides."""
    found: Matched[Theirs, Ours] = Matched()
    free = list(ours)
    for same in steps:
        for entry in theirs:
            if id(entry) in found.pairs or not free:
                continue
            row = next((row for row in free if same(entry, row)), None)
            if row is not None:
                found.pairs[id(entry)] = row
                free.remove(row)
    found.left = free
    return found


def titles(words: object) -> set[str]:
    """A text in all its languages, for comparing; nothing of what is no such text."""
    return {plain(each) for each in words.values() if each} if isinstance(words, Mapping) else set()


def alike(one: set[str], other: set[str], *, at_least: float = ALIKE) -> bool:
    """Whether any two of these are nearly the same words."""
    for a in one:
        for b in other:
            if a == b:
                return True
            matcher = SequenceMatcher(None, a[:300], b[:300], autojunk=False)
            if (
                matcher.real_quick_ratio() >= at_least
                and matcher.quick_ratio() >= at_least
                and matcher.ratio() >= at_least
            ):
                return True
    return False


def own_name(slug: str, id: int) -> str:
    """The name that our own schedules and calendars give a session."""
    return str(uuid5(NAMESPACE_URL, f"urn:intersession:{slug}:session:{id}"))


def said_of(entry: ImportedEntry | None, name: str) -> object:
    return entry.facts.get(name) if entry else None


def in_their_places(said: Sequence[Facts], here: Sequence[Facts]) -> list[Facts]:
    """The questions of a file in the order of those there: each stays where it is known by its words, a rewording takes
    the place of what it rewords, and new ones come last. So a question put in between moves nobody's points.
    """

    def same_words(one: Facts, row: Facts) -> bool:
        return bool(titles(one) & titles(row))

    def nearly(one: Facts, row: Facts) -> bool:
        return alike(titles(one), titles(row))

    def same_place(one: Facts, row: Facts) -> bool:
        return said.index(one) == here.index(row)

    matched = match(said, here, same_words, nearly, same_place)
    placed = {id(row): one for one in said if (row := matched.of(one)) is not None}
    return [placed.get(id(row), row) for row in here] + [one for one in said if matched.of(one) is None]
