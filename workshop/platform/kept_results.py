"""What costs much to work out is kept in this process, under a name that tells all that it was worked out of.

Where rows change, the name is their text (`text_of`), whole, so that no change can be overlooked, whichever way it was
made; reading them as text costs a twentieth of loading them. A frozen snapshot is named by its key, a secret of chance that no
other database has. So a change is another name and is seen at once.

Each process works out for itself: that is cheaper than to put results into words for another one and to read them there.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import reduce
from hashlib import blake2b
from operator import add
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, Text, cast, func, literal, select

from workshop.platform.db import Base

Result = TypeVar("Result")
ROOM = 200  # results; the one longest not asked for goes first
NOTHING, BETWEEN, NEXT = "\x18", "\x1f", "\x1e"  # what stands for no value, between two values, after a row


class ResultStore:
    """Results by name. What is given out is shared by all who ask: nobody alters it, and no row of a database is in it."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, name: Hashable, work_out: Callable[[], Result]) -> Result:
        """What has this name; worked out where it is not known. Two who ask at the same moment may both do so."""
        known = self.get(name)
        return self.put(name, work_out()) if known is None else known  # type: ignore[return-value]  # the name says what it is

    def get(self, name: Hashable) -> object:
        """What is kept under that name; None where nothing is."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def put(self, name: Hashable, result: Result) -> Result:
        with self._lock:
            self._kept[name] = result
            self._kept.move_to_end(name)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return result

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


results = ResultStore()  # one for the process


def text_of(kind: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[str]:
    """All that these rows of a table say in all its columns, as one text."""
    values = [func.coalesce(cast(column, Text), NOTHING) + BETWEEN for column in kind.__table__.columns]
    line: ColumnElement[str] = reduce(add, values, literal(""))
    return select(func.coalesce(func.aggregate_strings(line, NEXT), "")).where(*conditions).scalar_subquery()


def digest(texts: tuple[str, ...]) -> str:
    """A short name for texts."""
    return blake2b(repr(texts).encode(), digest_size=16).hexdigest()
