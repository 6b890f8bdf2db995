"""What the number of people asked gives away about the question that led to them.

"In what form have members returned?" is asked of those who said yes before. How many were asked is how many said yes:
where that is hidden, so must this be; and where it is the result of two questions, the difference may be small.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import Expression, Selected, comparisons, names
from workshop.consultation.questions.question import Question

from ..freezing import NOT_ASKED, parts_of
from ..models import Snapshot, SnapshotColumn
from ..suppression import Figure, Hidden, Range, is_small, threshold

WAS_ASKED = bytes([0]) + bytes([1]) * 255


@dataclass(frozen=True)
class Untold:
    """How many were not asked, where readers must not know it: of those, `rest` people are not told elsewhere, and
    every number of the range `possible` must remain possible for them."""

    rest: int
    possible: Range


class Unshown(Exception):
    """Nothing of a question can be shown, because who was asked it says too much of earlier answers."""


@dataclass
class Sheet:
    """The columns of a snapshot while it is tabulated, with the codes whose counts turned out to be hidden."""

    snapshot: Snapshot
    definition: Definition
    hidden: dict[str, dict[int, Hidden]] = field(default_factory=dict)
    ranked: dict[str, Figure] = field(default_factory=dict)  # how often an option was ranked at all, as it is shown

    def __post_init__(self) -> None:
        self.columns: Mapping[str, SnapshotColumn] = {column.question: column for column in self.snapshot.columns}

    def of(self, question: Question) -> list[SnapshotColumn]:
        return [self.columns[name] for name in parts_of(question)]

    def has(self, question: Question) -> bool:
        """Whether the snapshot holds answers to it: a kind that is only computed or shown has none."""
        return all(name in self.columns for name in parts_of(question))

    def asked(self, question: Question) -> int:
        return self.snapshot.responses - self.of(question)[0].codes.count(NOT_ASKED)

    def hide(self, column: SnapshotColumn, figures: Mapping[int, Figure]) -> None:
        """Note which codes of a column are not shown, so that a later question does not tell."""
        noted = self.hidden.setdefault(column.question, {})
        noted.update({code: figure for code, figure in figures.items() if isinstance(figure, Hidden)})

    def strictest(self, question: Question) -> int:
        """The highest k of the question and of those that lead to it."""
        earlier = [self.definition.question(name) for name in names(question.condition)] if question.condition else []
        return max(threshold(each) for each in (question, *earlier) if each)

    def untold(self, question: Question) -> Untold | None:
        """What readers must not know of the number not asked; None where they may know that number. Raises Unshown."""
        if question.condition is None:
            return None
        k, asked = self.strictest(question), self.of(question)[0].codes.translate(WAS_ASKED)
        steps = [Step.between(column, asked, self.hidden) for column in self._looked_at(question.condition)]
        straight = [step for step in steps if not step.split]
        if any(step.is_open for step in straight):
            return None
        if straight:
            return straight[0].untold(k)
        if all(step.splits_openly(k) for step in steps):
            return None
        raise Unshown

    def _looked_at(self, condition: Expression) -> Iterator[SnapshotColumn]:
        for part in comparisons(condition):
            if isinstance(part, Selected) and (exact := self.columns.get(f"{part.name}.{part.code}")):
                yield exact
                continue
            for name in names(part):
                yield from (c for n, c in self.columns.items() if n == name or n.startswith(f"{name}."))


@dataclass(frozen=True)
class Step:
    """From an earlier question to a later one: how many of each answer were asked it (`here`) and were not (`past`)."""

    here: Mapping[int, int]
    past: Mapping[int, int]
    marks: Mapping[int, Hidden]

    @classmethod
    def between(cls, column: SnapshotColumn, asked: bytes, hidden: Mapping[str, Mapping[int, Hidden]]) -> "Step":
        pairs = Counter(zip(column.codes, asked, strict=True))
        here = {code: count for (code, was_asked), count in pairs.items() if was_asked}
        past = {code: count for (code, was_asked), count in pairs.items() if not was_asked}
        return cls(here, past, hidden.get(column.question, {}))

    @property
    def split(self) -> Set[int]:
        """Answers that led some people here and others not; without any, the number asked is a sum of figures."""
        return self.here.keys() & self.past.keys()

    @property
    def is_open(self) -> bool:
        """Whether that sum can be had from the figures that are shown."""
        return not self.marks.keys() & self.here.keys() or not self.marks.keys() & self.past.keys()

    def splits_openly(self, k: int) -> bool:
        """Whether nothing is hidden, and neither part of the answers that were split is small."""
        parts = sum(self.here[code] for code in self.split), sum(self.past[code] for code in self.split)
        return not self.marks.keys() & (self.here.keys() | self.past.keys()) and not any(is_small(p, k) for p in parts)

    def untold(self, k: int) -> Untold:
        """As many small figures on one side as there are, each from 1 to k-1; were there others too, Unshown."""
        past, here = self.marks.keys() & self.past.keys(), self.marks.keys() & self.here.keys()
        rest = sum(self.past[code] for code in past)
        if all(self.marks[code] is Hidden.UNDER for code in past):
            return Untold(rest, (len(past), len(past) * (k - 1)))
        if all(self.marks[code] is Hidden.UNDER for code in here):
            both = rest + sum(self.here[code] for code in here)
            return Untold(rest, (both - len(here) * (k - 1), both - len(here)))
        raise Unshown
