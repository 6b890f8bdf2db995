"""How far a hidden figure can move, against every table that has the same sums."""

from itertools import product
from random import Random

import pytest

from workshop.consultation.findings.disclosing.flows import SINK, SOURCE, Network

HIDDEN = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)}


def network(table: list[list[int]]) -> Network:
    made, whole = Network(), sum(map(sum, table))
    for i, row in enumerate(table):
        made.add((SOURCE, ("row", i)), sum(row), (sum(row), sum(row)))
        for j, count in enumerate(row):
            made.add((("row", i), ("column", j)), count, (0, whole) if (i, j) in HIDDEN else (count, count))
    for j, total in enumerate(map(sum, zip(*table, strict=True))):
        made.add((("column", j), SINK), total, (total, total))
    made.add((SINK, SOURCE), whole, (whole, whole))
    return made


@pytest.mark.parametrize("seed", range(5))
def test_reach_is_that_of_all_tables_with_the_same_sums(seed: int) -> None:
    dice = Random(seed)
    table = [[dice.randint(0, 3) for _ in range(2)] for _ in range(3)]
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    possible = []
    for cells in product(range(max(rows) + 1), repeat=6):
        other = [list(cells[0:2]), list(cells[2:4]), list(cells[4:6])]
        alike = all(other[i][j] == table[i][j] for i in range(3) for j in range(2) if (i, j) not in HIDDEN)
        if (
            alike
            and [sum(row) for row in other] == rows
            and [sum(column) for column in zip(*other, strict=True)] == columns
        ):
            possible.append(other)
    for i, j in HIDDEN:
        values = [other[i][j] for other in possible]
        assert network(table).reach((("row", i), ("column", j))) == (min(values), max(values))
