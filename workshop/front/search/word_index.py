"""The entries of a workshop by their words: built once for each state of what can be found, kept while nothing changes."""

import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from .index_entries import Entry
from .word_matching import Matches, WordList

KEPT = 6  # indexes in each process; one of 400 papers of 4,000 words takes about 10 MB


class SearchIndex:
    """Where each word stands: in which entries, by their place in the list."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._places: dict[str, array[int]] = {}
        for place, entry in enumerate(entries):
            for word in entry.own_words | entry.take_file_words():
                self._places.setdefault(word, array("I")).append(place)

    @cached_property
    def words(self) -> WordList:
        return WordList(self._places)

    def with_words(self, matches: Matches) -> dict[int, set[str]]:
        """The entries in which any of these words stand, each with those that do."""
        found: dict[int, set[str]] = {}
        for word in matches:
            for place in self._places.get(word, ()):
                found.setdefault(place, set()).add(word)
        return found

    def files_with(self, words: Iterable[str]) -> list[int]:
        """The files in which all of these words stand, wherever."""
        places = set.intersection(*(set(self._places.get(word, ())) for word in words))
        return [file for place in places if (file := self.entries[place].file)]


State = tuple[object, ...]


class IndexStore:
    """The last indexes asked for. Their names hold the state of what they were made of, so that none is ever out of date."""

    def __init__(self) -> None:
        self._kept: OrderedDict[State, SearchIndex] = OrderedDict()
        self._lock = threading.Lock()

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def get(self, state: State, make: Callable[[], Sequence[Entry]]) -> SearchIndex:
        with self._lock:
            if found := self._kept.get(state):
                self._kept.move_to_end(state)
                return found
        made = SearchIndex(make())  # two may make it at once: both are right
        with self._lock:
            self._kept[state] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made
