"""Which words of a workshop are meant by one that was typed: the word itself, its beginning, or nearly it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from .query_terms import Term

EXACT, BEGINNING, ONE_SLIP, TWO_SLIPS = 8, 4, 3, 1
REMEMBERED = 500  # words asked for, in each list
Matches = dict[str, int]  # word → how well it fits


def mistakes_forgiven(word: str) -> int:
    """Short words and numbers must be right; in four letters one slip is forgiven, in eight two."""
    if not word.isalpha():
        return 0
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


class WordList:
    """All words of a workshop, in the orders in which they are looked through."""

    def __init__(self, words: Iterable[str]) -> None:
        self._sorted = sorted(words)
        self._all = set(self._sorted)
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for word in self._sorted:
            self._by_length.setdefault(len(word), []).append((letters_of(word), word))
        self._fitting: dict[str, Matches] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._all

    def beginning(self, word: str) -> Iterator[str]:
        for place in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[place].startswith(word):
                return
            yield self._sorted[place]

    def nearly(self, word: str, most: int) -> Iterator[str]:
        """Those that can be within so many slips: of that length, and with a piece of it unchanged."""
        # A slip spoils two of the pieces at the worst.
        any_piece = re.compile("|".join(map(re.escape, _pieces(word, 2 * most + 1)))).search
        letters, differing = letters_of(word), 2 * most  # a slip brings one letter in and takes one out
        for length in range(len(word) - most, len(word) + most + 1):
            for others, other in self._by_length.get(length, ()):
                if (letters ^ others).bit_count() <= differing and any_piece(other):
                    yield other

    def fitting(self, word: str) -> Matches:
        """The words of the list that may be meant; found once, as the list does not change."""
        if (known := self._fitting.get(word)) is None:
            if len(self._fitting) >= REMEMBERED:
                self._fitting.clear()
            known = self._fitting[word] = fitting(word, self)
        return known


def letters_of(word: str) -> int:
    """Which letters are in a word, as bits; far alphabets share some, which lets a word through and never keeps it out."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def fitting(word: str, words: WordList) -> Matches:
    """The words of the list that may be meant."""
    most, found = mistakes_forgiven(word), dict[str, int]()
    if most:
        for other in words.nearly(word, most):
            # Two slips are forgiven where the word at least begins alike.
            if (count := slips(word, other, most)) <= most and (count < 2 or word[0] == other[0]):
                found[other] = ONE_SLIP if count < 2 else TWO_SLIPS
    if len(word) >= 3 and word.isalpha():
        found.update(dict.fromkeys(words.beginning(word), BEGINNING))
    if word in words:
        found[word] = EXACT
    return found


def _pieces(word: str, count: int) -> list[str]:
    """The word in `count` pieces of nearly the same length."""
    edges = [round(place * len(word) / count) for place in range(count + 1)]
    return [word[start:end] for start, end in pairwise(edges) if end > start]


def slips(one: str, two: str, most: int) -> int:
    """How many letters are added, left out, changed or swapped with their neighbour; more than `most` is most + 1."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(two, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                least = min(least, older[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]


def for_terms(terms: Iterable[Term], vocabulary: WordList) -> list[tuple[Matches, list[Matches]]]:
    """For each term the words that fit it, and for a compound those that fit each of its parts."""
    found = []
    for term in terms:
        whole = dict(vocabulary.fitting(term.word))
        for other in term.others:
            for word, quality in vocabulary.fitting(other).items():
                whole[word] = max(quality, whole.get(word, 0))
        found.append((whole, [vocabulary.fitting(part) for part in term.parts]))
    return found
