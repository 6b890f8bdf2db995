"""Attack through a condition: how many were asked a question tells how people answered an earlier one.

Each case lists the kinds of people there can be, as the codes they leave in the columns, and which of them each
printed figure counts. Every way to fill a room with such people is tabulated; what looks alike is alike to a reader.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest

from tests.consultation.findings.test_suppression import partitions
from tests.factories import NOON
from workshop.consultation.findings.models import Snapshot, SnapshotColumn
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.findings.suppression import Hidden
from workshop.consultation.findings.tabulation import tables
from workshop.consultation.questions.definition import Definition
from workshop.platform.db import Words

YES_NO = [{"code": code, "label": {"en": code}} for code in ("y", "n")]
AREAS = [{"code": code, "label": {"en": code}, "exclusive": code == "no"} for code in ("edu", "rts", "no")]


@dataclass
class Case:
    questions: list[dict[str, Any]]
    columns: tuple[str, ...]
    people: tuple[tuple[int, ...], ...]  # the codes of one kind of people, by column
    counted: tuple[tuple[set[int], ...], ...]  # by question: the kinds that each of its figures counts
    totals: tuple[int, ...]

    def definition(self) -> Definition:
        questions = [{"text": {"en": "?"}, "options": "yesno"} | question for question in self.questions]
        sections = [{"code": "A", "title": {"en": "A"}, "questions": questions}]
        return Definition.read({"languages": ["en"], "lists": {"yesno": YES_NO, "areas": AREAS}, "sections": sections})

    def snapshot(self, table: tuple[int, ...]) -> Snapshot:
        columns = [
            SnapshotColumn(
                position=place,
                question=name,
                options=[""] * max("." in name and 2, max(kind[place] for kind in self.people) - 1),
                codes=b"".join(bytes([kind[place]]) * count for kind, count in zip(self.people, table, strict=True)),
            )
            for place, name in enumerate(self.columns)
        ]
        return Snapshot(number=1, taken_at=NOON, responses=sum(table), title=Words(), caveat=Words(), columns=columns)

    def seen(self, definition: Definition, table: tuple[int, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """All that a reader sees: how many were asked and answered, and the figures."""
        shown = tables(self.snapshot(table), definition)
        figures = (figures_of(each) or [None] * len(sets) for each, sets in zip(shown, self.counted, strict=True))
        return tuple((each.asked, each.answered) for each in shown), tuple(f for each in figures for f in each)


def figures_of(tabulation: Tabulation) -> list[Any]:
    """The figures of a question, by row and column; those who gave no answer come last. First places may be missing."""
    options: list[list[Any]] = [[row] for row in tabulation.rows[:-1]]
    if tabulation.kind == "rank":
        options = [[None, *row] for row in options] or [list(row.cells) for row in tabulation.grid]
    figures = [row for each in (*options, tabulation.rows[-1:]) for row in each]
    return [row and (row.hidden if row.suppressed else row.count) for row in figures]


FIRST = {"code": "A1", "type": "one"}
IF_YES = {"code": "A2", "condition": "${A1} = 'y'"}
CASES = {
    # No answer; no; yes and then: no answer, yes, no.
    "one": Case(
        [FIRST, IF_YES | {"type": "one"}],
        ("A1", "A2"),
        ((1, 0), (3, 0), (2, 1), (2, 2), (2, 3)),
        (({2, 3, 4}, {1}, {0}), ({3}, {4}, {2})),
        (9, 13, 18),
    ),
    "one, unless no": Case(
        [FIRST, IF_YES | {"type": "one", "condition": "${A1} != 'n'"}],
        ("A1", "A2"),
        ((3, 0), (1, 2), (2, 2), (2, 3)),
        (({2, 3}, {0}, {1}), ({1, 2}, {3}, set())),
        (9, 18, 25),
    ),
    # No; yes and then: no answer, the one, the other, both.
    "several": Case(
        [FIRST, IF_YES | {"type": "many"}],
        ("A1", "A2.y", "A2.n"),
        ((3, 0, 0), (2, 1, 1), (2, 3, 2), (2, 2, 3), (2, 3, 3)),
        (({1, 2, 3, 4}, {0}, set()), ({2, 4}, {3, 4}, {1})),
        (13, 17),
    ),
    # No answer; nothing; education. Nothing goes with nothing else.
    "several, or none of them": Case(
        [{"code": "A1", "type": "many", "options": "areas"}],
        ("A1.edu", "A1.rts", "A1.no"),
        ((1, 1, 1), (2, 2, 3), (3, 2, 2), (2, 3, 2), (3, 3, 2)),
        (({2, 4}, {3, 4}, {1}, {0}),),
        (12, 16),
    ),
    # No answer; first the one and then the other; first the other; only the one.
    "ranking": Case(
        [{"code": "A1", "type": "rank"}],
        ("A1.y", "A1.n"),
        ((1, 1), (3, 4), (4, 3), (3, 2)),
        (({1, 3}, {1, 2, 3}, {2}, {1, 2}, {0}),),
        (9, 15, 22),
    ),
    # Nothing; something and then: first the one and then the other; first the other; only the one.
    "ranking, unless nothing": Case(
        [
            {"code": "A1", "type": "many", "options": "areas"},
            IF_YES | {"type": "rank", "condition": "not(selected(${A1}, 'no'))"},
        ],
        ("A1.edu", "A1.rts", "A1.no", "A2.y", "A2.n"),
        ((2, 2, 3, 0, 0), (3, 2, 2, 3, 4), (3, 2, 2, 4, 3), (3, 2, 2, 3, 2)),
        (({1, 2, 3}, set(), {0}, set()), ({1, 3}, {1, 2, 3}, {2}, {1, 2}, set())),
        (13, 17, 22),
    ),
    # A figure: none given; nought; more, and then: yes, no.
    "if a figure is above nought": Case(
        [{"code": "A1", "type": "integer", "options": ""}, IF_YES | {"type": "one", "condition": "${A1} > 0"}],
        ("A1", "A2"),
        ((1, 0), (2, 0), (2, 2), (2, 3)),
        (({1, 2, 3}, {0}), ({2}, {3}, set())),
        (9, 14, 19, 23),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_how_many_were_asked_gives_nothing_away(name: str) -> None:
    case = CASES[name]
    definition = case.definition()
    kinds_counted = [kinds for question in case.counted for kinds in question]
    for total in case.totals:
        alike: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
        for table in partitions(total, len(case.people)):
            alike[case.seen(definition, table)].append(table)
        assert len(alike) > 5
        for (facts, shown), possible in alike.items():
            assert not {1, 2, 3, 4} & {fact for each in facts for fact in each}
            for figure, kinds in zip(shown, kinds_counted, strict=True):
                values = {sum(table[kind] for kind in kinds) for table in possible}
                if figure is None or isinstance(figure, Hidden):
                    assert len(values) > 1 or not values <= {1, 2, 3, 4}, (facts, shown, possible)
                else:
                    assert values == {figure}, (facts, shown, possible)
                    assert figure not in {1, 2, 3, 4}
