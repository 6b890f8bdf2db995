"""Attack on pairs: random small answers, every pair of a filter, a version or an earlier snapshot with the whole or a part.

The attacker sees what is printed of both, knows k, the sums and that one is a part of the other, and narrows down what each
hidden figure, and each figure of those who are only in the larger one, can be. None may be left with one value.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

import pytest
from flask import Flask

from tests import factories as make
from tests.consultation.findings.test_freezing import LISTS
from workshop.consultation.findings.disclosing.crossing import cross
from workshop.consultation.findings.exploring.filtering import filtered_crossing, filtered_tables, part_of
from workshop.consultation.findings.freezing import freeze
from workshop.consultation.findings.models import Precision, Snapshot
from workshop.consultation.findings.result_tables import Row, Tabulation
from workshop.consultation.findings.suppression import Hidden, K, is_small
from workshop.consultation.findings.tabulation import plan, tables, tabulate
from workshop.consultation.questionnaires.states import Channel, ResponseState
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

OPTIONS = [{"code": code, "label": {"en": code}} for code in "abc"]
DEFINITION = Definition.read(
    {
        "languages": ["en"],
        "lists": LISTS | {"abc": OPTIONS},
        "sections": [
            {
                "code": "A",
                "title": {"en": "A"},
                "questions": [
                    {"code": code, "type": "one", "options": "abc", "text": {"en": code}} for code in ("Q", "R")
                ],
            }
        ],
    }
)
Span = tuple[int, int]


@dataclass
class Given:
    """One response with who gave it."""

    answers: Mapping[str, str]
    language: str
    version: int
    state: ResponseState = ResponseState.SUBMITTED
    channel: Channel = Channel.ONLINE
    is_synthetic: bool = False
    extras: dict[str, str] = field(default_factory=dict)


def answers(dice: Random) -> list[Given]:
    weights = [dice.choice((1, 3, 9)) for _ in "abc"]
    return [
        Given(
            {code: dice.choices("abc", weights)[0] for code in "QR" if dice.random() < 0.95},
            dice.choices(("en", "fr"), (4, 1))[0],
            dice.choices((1, 2), (1, 3))[0],
        )
        for _ in range(dice.randint(14, 48))
    ]


def crowd(dice: Random) -> list[Given]:
    """More people in more languages, those of one of which answer differently."""
    weights, languages = [dice.choice((1, 3, 9)) for _ in "abc"], ("en", "fr", "es", "ar")[: dice.randint(3, 4)]
    found = []
    for _ in range(dice.randint(40, 160)):
        language = dice.choice(languages)
        own = weights if language != "es" else (1, 12, 1)
        said = {code: dice.choices("abc", own)[0] for code in "QR" if dice.random() < 0.95}
        found.append(Given(said, language, dice.choices((1, 2), (1, 3))[0]))
    return found


def frozen(given: Sequence[Given]) -> Snapshot:
    return freeze(
        make.version(nothing()), DEFINITION, given, number=1, title=Words(), caveat=Words(), at=make.NOON,
        asked_in={1: DEFINITION, 2: DEFINITION},
    )  # fmt: skip


def span(row: Row, table: Tabulation, whole: int) -> Span:
    """What a reader knows of one printed figure."""
    if row.count is None:
        return (1, table.k - 1) if row.hidden is Hidden.UNDER else (0, whole)
    if table.precision is Precision.ROUNDED:
        return max(0, row.count - table.k // 2), row.count + table.k // 2
    return row.count, row.count


def spans(table: Tabulation, whole: int) -> list[Span]:
    return [span(row, table, whole) for row in table.rows]


def narrowed(part: list[Span], rest: list[Span], sizes: Span, shown: list[Span]) -> tuple[list[Span], list[Span]]:
    """What remains possible in the part and in the rest, where the part has `sizes[0]` people, the whole `sizes[1]`, and
    each figure of the whole, the sum of both, lies in `shown`."""
    for _turn in range(40):
        before = part, rest
        part, rest = within(part, sizes[0]), within(rest, sizes[1] - sizes[0])
        pairs = list(zip(part, rest, shown, strict=True))
        part = [(max(p[0], s[0] - r[1]), min(p[1], s[1] - r[0])) for p, r, s in pairs]
        rest = [(max(r[0], s[0] - p[1]), min(r[1], s[1] - p[0])) for p, r, s in pairs]
        if (part, rest) == before:
            break
    return part, rest


def within(cells: list[Span], total: int) -> list[Span]:
    low, high = sum(each[0] for each in cells), sum(each[1] for each in cells)
    return [(max(a, total - (high - b)), min(b, total - (low - a))) for a, b in cells]


def attack(part: Tabulation, whole: Tabulation, sizes: Span) -> Iterator[str]:
    """Everything that can be worked out and must not be."""
    if not part.rows or not whole.rows:
        return
    known, shown = spans(part, sizes[0]), spans(whole, sizes[1])
    inside, outside = narrowed(known, [(0, sizes[1] - sizes[0])] * len(known), sizes, shown)
    for row, (low, high) in zip(part.rows, inside, strict=True):
        if row.hidden is Hidden.UNDER and low == high:
            yield f"{part.question}: {row.label} of the part is {low}"
    for row, (low, high) in zip(whole.rows, outside, strict=True):
        if 0 < low == high < K:
            yield f"{part.question}: {row.label} of the rest is {low}"


def exact(snapshot: Snapshot) -> list[Tabulation]:
    return tables(snapshot, DEFINITION)


@pytest.fixture(autouse=True)
def in_english(built_app: Flask) -> Iterator[None]:
    with built_app.test_request_context():
        yield


@pytest.mark.parametrize("seed", range(40))
def test_no_filter_and_no_version_beside_the_whole_gives_anybody_away(seed: int) -> None:
    whole = frozen(answers(Random(seed)))
    shown = {each.question: each for each in exact(whole)}
    for column in whole.columns:
        for code in set(column.codes):
            try:
                found = filtered_tables(whole, DEFINITION, {column.question: code})
            except RuleBroken:
                continue
            sizes = column.codes.count(code), whole.responses
            assert [each for table in found for each in attack(table, shown[table.question], sizes)] == []


def shown_to(whole: Snapshot, conditions: Mapping[str, int]) -> dict[str, Tabulation]:
    """What a filter shows, question by question; nothing where it is refused."""
    try:
        return {each.question: each for each in filtered_tables(whole, DEFINITION, conditions)}
    except RuleBroken:
        return {}


def size(whole: Snapshot, conditions: Mapping[str, int]) -> int:
    codes = {each.question: each.codes for each in whole.columns}
    return sum(all(codes[name][row] == code for name, code in conditions.items()) for row in range(whole.responses))


@pytest.mark.parametrize("seed", range(20))
def test_no_filter_beside_a_wider_one_gives_anybody_away(seed: int) -> None:
    """Every pair of one condition and the same with another one: "in English", and "in English, version 2"."""
    whole = frozen(crowd(Random(seed)))
    single = [(each.question, code) for each in whole.columns for code in sorted(set(each.codes))]
    for wide in single:
        wider = shown_to(whole, dict([wide]))
        for further in single:
            if further[0] == wide[0]:
                continue
            both = dict([wide, further])
            sizes = size(whole, both), size(whole, dict([wide]))
            for name, table in shown_to(whole, both).items():
                if name in wider:
                    assert list(attack(table, wider[name], sizes)) == [], (wide, further)


@pytest.mark.parametrize("seed", range(40))
def test_no_filters_that_make_up_the_whole_give_anybody_away(seed: int) -> None:
    """All groups of one column side by side with the whole: what is hidden in one is not the whole less the others."""
    whole = frozen(crowd(Random(seed)))
    everybody = {each.question: each for each in exact(whole)}
    for column in whole.columns:
        codes = sorted(set(column.codes))
        groups = [shown_to(whole, {column.question: code}) for code in codes]
        sizes = [column.codes.count(code) for code in codes]
        for name, table in everybody.items():
            if table.rows and name != column.question:
                assert list(attack_together([each.get(name) for each in groups], sizes, table)) == []


def test_what_few_said_in_one_language_is_not_what_the_others_leave() -> None:
    counts = {"en": (14, 20), "fr": (13, 20), "es": (3, 20)}
    given = [
        Given({"Q": q}, code, 1)
        for code, pair in counts.items()
        for q, n in zip("ab", pair, strict=True)
        for _ in range(n)
    ]
    whole = frozen(given)
    column = next(each for each in whole.columns if each.question == "@language")
    groups = [shown_to(whole, {"@language": 2 + place}).get("Q") for place in range(3)]
    assert any(group and group.rows for group in groups), "something is shown"
    sizes = [column.codes.count(2 + place) for place in range(3)]
    assert list(attack_together(groups, sizes, exact(whole)[0])) == []


def attack_together(parts: list[Tabulation | None], sizes: list[int], whole: Tabulation) -> Iterator[str]:
    """What can be worked out of the groups that make up the whole; a group that is not shown may hold anything."""
    told = [each if each is not None and len(each.rows) == len(whole.rows) else None for each in parts]
    cells = [
        spans(part, size) if part else [(0, size)] * len(whole.rows) for part, size in zip(told, sizes, strict=True)
    ]
    shown = spans(whole, sum(sizes))
    for _turn in range(30):
        cells = [within(row, size) for row, size in zip(cells, sizes, strict=True)]
        for place, (low, high) in enumerate(shown):
            lows, highs = sum(row[place][0] for row in cells), sum(row[place][1] for row in cells)
            for row in cells:
                a, b = row[place]
                row[place] = max(a, low - (highs - b)), min(b, high - (lows - a))
    for part, row in zip(told, cells, strict=True):
        for place, (low, high) in enumerate(row):
            open_there = part is not None and part.rows[place].count is not None
            if not open_there and 0 < low == high < K:
                yield f"{whole.question}: {whole.rows[place].label} of a group is {low}"


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_no_earlier_snapshot_beside_a_later_one_gives_anybody_away(seed: int, *, rounded: bool) -> None:
    dice = Random(seed)
    given = answers(dice)
    first, second = frozen(given[: dice.randint(6, len(given) - 1)]), frozen(given)
    first.rounded = rounded
    before = plan(first, DEFINITION, ())
    after = plan(second, DEFINITION, [(first, DEFINITION, before)])
    earlier = {each.question: each for each in tables(first, DEFINITION, before)}
    sizes = first.responses, second.responses
    for table in tables(second, DEFINITION, after):
        assert list(attack(earlier[table.question], table, sizes)) == []


def test_the_attack_finds_what_is_not_protected() -> None:
    """Shown as it is, without the ledger: two groups that differ by two people."""
    given = [Given({"Q": "a"}, "en", 1)] * 20 + [Given({"Q": "b"}, "en", 1)] * 8
    part, whole = frozen(given), frozen([*given, *[Given({"Q": "b"}, "en", 1)] * 2])
    found = list(attack(exact(part)[0], exact(whole)[0], (28, 30)))
    assert found == ["Q: {'en': 'b'} of the rest is 2"]


def test_a_group_of_few_and_one_that_leaves_few_out_are_refused() -> None:
    given = [Given({"Q": "a"}, "en", 1)] * 20 + [Given({"Q": "b"}, "fr", 1)] * 3
    whole = frozen(given)
    column = next(each for each in whole.columns if each.question == "@language")
    for language in ("en", "fr"):
        with pytest.raises(RuleBroken):
            part_of(whole, {"@language": 2 + column.options.index(language)})


def test_a_cross_table_of_a_group_is_refused_where_it_would_tell_of_the_rest() -> None:
    given = [Given({"Q": q, "R": r}, "en", 1) for q in "ab" for r in "ab" for _ in range(10)]
    rest = [Given({"Q": "a", "R": "a"}, "fr", 1)] * 6
    column = next(each for each in frozen([*given, *rest]).columns if each.question == "@language")
    english = {"@language": 2 + column.options.index("en")}
    assert filtered_crossing(frozen([*given, *rest]), DEFINITION, english, "Q", "R").responses == 40
    with pytest.raises(RuleBroken):
        filtered_crossing(frozen([*given, *rest, Given({"Q": "b", "R": "a"}, "fr", 1)]), DEFINITION, english, "Q", "R")


def crossing_of(whole: Snapshot, conditions: Mapping[str, int]) -> Counter[tuple[int, int]] | None:
    """The figures of a filtered cross-table, by its cells; nothing where it is refused."""
    try:
        shown = (
            filtered_crossing(whole, DEFINITION, conditions, "Q", "R")
            if conditions
            else cross(tabulate(whole, DEFINITION)[1], "Q", "R")
        )
    except RuleBroken:
        return None
    return Counter(zip(shown.rows.column.codes, shown.columns.column.codes, strict=True))


def test_no_cross_tables_of_groups_give_anybody_away() -> None:
    """Every filter, alone and with another one: neither a cell, nor what one table leaves of a wider one, nor what all
    groups of a column leave of the whole, is a few people."""
    tried = 0
    for seed in range(9):
        few = crowd(Random(seed + 100))[: seed % 3]
        whole = frozen([each for each in crowd(Random(seed)) for _ in range(K)] + few)
        single = [(each.question, code) for each in whole.columns for code in sorted(set(each.codes))]
        shown: dict[frozenset[tuple[str, int]], Counter[tuple[int, int]]] = {}
        for conditions in ((), *((each,) for each in single), *combinations(single, 2)):
            named = {name for name, _code in conditions}
            if named.isdisjoint({"Q", "R"}) and len(named) == len(conditions):
                found = crossing_of(whole, dict(conditions))
                if found is not None:
                    shown[frozenset(conditions)] = found
        for group, cells in shown.items():
            assert not [count for count in cells.values() if group and is_small(count, K)]
            for wider, all_cells in shown.items():
                if wider < group:
                    tried += 1
                    assert not [cell for cell, count in all_cells.items() if is_small(count - cells[cell], K)]
        for column in whole.columns:
            groups = [
                shown[key] for code in set(column.codes) if (key := frozenset({(column.question, code)})) in shown
            ]
            left = shown[frozenset()] - sum(groups, Counter())
            assert not groups or not [count for count in left.values() if is_small(count, K)]
    assert tried > 10, "something is shown"
