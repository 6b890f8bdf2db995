"""Attack over time: two snapshots of one questionnaire side by side, all that look alike put together."""

from itertools import product

import pytest

from workshop.consultation.findings.disclosing.ledger import Cell, TableFacts, closest, narrow
from workshop.consultation.findings.models import Precision
from workshop.consultation.findings.suppression import Hidden, nearest, protect

EXACT, ROUNDED, WITHHELD = Precision.EXACT, Precision.ROUNDED, Precision.WITHHELD
K = 3


def table(*counts: int) -> TableFacts:
    figures = protect(list(counts), k=K)
    cells = {
        name: Cell(count, figure if isinstance(figure, Hidden) else None)
        for name, count, figure in zip("abc", counts, figures, strict=False)
        if count
    }
    return TableFacts({"Q": cells}, {}, sum(counts), K)


def seen(shown: TableFacts, precision: Precision) -> tuple[object, ...]:
    """What a reader sees of it."""
    if precision is WITHHELD:
        return ("withheld", shown.responses)
    cells = shown.partitions["Q"]
    figures = tuple(
        cell.hidden or (nearest(cell.count, K) if precision is ROUNDED else cell.count)
        for cell in (cells.get(name, Cell(0)) for name in "abc")
    )
    return (precision, *figures, shown.responses)


def test_shown_again_the_same_is_exact() -> None:
    assert closest(table(20, 30, 9), [(table(20, 30, 9), EXACT)], rounded=False) is EXACT


@pytest.mark.parametrize(
    ("before", "now", "precision"),
    [
        ((20, 30), (23, 33), EXACT),  # three more everywhere
        ((20, 30), (20, 40), EXACT),  # nobody, and ten
        ((20, 30), (21, 39), WITHHELD),  # one of the ten new ones is alone
        ((20, 30), (19, 31), WITHHELD),  # somebody changed her mind
        ((2, 30), (2, 33), EXACT),
        ((2, 30), (5, 30), WITHHELD),  # hidden once, then shown
    ],
)
def test_beside_exact_figures(before: tuple[int, int], now: tuple[int, int], precision: Precision) -> None:
    assert closest(table(*now), [(table(*before), EXACT)], rounded=False) is precision


def test_beside_rounded_figures_later_ones_are_exact() -> None:
    """The interim results ten minutes after the cut-off, and the final ones a week later."""
    assert closest(table(21, 29), [], rounded=True) is ROUNDED
    assert closest(table(23, 38), [(table(21, 29), ROUNDED)], rounded=False) is EXACT


def test_narrow_uses_the_known_sum() -> None:
    assert narrow({"a": (1, 4), "b": (18, 22)}, 23) == {"a": (1, 4), "b": (19, 22)}


@pytest.mark.parametrize(("before", "rounded"), [(EXACT, False), (ROUNDED, False), (EXACT, True), (ROUNDED, True)])
def test_no_difference_of_few_people_can_be_worked_out(before: Precision, rounded: bool) -> None:
    """Every pair of tables of two answers where people were only added; k is three."""
    pairs: dict[object, set[tuple[int, int, int, int]]] = {}
    told = 0
    for a, b in product(range(12), repeat=2):
        old = table(a, b)
        if a + b > 11 or old.responses < 2 * K or (before is ROUNDED and closest(old, [], rounded=True) is WITHHELD):
            continue
        for more, further in product(range(9), repeat=2):
            if more + further > 8:
                continue
            new = table(a + more, b + further)
            now = closest(new, [(old, before)], rounded=rounded)
            if now is not WITHHELD:
                told += 1
                key = (seen(old, before), seen(new, now))
                pairs.setdefault(key, set()).add((a, b, more, further))
    assert told > 50, "the rule is of use"
    for view, possible in pairs.items():
        for place in (2, 3):
            differences = {each[place] for each in possible}
            assert len(differences) > 1 or not 0 < min(differences) < K, (view, possible)
        for place in (0, 1):
            counts = {each[place] for each in possible}
            assert len(counts) > 1 or not 0 < min(counts) < K, (view, possible)
