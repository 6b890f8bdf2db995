"""A backup put back in place of what is there, without what was erased since it was made."""

import fcntl
import shutil
import subprocess
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from flask import current_app

from workshop.platform import erasure, schema
from workshop.platform.db import db
from workshop.platform.providers import Provided

after_restore = Provided[[], None]("What must be done to a restored database before it serves anybody. Commits.")
SQLITE, POSTGRESQL = "workshop.sqlite", "workshop.dump"
RUNNING = "running"


class RestoreFailed(RuntimeError):
    """Nothing was restored, or not all of it; the message says what to do."""


def hold_running(instance: Path) -> IO[str]:
    """For as long as the returned file is open, nothing is restored beneath this process."""
    file = (instance / RUNNING).open("a")
    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return file


def run(folder: Path) -> int:
    """Put that backup in place, bring it up to date, and erase again what was erased since. How many names the list holds.

    Raises RestoreFailed.
    """
    instance: Path = current_app.config["INSTANCE"]
    with (instance / RUNNING).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise RestoreFailed("The service is running. Stop it and its worker first.") from busy
        erased = erasure.read(erasure.list_path()) | erasure.read(folder.parent / erasure.LIST)
        _put_database(folder)
        _put_files(folder / "files")
        schema.bring_up_to_date()
        if erased:
            erasure.add_to(erasure.list_path(), erased)
        erasure.erase_again(erased)
        after_restore()
        erasure.scrub()
        # Pages kept for strangers may still show what was erased or is no longer released.
        current_app.extensions["pages"].clear()
    return len(erased)


def _put_database(folder: Path) -> None:
    url = db.engine.url
    db.session.remove()
    db.engine.dispose()
    if url.get_backend_name() == "sqlite":
        source, target = folder / SQLITE, Path(url.database or "")
        if not source.exists():
            raise RestoreFailed(f"There is no {SQLITE} in {folder}. Nothing was changed.")
        unfinished = target.with_name(f".{target.name}-restoring")
        shutil.copyfile(source, unfinished)
        unfinished.chmod(0o600)
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        unfinished.replace(target)
        return
    source = folder / POSTGRESQL
    if not source.exists():
        raise RestoreFailed(f"There is no {POSTGRESQL} in {folder}. Nothing was changed.")
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", address]
    try:
        done = subprocess.run([*command, str(source)], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise RestoreFailed("pg_restore is not on this machine: sudo apt install postgresql-client") from error
    if done.returncode:
        raise RestoreFailed(f"Nothing was changed. pg_restore said: {done.stderr.strip()}")


def _put_files(source: Path) -> None:
    """Those of the backup instead of those that are there; remote storage keeps its own."""
    address = urlsplit(current_app.config["FILES_URL"])
    if address.scheme != "file" or not source.exists():
        return
    target = Path(url2pathname(address.path))
    unfinished = target.with_name(f".{target.name}-restoring")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(source, unfinished)
    shutil.rmtree(target, ignore_errors=True)
    unfinished.replace(target)
