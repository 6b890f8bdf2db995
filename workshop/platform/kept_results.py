"""What costs much to work out is kept in this process as long as the rows that it was worked out of say the same.

Whoever keeps something names it by the text of those rows (`text_of`), whole, so that no change can be overlooked,
whichever way it was made; reading them as text costs a twentieth of loading them.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from functools import reduce
from hashlib import blake2b
from operator import add
from typing import TypeVar

from flask import Flask, current_app
from sqlalchemy import ColumnElement, ScalarSelect, Text, cast, func, literal, select

from workshop.platform.db import Base

Result = TypeVar("Result")
ROOM = 200  # results; the one longest not asked for goes first
NOTHING, BETWEEN, NEXT = "\x18", "\x1f", "\x1e"  # what stands for no value, between two values, after a row


class ResultStore:
    """Results by name."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable) -> object:
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


def get(name: Hashable) -> object:
    """What is kept under that name; None where nothing is."""
    return _store().get(name)


def put(name: Hashable, result: Result) -> Result:
    """Keep it for all: nobody may alter it, and no row of a database may be in it."""
    return _store().put(name, result)


def _store() -> ResultStore:
    store: ResultStore = current_app.extensions["results"]
    return store


def text_of(kind: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[str]:
    """All that these rows of a table say in all its columns, as one text."""
    values = [func.coalesce(cast(column, Text), NOTHING) + BETWEEN for column in kind.__table__.columns]
    line: ColumnElement[str] = reduce(add, values, literal(""))
    return select(func.coalesce(func.aggregate_strings(line, NEXT), "")).where(*conditions).scalar_subquery()


def digest(texts: tuple[str, ...]) -> str:
    """A short name for texts."""
    return blake2b(repr(texts).encode(), digest_size=16).hexdigest()


def init_app(app: Flask) -> None:
    app.extensions["results"] = ResultStore()
