"""What was worked out of a snapshot, found again while this process lives.

Its answers never change once it is frozen, and counting a hundred thousand takes a second. What comes of it goes by the key
of the snapshot and all else that it depends on, so a change is another name and is seen at once. What nobody has asked for
in the longest time goes first.

Each process counts for itself: that is cheaper than to put tables into words for another one and to read them there.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")
MOST = 100  # results; the tables of a snapshot take some hundred kilobytes


class CountedOnce:
    """Results by name. What is given out is shared by all who ask, so nobody changes it."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, threading.Lock()
        self._found: OrderedDict[Hashable, Any] = OrderedDict()

    def find(self, name: Hashable, count: Callable[[], Found]) -> Found:
        """What has this name; counted where it is not known. Two who ask at the same moment may both count."""
        with self._lock:
            if name in self._found:
                self._found.move_to_end(name)
                known: Found = self._found[name]
                return known
        counted = count()
        with self._lock:
            self._found[name] = counted
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return counted

    def forget(self) -> None:
        with self._lock:
            self._found.clear()


# One for the process: the key of a snapshot is a secret of chance, so that no other database has the same one.
once = CountedOnce()
