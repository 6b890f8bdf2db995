"""What each guiding question got in each group, and what is on the wall for the plenary. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workshop.platform.db import Words
from workshop.programme.groups.models import Group, GroupQuestion

from .models import NotedPoint, Point, PointKind, Relation


@dataclass
class Cell:
    """One question in one group: how many points stand, and whether the group said that it was not discussed."""

    question: GroupQuestion
    points: list[Point] = field(default_factory=list)
    not_discussed: bool = False

    @property
    def is_open(self) -> bool:
        """Nothing was noted, and nobody has said why."""
        return not self.points and not self.not_discussed


@dataclass
class Row:
    """A question asked of one or several groups in the same words."""

    text: Words
    cells: dict[int, Cell] = field(default_factory=dict)  # by the id of the group

    @property
    def points(self) -> list[Point]:
        return [point for cell in self.cells.values() for point in cell.points]

    @property
    def dissent(self) -> list[Point]:
        """What disagrees: it is never lost among what agrees."""
        return [point for point in self.points if disagrees(point)]

    @property
    def is_silent(self) -> bool:
        """No group has a point under it."""
        return not self.points


@dataclass
class Entry:
    """A point that stands alone, or several that say the same; the first is the one that was noted first."""

    points: list[Point]

    @property
    def lead(self) -> Point:
        return self.points[0]

    @property
    def voices(self) -> int:
        """How many raised it at least. The same people may have spoken in several groups, so nothing is added up."""
        return max(point.voices for point in self.points)

    @property
    def dissents(self) -> bool:
        return any(disagrees(point) for point in self.points)


def disagrees(point: NotedPoint) -> bool:
    return point.kind is PointKind.DISAGREEMENT or point.relation is Relation.DISAGREES


def rows(groups: Sequence[Group], points: Iterable[Point], not_discussed: Iterable[int]) -> list[Row]:
    """A row for each question in the order in which it is first asked; questions of the same words share one."""
    silent = set(not_discussed)
    standing: dict[int | None, list[Point]] = {}
    for point in points:
        if point.struck_at is None:
            standing.setdefault(point.question_id, []).append(point)
    found: dict[str, Row] = {}
    for group in groups:
        for question in group.questions:
            row = found.setdefault(key_of_text(question.text), Row(question.text))
            row.cells[group.id] = Cell(question, standing.get(question.id, []), question.id in silent)
    return list(found.values())


def key_of_text(text: Words) -> str:
    return " ".join(text.in_("en", "fr")[0].casefold().split())


def said_together(points: Iterable[Point], clusters: Mapping[int, int]) -> list[Entry]:
    """The points in order, those that say the same as one entry, in the place of the first of them."""
    found: dict[tuple[str, int], Entry] = {}
    for point in points:
        key = ("cluster", clusters[point.id]) if point.id in clusters else ("alone", point.id)
        found.setdefault(key, Entry([])).points.append(point)
    return list(found.values())
