"""Attack on cross-tables: every small table that has the same sums and looks the same, and what it leaves possible."""

from collections import Counter
from itertools import product
from random import Random

import pytest

from tests.consultation.findings.test_freezing import Given, definition, frozen
from workshop.consultation.findings.disclosing.crossing import choices, cross, protected
from workshop.consultation.findings.suppression import Figure, Hidden, protect
from workshop.consultation.findings.tabulation import tabulate

K = 3


def shown(table: list[list[int]]) -> tuple[tuple[Figure, ...], ...] | None:
    rows = protect([sum(row) for row in table], k=K)
    columns = protect([sum(column) for column in zip(*table, strict=True)], k=K)
    cells = protected(table, rows, columns, k=K)
    return None if cells is None else (*map(tuple, cells), tuple(rows), tuple(columns))


def test_no_small_figure_can_be_worked_out() -> None:
    """All tables of up to ten people in two rows and three columns, grouped by what a reader sees of them."""
    seen: dict[object, list[tuple[int, ...]]] = {}
    for cells in product(range(7), repeat=6):
        if sum(cells) == 10:
            seen.setdefault(shown([list(cells[:3]), list(cells[3:])]), []).append(cells)
    told = {view: tables for view, tables in seen.items() if view is not None}
    assert len(told) > 50, "something is shown at all"
    for view, tables in told.items():
        figures = [*view[0], *view[1]]  # type: ignore[index]
        for index, figure in enumerate(figures):
            values = {cells[index] for cells in tables}
            if isinstance(figure, Hidden):
                assert len(values) > 1, (view, tables)
            else:
                assert not 0 < figure < K, view


@pytest.mark.parametrize("seed", range(6))
def test_sums_and_cells_are_those_of_a_plain_count(seed: int) -> None:
    dice = Random(seed)
    given = [Given({"one": dice.choice("yn"), "scale": dice.randint(1, 3)}) for _ in range(80)]
    sheet = tabulate(frozen(given), definition())[1]
    table = cross(sheet, "one", "scale")
    counted = Counter((each.answers["one"], each.answers["scale"]) for each in given)
    assert table.cells is not None
    for row, code in zip(table.cells, ("y", "n"), strict=True):
        for figure, step in zip(row, (1, 2, 3), strict=True):
            assert isinstance(figure, Hidden) or figure == counted[code, step]


def test_bands_are_offered_only_where_they_tell_no_more_than_their_table() -> None:
    """The table joins small bands and hides small figures; a finer division beside it would tell them by subtraction."""

    def offered(given: list[Given]) -> set[str]:
        return {name for name, _title in choices(tabulate(frozen(given), definition())[1])}

    answered = [Given({"number": n, "money": {"amount": str(n), "currency": "CHF"}}) for n in range(40)]
    assert {"~number", "~money.CHF"} <= offered([*answered, *[Given({"one": "y"})] * 9])
    assert not {"~number", "~money.CHF"} & offered([*answered, *[Given({"one": "y"})] * 3]), "three gave no answer"
    finer = frozen(answered)
    column = next(each for each in finer.columns if each.question == "~number")
    column.options, column.codes = ["<3", "≥3"], bytes([2] * 3 + [3] * 37)  # as snapshots were frozen once
    assert "~number" not in {name for name, _title in choices(tabulate(finer, definition())[1])}


def test_money_is_crossed_with_who_answered() -> None:
    given = [
        Given({"money": {"amount": str(100 + n), "currency": "CHF"}, "one": "y" if n % 4 else "n"}) for n in range(120)
    ]
    table = cross(tabulate(frozen(given), definition())[1], "~money.CHF", "one")
    assert table.rows.title == {"en": "money (CHF)"}
    assert [str(label) for label in table.rows.labels] == [
        "Less than 130", "130 to less than 160", "160 to less than 190", "190 or more",
    ]  # fmt: skip
    assert table.cells is not None
    counted = Counter((n // 10, "y" if n % 4 else "n") for n in range(120))
    assert sum(figure for row in table.cells for figure in row if not isinstance(figure, Hidden)) == sum(
        counted.values()
    )


def test_only_what_has_few_answers_and_nobody_in_it_is_offered() -> None:
    given = [Given({"one": "y" if n % 2 else "n", "name": "Casa", "number": n, "many": ["y"]}) for n in range(60)]
    names = [name for name, _title in choices(tabulate(frozen(given), definition())[1])]
    assert "one" in names
    assert not {"name", "number", "kind"} & set(names)
