"""Erased is erased: a list of what was erased, which no restored backup undoes, and no copy of it in the database's files.

The list holds random names and nothing else, sorted and written as a whole, so that it tells neither what was erased nor
in which order. A kind of thing is erased again by the function that its package names with `erases`.
"""

import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from workshop.platform import tasks
from workshop.platform.db import db, now
from workshop.platform.patience import SOON

log = get_logger()
SCRUB, LIST = "erasure.scrub", "erased"
Erased = set[tuple[str, str]]
ERASERS: dict[str, Callable[[set[str]], None]] = {}
TRIES, PAUSE = 40, 0.05
LATER = timedelta(hours=1)  # PostgreSQL locks each table while it is written anew


def erases(kind: str) -> Callable[[Callable[[set[str]], None]], Callable[[set[str]], None]]:
    """Name the function that erases things of this kind by their names on the list; those that are gone are no fault. It
    leaves the commit to its caller.
    """

    def register(eraser: Callable[[set[str]], None]) -> Callable[[set[str]], None]:
        ERASERS[kind] = eraser
        return eraser

    return register


def note(kind: str, names: Iterable[str]) -> None:
    """Put them on the list, before they are erased: safe on the disk when this returns. And have the database's files
    rid of them after the caller's commit.
    """
    add_to(list_path(), {(kind, name) for name in names})
    ask_to_scrub()


def name_of(*parts: object) -> str:
    """A name on the list for a row that has no random one: the same in every backup, and no way back to the row."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:24]


def list_path() -> Path:
    path: Path = current_app.config["ERASED_LIST"]
    return path


def read(path: Path) -> Erased:
    """What a list says; nothing where there is none."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {(kind, name) for kind, _space, name in (line.partition(" ") for line in lines)}


def add_to(path: Path, erased: Erased) -> None:
    """Replace the list by a longer one, as a whole: sorted, so that it tells no order."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path.with_name(f".{path.name}-lock"), os.O_RDWR | os.O_CREAT, 0o600), "r+") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        unfinished = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(f"{kind} {name}\n" for kind, name in sorted(read(path) | erased))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def erase_again(erased: Erased) -> int:
    """Erase in a restored database what was erased after the backup was made. How many names there were. Commits."""
    for kind, eraser in ERASERS.items():
        eraser({name for each, name in erased if each == kind})
    db.session.commit()
    return len(erased)


def ask_to_scrub() -> None:
    """In the transaction of the caller, unless it is asked for already."""
    waits = select(tasks.Task.id).where(tasks.Task.kind == SCRUB, tasks.Task.state == tasks.TaskState.READY)
    if not db.session.scalar(waits.limit(1)):
        tasks.ask(SCRUB, 0, at=now() + (timedelta() if db.engine.dialect.name == "sqlite" else LATER))


@tasks.handles(SCRUB, patience=SOON)
def scrub_database(_task: tasks.Task) -> None:
    scrub()


@tasks.every_day("erasure.scrub_daily")
def scrub_daily() -> None:
    """Whatever a purge or a removed workshop left in the database's files."""
    scrub()


def scrub(*, tables: Iterable[str] = ()) -> None:
    """Make unreadable what was deleted or overwritten: dead rows, and the log of changes. Commits.

    On SQLite `secure_delete`, set on every connection, has emptied the places; the log is emptied here. On PostgreSQL
    tables are written anew, all of them or those named, and the log goes on in another file.
    """
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            for _try in range(TRIES):
                busy, _pages, _moved = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
                if not busy:
                    return
                time.sleep(PAUSE)
            raise tasks.NotYet("somebody is reading; the log is emptied a little later")
        for table in tables or db.metadata.tables:
            connection.execute(text(f'CLUSTER "{table}" USING "pk_{table}"'))
            connection.execute(text(f'VACUUM (FREEZE) "{table}"'))
        for statement in ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"):
            try:
                connection.execute(text(statement))
            except DBAPIError as refused:  # needs rights that the operator may not have given; `doctor` tells
                log.warning("erasure.log_kept", error=str(refused.orig).splitlines()[0])
