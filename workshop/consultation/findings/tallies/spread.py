"""Where figures lie, told so that no single answer is given away.

A lowest or highest answer is one organisation's figure, and so may a median be. So a figure is printed only with at
least k answers on either side of it, and rounded: the median from 2k answers on, the quarters from 4k on. Instead of
the very lowest and highest, the range runs from the k-th lowest to the k-th highest answer.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from ..result_tables import Spread

STEPS = {"year": Decimal(5), "percent": Decimal(5), "percent_of_amount": Decimal("0.5")}
# Where one band ends and the next begins, by unit.
BANDS = {
    "year": (1960, 1970, 1980, 1990, 2000, 2010, 2020),
    "persons": (10, 50, 100, 500, 1000),
    "percent": (20, 40, 60, 80),
    "percent_of_amount": (2, 4, 6, 8, 10),
}


def round_to_unit(value: Decimal, unit: str = "") -> Decimal:
    """To the step of the unit, else to two leading digits: 1998 → 2000 (year), 12 345 → 12000."""
    step = STEPS.get(unit) or Decimal(10) ** max(value.adjusted() - 1, -2)
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def spread_of(values: Sequence[Decimal], *, k: int, unit: str = "") -> Spread | None:
    """The spread of values in ascending order; None where there are fewer than 2k."""
    n = len(values)
    if n < 2 * k:
        return None
    half = n // 2
    quarters = (median(values[:half]), median(values[-half:])) if n >= 4 * k else None
    return Spread(
        median=round_to_unit(median(values), unit),
        lower=round_to_unit(quarters[0], unit) if quarters else None,
        upper=round_to_unit(quarters[1], unit) if quarters else None,
        lowest=round_to_unit(values[k - 1], unit),
        highest=round_to_unit(values[-k], unit),
    )


@dataclass(frozen=True)
class Band:
    """From `begins` to less than `ends`; None is without end."""

    begins: int | None
    ends: int | None
    count: int


def count_bands(values: Sequence[Decimal], unit: str, *, k: int) -> list[Band]:
    """How many of the values (in ascending order) lie in each band of the unit; nothing for a unit without bands.

    A band is widened upwards until k answers lie in it, the last one downwards.
    """
    edges = BANDS.get(unit, ())
    begins, counted, bands = None, 0, list[Band]()
    for place in _wide_enough(values, edges, k=k):
        below = bisect_left(values, edges[place])
        bands.append(Band(begins, edges[place], below - counted))
        begins, counted = edges[place], below
    return [*bands, Band(begins, None, len(values) - counted)] if edges else []


def cuts(values: Sequence[Decimal], unit: str, *, k: int) -> list[Decimal]:
    """Where answers are divided for a cross-table: as in the table of the question; where the unit has no bands, at the
    quarters that its table tells. No part holds fewer than k answers, so the parts tell nothing that the table hides."""
    spread = spread_of(values, k=k, unit=unit)
    quarters = {spread.lower, spread.median, spread.upper} if spread else set()
    edges = [*map(Decimal, BANDS.get(unit, ()))] or sorted(each for each in quarters if each is not None)
    return [edges[place] for place in _wide_enough(values, edges, k=k)]


def _wide_enough(values: Sequence[Decimal], edges: Iterable[int | Decimal], *, k: int) -> Iterator[int]:
    """Which edges stay, by their place, where each band is to hold k of the values."""
    counted = 0
    for place, edge in enumerate(edges):
        below = bisect_left(values, edge)
        if below - counted >= k and len(values) - below >= k:
            counted = below
            yield place
