"""Answers that say nearly the same as those that have a code already. No database, no request, no clock.

Each text is weighed by its words, the rarer the heavier; what lies nearest to the coded ones together comes first. It only
proposes: a person reads each, and decides.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping

from .campaigns import WORD

MOST, SHORTEST_WORD, NEAR = 10, 4, 0.1


def suggest(texts: Mapping[int, str], coded: Collection[int]) -> list[int]:
    """The uncoded texts nearest to the coded ones, the nearest first."""
    words = {id: _words(text) for id, text in texts.items()}
    examples = [words[id] for id in coded if id in words]
    if not examples:
        return []
    found_in = Counter(word for each in words.values() for word in set(each))
    weight = {word: math.log(1 + len(words) / number) for word, number in found_in.items()}
    centre: Counter[str] = Counter()
    for each in examples:
        for word in each:
            centre[word] += 1
    pull = {word: number / len(examples) * weight[word] for word, number in centre.items()}
    near = {id: _likeness(each, pull, weight) for id, each in words.items() if id not in coded}
    best = sorted((-likeness, id) for id, likeness in near.items() if likeness >= NEAR)
    return [id for _likeness, id in best[:MOST]]


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(text.casefold()) if len(word) >= SHORTEST_WORD}


def _likeness(words: Collection[str], pull: Mapping[str, float], weight: Mapping[str, float]) -> float:
    """The cosine of the angle between a text and the coded ones together."""
    product = sum(pull.get(word, 0.0) * weight[word] for word in words)
    lengths = math.sqrt(sum(each * each for each in pull.values())) * math.sqrt(sum(weight[w] ** 2 for w in words))
    return product / lengths if lengths else 0.0
