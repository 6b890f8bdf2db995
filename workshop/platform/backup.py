"""A copy of the database and the stored files that is whole, made while the service runs."""

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from flask import current_app
from sqlalchemy import text

from workshop.platform import erasure
from workshop.platform.db import db, now


class BackupFailed(RuntimeError):
    """No backup was made; the message says what to do instead."""


def make(folder: Path) -> Path:
    """A new folder below `folder`, named after the time (UTC), with the database and `files/`.

    The database goes first: files are written before the row that names them, so none that it names is missing.
    The folder gets its name only when everything is in it. The secret key is not copied, nor are tally sheets, which
    would tell an order. The list of what was erased lies beside the backups, for all of them.
    """
    name = now().strftime("%Y-%m-%dT%H%M%SZ")
    while (folder / name).exists():  # another of the same second
        name += "-again"
    unfinished = folder / f".{name}"
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        _copy_database(unfinished)
        _copy_files(unfinished / "files")
    except BaseException:
        shutil.rmtree(unfinished)
        raise
    if erased := erasure.read(erasure.list_path()):
        erasure.add_to(folder / erasure.LIST, erased)
    return unfinished.rename(folder / name)


def _copy_database(folder: Path) -> None:
    """Copying the SQLite file itself would lose what is being written; VACUUM INTO reads one moment."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(folder / "workshop.sqlite")})
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = ["pg_dump", "--format=custom", f"--file={folder / 'workshop.dump'}", address]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BackupFailed("pg_dump is not on this machine. Run: sudo apt install postgresql-client") from error
    if done.returncode:
        raise BackupFailed(f"pg_dump said: {done.stderr.strip()}")


def _copy_files(folder: Path) -> None:
    """Stored files never change once written; those in remote storage are kept by that storage."""
    address = urlsplit(current_app.config["FILES_URL"])
    if address.scheme == "file":
        shutil.copytree(url2pathname(address.path), folder, copy_function=_copy_if_there)


def _copy_if_there(source: str, target: str) -> None:
    """A file that is erased while the copy runs is not wanted in it."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)
