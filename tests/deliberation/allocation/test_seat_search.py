"""The search for seats: hard rules on random input, the same as trying everything, few moves, always the same."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.budget import examples
from workshop.deliberation.allocation import seat_search
from workshop.deliberation.allocation.seat_search import seat_all
from workshop.deliberation.allocation.seating import Delegations, Seating, Sitter, Table, Wanted, broken, cost, moves

WORDS = st.sampled_from(["", "", "", "a", "b"])
LANGUAGES = st.frozensets(st.sampled_from(["en", "fr", "es"]), max_size=2)


@st.composite
def plans(draw: st.DrawFn, most: int = 30) -> Wanted:
    tables = [
        Table(number, draw(st.integers(2, 12)), draw(LANGUAGES)) for number in range(1, draw(st.integers(1, 4)) + 1)
    ]
    sitters = [
        Sitter(
            id=id,
            delegation=draw(WORDS),
            languages=draw(LANGUAGES),
            traits={"region": draw(st.sampled_from("xyz")), "sex": draw(WORDS)},
            wishes=tuple(draw(st.lists(st.integers(1, 4), max_size=2, unique=True))),
            together=draw(st.sampled_from(["", "", "", "", "p"])),
            apart=draw(st.sampled_from(["", "", "", "", "q"])),
            fixed=draw(st.sampled_from([None, None, None, None, 1])),
        )
        for id in range(draw(st.integers(1, most)))
    ]
    return Wanted(sitters, tables, draw(st.sampled_from(Delegations)))


def brute_force(wanted: Wanted) -> int | None:
    """The least that any seating costs which may stand."""
    numbers = [table.number for table in wanted.tables]
    ids = [sitter.id for sitter in wanted.sitters]
    tried: list[Seating] = [dict(zip(ids, each, strict=True)) for each in product(numbers, repeat=len(ids))]
    return min((cost(wanted, each) for each in tried if not broken(wanted, each)), default=None)


@given(plans(), st.integers(0, 9))
@settings(deadline=None, max_examples=examples(60))
def test_no_hard_rule_is_ever_broken(wanted: Wanted, seed: int) -> None:
    seating = seat_all(wanted, seed=seed)
    if seating is not None:
        assert seating.keys() == {sitter.id for sitter in wanted.sitters}
        assert broken(wanted, seating) == []


@given(plans(most=6))
@settings(deadline=None, max_examples=examples(30))
def test_a_few_people_are_seated_as_well_as_can_be(wanted: Wanted) -> None:
    seating = seat_all(wanted, seed=1)
    assert (None if seating is None else cost(wanted, seating)) == brute_force(wanted)


def crowd(people: int = 60, tables: int = 5, **more: object) -> Wanted:
    sitters = [
        Sitter(
            id=id,
            delegation=f"d{id % 25}",
            traits={"region": "abcde"[id % 5], "category": "xyz"[id % 3], "sex": "mw"[id % 2]},
        )
        for id in range(people)
    ]
    seats = -(-people // tables) + 2
    return Wanted(sitters, [Table(n, seats) for n in range(1, tables + 1)], Delegations.SPLIT, **more)  # type: ignore[arg-type]


def test_the_same_list_and_number_give_the_same_groups() -> None:
    assert seat_all(crowd(), seed=3) == seat_all(crowd(), seed=3)
    assert seat_all(crowd(), seed=3) != seat_all(crowd(), seed=4)


def test_groups_are_alike() -> None:
    wanted = crowd()
    seating = seat_all(wanted, seed=1)
    assert seating is not None
    for name, value in (("region", "a"), ("category", "x"), ("sex", "m")):
        counts = [
            sum(seating[s.id] == table.number for s in wanted.sitters if s.traits[name] == value)
            for table in wanted.tables
        ]
        assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("most", [0, 5])
def test_late_cancellations_move_no_more_people_than_agreed(most: int) -> None:
    first = seat_all(crowd(), seed=1)
    assert first is not None
    fewer = crowd()
    left = [sitter for sitter in fewer.sitters if sitter.id % 13]
    again = Wanted(left, fewer.tables, fewer.delegations, {s.id: first[s.id] for s in left}, most)
    second = seat_all(again, seed=2)
    assert second is not None
    assert moves(again, second) <= most


def test_pairs_seldom_meet_again() -> None:
    wanted = Wanted([Sitter(id=id) for id in range(16)], [Table(n, 4) for n in range(1, 5)])
    first = seat_all(wanted, seed=1)
    assert first is not None
    met = {frozenset((one, other)): 1 for one in first for other in first if one < other and first[one] == first[other]}
    second = seat_all(Wanted(wanted.sitters, wanted.tables, met=met), seed=1)
    assert second is not None
    assert sum(len({second[id] for id in pair}) == 1 for pair in met) <= 4


def test_a_last_place_is_found_by_moving_somebody() -> None:
    everyone = [Sitter(id=id, languages=frozenset({"en", "fr"})) for id in range(10)]
    everyone.append(Sitter(id=99, languages=frozenset({"fr"})))
    tables = [Table(1, 10, frozenset({"fr"})), Table(2, 1, frozenset({"en"}))]
    seating = seat_all(Wanted(everyone, tables), seed=1)
    assert seating is not None
    assert seating[99] == 1


def test_few_are_as_many_as_can_be_tried() -> None:
    assert seat_search.FEW == 9
