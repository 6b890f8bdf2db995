"""What is written down when a row changes: each class says so itself, field by field; nothing else is ever kept.

    RECORDED: ClassVar = Recorded(_l("Room"), lambda row: row.name, "name seats position")

No database, no request, no clock.
"""

import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from workshop.platform.db import Words

Named = Callable[..., object]  # given the row, a text, or one per language
DOING = ContextVar[int | None]("the account on whose behalf a worker works", default=None)


@contextmanager
def on_behalf_of(account: int | None) -> Iterator[None]:
    """What a worker changes inside was changed by the person who asked for it."""
    before = DOING.set(account)
    try:
        yield
    finally:
        DOING.reset(before)


class Recorded:
    """The kind of thing as people call it, how they name one, and the attributes whose change is told.

    `part_of` is the attribute that leads to the row it is a part of, whose history tells of it too. `about` leads to an
    account: its name is not copied, so that it goes when the account does.
    """

    def __init__(self, kind: object, name: Named, fields: str, *, part_of: str = "", about: str = "") -> None:
        self.kind = kind
        self.fields = tuple(fields.split())
        self.part_of, self.about = part_of, about
        self._name = name

    def name_of(self, row: object) -> Words:
        """How people know the row, in the languages it has a name in; "" is the key of a name without language."""
        name = self._name(row)
        return Words(name) if isinstance(name, dict) else Words({"": str(name)})


def numbered(number: int, title: Words) -> Words:
    """A title after its number, in each language."""
    return Words({code: f"{number}: {text}" for code, text in title.items()} or {"": str(number)})


def plain(value: object) -> object:
    """A value as JSON holds it; another row is there by its name."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {code: plain(text) for code, text in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if recorded := getattr(value, "RECORDED", None):
        return dict(recorded.name_of(value))
    return value
