"""Which figures of a table may be shown, so that no small one can be read or worked out.

A figure from 1 to k-1 stands for so few people that they could be recognised: it is hidden ("under 5"). So is one
that leaves so few out ("all or nearly all"). Where sums would give a hidden figure away by subtraction, larger
figures are withheld with it, the smallest first. Nought may be shown.

The reader is taken to know k, the sums and this very program. So what is decided here may depend on a hidden figure
only in ways that leave it open: test_suppression.py and test_partitions.py work through every small table,
put those together that look alike, and find at least two possible values for each figure that is hidden.
"""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Question
from workshop.platform.labels import Labelled

K = 5
K_SENSITIVE = 10  # k is only ever raised


class Hidden(Labelled):
    """Why a figure is not shown."""

    UNDER = "under", _l("under %(k)s", k=K)
    NEARLY_ALL = "nearly_all", _l("all or nearly all")
    WITHHELD = "withheld", _l("withheld")

    def label_at(self, k: int) -> str:
        """The label where figures under this `k` are hidden."""
        return _l("under %(k)s", k=k) if self is Hidden.UNDER else self.label


Figure = int | Hidden
Range = tuple[int, int]  # the lowest and highest value that a reader must find possible


def threshold(question: Question) -> int:
    """The k of a question: figures under it are not shown."""
    return K_SENSITIVE if question.sensitive else K


def is_small(count: int, k: int = K) -> bool:
    return 0 < count < k


def nearest(count: int, k: int) -> int:
    """A figure rounded to the nearest multiple of k."""
    return k * ((count + k // 2) // k)


def protect(counts: Sequence[int], *, beside: tuple[int, Range] | None = None, k: int = K) -> list[Figure]:
    """The cells of a partition, whose sum is known, as they may be shown.

    `beside`: one more cell of it that is hidden elsewhere, and what values must remain possible there.
    """
    small = {index: (1, k - 1) for index, count in enumerate(counts) if is_small(count, k)}
    cells: list[int] = [*counts]
    ranges: dict[int, Range] = {**small}
    if beside:
        ranges[len(cells)] = beside[1]
        cells.append(beside[0])
    if not ranges:
        return [*counts]
    taken = _cover(cells, ranges, (sum(cells), sum(cells)), k=k)
    open_cells = [
        index for index, count in enumerate(counts) if count and index not in small and index not in (taken or ())
    ]
    if taken is None or (not open_cells and sum(cells) <= (k - 1) * len(cells)):
        return [Hidden.WITHHELD for _ in counts]
    return [Hidden.UNDER if i in small else Hidden.WITHHELD if i in taken else count for i, count in enumerate(counts)]


def protect_choices(
    counts: Sequence[int],
    *,
    among: int,
    known: Range | None = None,
    least: int = 1,
    most: int | None = None,
    also: Mapping[int, Range] | None = None,
    k: int = K,
) -> list[Figure]:
    """How often each option was chosen, where people choose several: cells that overlap, as they may be shown.

    among           how many people chose anything
    known           where that number is hidden itself, the least and most that readers can think it is
    least, most     how many options one person chooses, at least and at most
    also            options to withhold for a reason of the caller's, and what values must remain possible
    """
    fewest, largest = known or (among, among)
    marks: dict[int, Hidden] = {}
    ranges: dict[int, Range] = {}
    for index, count in enumerate(counts):
        if is_small(count, k):
            marks[index], ranges[index] = Hidden.UNDER, (1, k - 1)
        elif count > known[0] - k if known else is_small(among - count, k):
            marks[index], ranges[index] = Hidden.NEARLY_ALL, (fewest - k + 1, largest if known else among - 1)
        elif also and index in also:
            marks[index], ranges[index] = Hidden.WITHHELD, also[index]
    bounds = (least * largest, (most or len(counts)) * fewest)
    taken = _cover(counts, ranges, bounds, k=k, highest=among - k)
    # Where the sum is only bounded, that a figure was taken too would tell how near the bound it lies.
    if taken is None or (taken and bounds[0] != bounds[1]):
        return [Hidden.WITHHELD for _ in counts]
    return [marks.get(i) or (Hidden.WITHHELD if i in taken else count) for i, count in enumerate(counts)]


def _cover(
    counts: Sequence[int], ranges: Mapping[int, Range], bounds: Range, *, k: int, highest: int = 10**9
) -> set[int] | None:
    """The larger cells that must be withheld with those in `ranges`; None where all together are not enough.

    `bounds` are what is known of the sum of all cells. Cells are taken, the smallest first, until each hidden one
    could have any value of its range, although a reader knows that the cells taken are not larger than the next.
    """
    larger = sorted((count, index) for index, count in enumerate(counts) if count >= k and index not in ranges)
    low = sum(low for low, _ in ranges.values())
    widest = max((high - low for low, high in ranges.values()), default=0)
    known = sum(count for count, _ in larger)
    for taken in range(len(larger) + 1):
        limit = min(highest, larger[taken][0] - 1) if taken < len(larger) else highest
        fits_below = low + taken * limit >= bounds[0] - known
        fits_above = low + widest + taken * k <= bounds[1] - known
        if fits_below and fits_above:
            return {index for _, index in larger[:taken]}
        if taken < len(larger):
            known -= larger[taken][0]
    return None
