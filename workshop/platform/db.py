"""One declarative base, one session, one clock and the column kinds that every package uses."""

import enum
import fcntl
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, dataclass_transform

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import (
    DeclarativeBase,
    MappedAsDataclass,
    mapped_column,
    registry,
    relationship,
    scoped_session,
)


class Words(dict[str, str]):
    """One text in several languages: language code to text. Replaced whole, never changed in place."""

    def in_(self, *languages: str) -> tuple[str, str]:
        """The text and its language: the first of `languages` that has one, else whatever there is."""
        for language in (*languages, *self):
            if self.get(language):
                return self[language], language
        return "", languages[0] if languages else "en"

    def having(self, language: str, text: str | None) -> "Words":
        """A copy in which `language` says `text`; an empty text removes that language."""
        rest = {code: words for code, words in self.items() if code != language}
        return Words(rest | ({language: text} if text else {}))


class UTCDateTime(TypeDecorator[datetime]):
    """Aware in Python, UTC in the database (SQLite forgets zones, so they are put back here)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class WordsColumn(TypeDecorator[Words]):
    impl = JSON
    cache_ok = True

    def process_result_value(self, value: dict[str, str] | None, dialect: Dialect) -> Words | None:
        return None if value is None else Words(value)


class WordsListColumn(TypeDecorator[list[Words]]):
    impl = JSON
    cache_ok = True

    def process_result_value(self, value: list[dict[str, str]] | None, dialect: Dialect) -> list[Words] | None:
        return None if value is None else [Words(each) for each in value]


class FinishedDocument(TypeDecorator[object]):
    """JSON that is never changed once it is stored: the same text is read once, and the same object given to all.

    PostgreSQL's driver reads it before it gets here; there it is read each time.
    """

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[object], object] | None:
        return _read_once if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(maxsize=16)
def _read_once(text: str | None) -> object:
    return None if text is None else json.loads(text)


CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
JSON_KINDS = (
    list[str],
    list[int],
    list[dict[str, str]],
    dict[str, str],
    dict[str, int],
    dict[str, int | str],
    dict[str, int | list[str]],
    dict[str, str | dict[str, str]],
    dict[str, dict[str, list[str]]],
    dict[str, object],
)


class Base(DeclarativeBase):
    """Plain on purpose: Flask-SQLAlchemy 3.1 cannot take a dataclass base on SQLAlchemy 2.1."""

    registry = registry(
        metadata=MetaData(naming_convention=CONVENTION),
        type_annotation_map={
            **dict.fromkeys(JSON_KINDS, JSON),
            datetime: UTCDateTime,
            Words: WordsColumn,
            list[Words]: WordsListColumn,
            enum.StrEnum: Enum(
                enum.StrEnum,
                native_enum=False,
                length=32,
                values_callable=lambda kind: [member.value for member in kind],
            ),
        },
    )


raw_decode = json.JSONDecoder().raw_decode


def read_json(stored: str | bytes) -> object:
    """What a column of JSON says. Most say that there is nothing, and what we wrote has no blanks around it: at half of
    the cost of `json.loads`, of which a long list asks thousands of times.
    """
    text = stored if isinstance(stored, str) else stored.decode()
    return {} if text == "{}" else raw_decode(text)[0]


db = SQLAlchemy(model_class=Base, disable_autonaming=True, engine_options={"json_deserializer": read_json})
Database = scoped_session[Session]  # what `db.session` is, for who is given it


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column, relationship))
class Model(MappedAsDataclass, Base, kw_only=True, eq=False, repr=False):
    """Rows built in memory hold their defaults before they are saved, so rules need no database."""

    __abstract__ = True


PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000")


@event.listens_for(Engine, "connect")
def guard_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """SQLite keeps an acknowledged write through a power cut, and forgets what was deleted, only when asked so, on every
    connection.
    """
    if type(connection).__module__.startswith("sqlite3"):
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


_one_thread = threading.Lock()
PATIENCE = 5.0


@contextmanager
def write_lock() -> Iterator[None]:
    """Wait for one's turn to write, where the database is a SQLite file.

    SQLite lets one write at a time, and has the others try again and again: under load somebody could be unlucky for
    seconds, and be refused. Here they queue, also those of other processes. It is taken before anything is flushed.
    Raises OperationalError, as SQLite does, for whoever's turn does not come within `PATIENCE` seconds.
    """
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    until = time.monotonic() + PATIENCE
    if not _one_thread.acquire(timeout=PATIENCE):
        raise OperationalError("turn", {}, TimeoutError("other threads are writing"))
    try:
        with Path(f"{url.database}-turn").open("a") as queue:
            _lock(queue, until)
            yield
    finally:
        _one_thread.release()


def _lock(queue: IO[str], until: float) -> None:
    while True:
        try:
            return fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            if time.monotonic() > until:
                raise OperationalError("turn", {}, TimeoutError("other processes are writing")) from taken
            time.sleep(0.0005)


def now() -> datetime:
    """The one clock. Views read it and hand it to rules."""
    return datetime.now(UTC)


def public_key() -> str:
    """A name for an address that cannot be guessed or counted (72 bit)."""
    return secrets.token_urlsafe(9)
