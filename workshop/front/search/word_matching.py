"""Which words of a workshop are meant by one that was typed: the word itself, its beginning, or nearly it."""

from collections.abc import Iterable
from itertools import pairwise

from .query_terms import Term

EXACT, BEGINNING, ONE_SLIP, TWO_SLIPS = 8, 4, 3, 1
Matches = dict[str, int]  # word → how well it fits


def mistakes_forgiven(word: str) -> int:
    """Short words and numbers must be right; in four letters one slip is forgiven, in eight two."""
    if not word.isalpha():
        return 0
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def fitting(word: str, vocabulary: Iterable[str]) -> Matches:
    """The words of the vocabulary that may be meant."""
    most, length = mistakes_forgiven(word), len(word)
    # Whatever is within `most` slips has one of these pieces unchanged: a slip spoils two of them at the worst.
    pieces = _pieces(word, 2 * most + 1) if most else []
    letters = set(word)  # a slip brings one letter in and takes one out
    begins = length >= 3 and word.isalpha()
    found: Matches = {}
    for other in vocabulary:
        if other == word:
            found[other] = EXACT
        elif begins and other.startswith(word):
            found[other] = BEGINNING
        elif (
            most
            and -most <= len(other) - length <= most
            and len(letters.symmetric_difference(other)) <= 2 * most
            and any(piece in other for piece in pieces)
            and (count := slips(word, other, most)) <= most
            # Two slips are forgiven where the word at least begins alike.
            and (count < 2 or word[0] == other[0])
        ):
            found[other] = ONE_SLIP if count < 2 else TWO_SLIPS
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


def for_terms(terms: Iterable[Term], vocabulary: set[str]) -> list[tuple[Matches, list[Matches]]]:
    """For each term the words that fit it, and for a compound those that fit each of its parts."""
    found = []
    for term in terms:
        whole = fitting(term.word, vocabulary)
        for other in term.others:
            for word, quality in fitting(other, vocabulary).items():
                whole[word] = max(quality, whole.get(word, 0))
        found.append((whole, [fitting(part, vocabulary) for part in term.parts]))
    return found
