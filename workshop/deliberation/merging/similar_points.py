"""Points that use much the same words, to be looked at by a person. No database, no request, no clock.

Words are cut into pieces of three letters, so that endings matter little and every language is treated alike; pieces
weigh the more the fewer points have them, and two points are alike by the cosine of their pieces.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from workshop.deliberation.capture.models import Point

ALIKE = 0.4
MOST_SUGGESTED = 12
PIECE = 3  # letters
Weights = dict[str, float]


def suggestions(points: Sequence[Point], clusters: Iterable[set[int]]) -> list[tuple[Point, Point]]:
    """Pairs of standing points under questions of the same words, most alike first, that are in no common cluster."""
    together = {frozenset(pair) for each in clusters for pair in combinations(each, 2)}
    standing = [point for point in points if point.struck_at is None]
    weights = weights_of(standing)
    found = []
    for one, other in combinations(standing, 2):
        if frozenset((one.id, other.id)) not in together:
            alike = cosine(weights[one.id], weights[other.id])
            if alike >= ALIKE:
                found.append((-alike, one.id, other.id, one, other))
    return [(one, other) for *_order, one, other in sorted(found, key=lambda each: each[:3])[:MOST_SUGGESTED]]


def weights_of(points: Sequence[Point]) -> dict[int, Weights]:
    """The pieces of each point, those that most points share weighing least; each set has length one."""
    counted = {point.id: Counter(pieces(point.text)) for point in points}
    spread = Counter(piece for words in counted.values() for piece in words)
    found = {}
    for id, words in counted.items():
        raw = {piece: many * (1 + math.log(len(points) / spread[piece])) for piece, many in words.items()}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1
        found[id] = {piece: value / length for piece, value in raw.items()}
    return found


def cosine(one: Weights, other: Weights) -> float:
    small, large = sorted((one, other), key=len)
    return sum(value * large.get(piece, 0.0) for piece, value in small.items())


def pieces(text: str) -> list[str]:
    """Every three letters in a row of each word, its edges marked."""
    words = (f" {word} " for word in re.findall(r"\w+", text.casefold()))
    return [word[start : start + PIECE] for word in words for start in range(len(word) - PIECE + 1)]
