"""Attack by brute force: every small table there is, grouped by what is shown of it.

The attacker knows the sums, k and the program, so all tables that are shown alike are possible to them. Each hidden
figure must then have several possible values; a single one would give it away.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

import pytest

from workshop.consultation.findings.suppression import Figure, Hidden, protect, protect_choices

UNDER, NEARLY_ALL, WITHHELD = Hidden.UNDER, Hidden.NEARLY_ALL, Hidden.WITHHELD
Table = tuple[int, ...]


def partitions(total: int, cells: int) -> Iterator[Table]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in partitions(total - first, cells - 1):
            yield (first, *rest)


def overlaps(among: int, options: int, least: int, most: int) -> Iterator[Table]:
    """How often each option can have been chosen, if everyone chose between `least` and `most` of them."""
    for counts in product(range(among + 1), repeat=options):
        if least * among <= sum(counts) <= most * among:
            yield counts


def attack(tables: Iterable[Table], show: Callable[[Table], Sequence[Figure]], k: int) -> None:
    """Fail where a figure that must not be known is shown, or has one possible value only."""
    seen: dict[tuple[Figure, ...], list[Table]] = defaultdict(list)
    for table in tables:
        seen[tuple(show(table))].append(table)
    assert seen
    for shown, possible in seen.items():
        for index, figure in enumerate(shown):
            values = {table[index] for table in possible}
            if isinstance(figure, Hidden):
                assert len(values) >= 2, (shown, possible)
                assert figure is not UNDER or values <= set(range(1, k))
            else:
                assert values == {figure}
                assert figure not in range(1, k)


@pytest.mark.parametrize(
    ("cells", "totals", "k"),
    [
        (2, range(5, 40), 5),
        (3, range(5, 34), 5),
        (4, range(5, 25), 5),
        (5, range(9, 22, 4), 5),
        (3, range(10, 34, 3), 10),
    ],
)
def test_no_figure_of_a_partition_can_be_worked_out(cells: int, totals: range, k: int) -> None:
    for total in totals:
        attack(partitions(total, cells), lambda table: protect(table, k=k), k)


@pytest.mark.parametrize(
    ("among", "options", "least", "most", "k"),
    [
        (12, 3, 1, 3, 5),
        (12, 3, 1, 2, 5),
        (14, 3, 1, 1, 5),
        (17, 3, 2, 2, 5),
        (9, 4, 1, 4, 5),
        (11, 4, 3, 3, 5),
        (14, 2, 1, 2, 10),
    ],
)
def test_no_figure_of_several_choices_can_be_worked_out(
    among: int, options: int, least: int, most: int, k: int
) -> None:
    def show(table: Table) -> Sequence[Figure]:
        return protect_choices(table, among=among, least=least, most=most, k=k)

    attack(overlaps(among, options, least, most), show, k)
    for table in overlaps(among, options, least, most):
        for count, figure in zip(table, show(table), strict=True):
            assert isinstance(figure, Hidden) or among - count not in range(1, k), "what is left out counts as well"


def test_nothing_is_hidden_without_need() -> None:
    assert protect([12, 7, 0, 31]) == [12, 7, 0, 31]
    assert protect_choices([12, 7, 0, 20], among=20) == [12, 7, 0, 20]


def test_a_small_figure_takes_the_smallest_larger_one_with_it() -> None:
    assert protect([31, 3, 12, 0, 20]) == [31, UNDER, WITHHELD, 0, 20]


def test_two_small_figures_whose_sum_says_all_take_a_larger_one_with_them() -> None:
    assert protect([1, 1, 40, 60]) == [UNDER, UNDER, WITHHELD, 60]


def test_a_figure_withheld_because_it_is_the_smallest_is_not_pinned_by_the_next() -> None:
    """Of 44 hidden, at most 40 could be the larger one if 40 is what comes next: so the small one would be 4."""
    assert protect([4, 40, 40, 90]) == [UNDER, WITHHELD, WITHHELD, 90]


def test_where_only_noughts_would_be_left_all_is_withheld() -> None:
    assert protect([4, 4, 0]) == [WITHHELD] * 3


def test_a_sum_that_is_withheld_takes_a_figure_with_it() -> None:
    assert protect([12, 30, 50], beside=(3, (1, 4))) == [WITHHELD, 30, 50]


def test_of_several_choices_one_that_leaves_few_out_is_hidden() -> None:
    assert protect_choices([57, 30, 20], among=60) == [NEARLY_ALL, 30, 20]
    assert protect_choices([57, 30, 20], among=57, known=(56, 59)) == [NEARLY_ALL, 30, 20]


def test_where_everyone_chooses_one_the_choices_add_up_and_are_treated_so() -> None:
    assert protect_choices([3, 17, 40], among=60, most=1) == [UNDER, WITHHELD, 40]


def test_k_can_be_raised() -> None:
    assert protect([9, 14, 40], k=10) == [UNDER, WITHHELD, 40]
