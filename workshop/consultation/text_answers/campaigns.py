"""Campaigns: letters that many people sent nearly word for word. They are counted apart, never deleted.

Each text is a set of its neighbouring pairs of words; the ten lowest of their scrambled marks stand for it. Texts that
share some of these are compared as a whole, and those nearly alike are put together. No database, no request, no clock.
"""

import itertools
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

WORD = re.compile(r"\w+")
ALIKE, MARKS, MOST_AT_MARK = 0.45, 10, 64
SMALLEST = 5  # fewer are no campaign


def pairs_of(text: str) -> set[int]:
    """A mark of each pair of neighbouring words; the same at every run."""
    words = WORD.findall(text.casefold())
    return {zlib.crc32(f"{one} {two}".encode()) for one, two in itertools.pairwise(words)}


def find_campaigns(texts: Iterable[str]) -> list[int]:
    """The campaign of each text, numbered from 1 by size; 0 for those in none."""
    groups = _Groups()
    for index, text in enumerate(texts):
        groups.add(index, pairs_of(text))
    roots = [groups.root(index) for index in range(groups.count)]
    sizes = Counter(roots)
    largest: Sequence[int] = [root for root, size in sizes.most_common() if size >= SMALLEST]
    numbers = {root: number for number, root in enumerate(largest, 1)}
    return [numbers.get(root, 0) for root in roots]


class _Groups:
    def __init__(self) -> None:
        self.where: dict[int, list[int]] = defaultdict(list)
        self.pairs: dict[int, set[int]] = {}
        self.above: dict[int, int] = {}
        self.count = 0

    def root(self, index: int) -> int:
        while (above := self.above.get(index, index)) != index:
            self.above[index] = self.above.get(above, above)
            index = above
        return index

    def add(self, index: int, pairs: set[int]) -> None:
        self.count = index + 1
        if len(pairs) < 3:
            return
        marks = sorted(pairs, key=lambda mark: mark * 0x9E3779B1 & 0xFFFFFFFF)[:MARKS]
        shared = Counter(other for mark in marks for other in self.where.get(mark, ()))
        for other, number in shared.most_common(8):
            if number < 2:
                break
            if self.root(index) != self.root(other) and self._alike(pairs, self.pairs[other]):
                self.above[self.root(index)] = self.root(other)
        free = [mark for mark in marks if len(self.where[mark]) < MOST_AT_MARK]
        if free:
            self.pairs[index] = pairs
        for mark in free:
            self.where[mark].append(index)

    @staticmethod
    def _alike(one: set[int], two: set[int]) -> bool:
        common = len(one & two)
        return common / (len(one) + len(two) - common) >= ALIKE
