"""Files: stored under the hash of their content, or apart under names of their own; served only as attachments that cannot run."""

import hashlib
import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from flask import Flask, current_app
from flask import Response as HttpResponse
from obstore.store import ObjectStore
from werkzeug.utils import secure_filename


def init_app(app: Flask) -> None:
    """Open the store: a local folder (file://…) by default, or S3-compatible storage by URL."""
    url = app.config["FILES_URL"]
    if url.startswith("file:"):
        folder = Path(url2pathname(urlsplit(url).path))
        folder.mkdir(parents=True, exist_ok=True)
        app.extensions["files"] = obstore.store.LocalStore(folder)
    else:
        app.extensions["files"] = obstore.store.from_url(url)


def _path(name: str) -> str:
    return name if "/" in name else f"{name[:2]}/{name}"


def put(content: bytes) -> str:
    """Store the content; its SHA-256 in hexadecimal is its name. Storing it twice stores it once."""
    name = hashlib.sha256(content).hexdigest()
    _put(_path(name), content)
    return name


def _put(path: str, content: bytes) -> None:
    """Whole and safe on the disk, readable by this user only, or not at all."""
    store = _store()
    obstore.put(store, path, content)
    if isinstance(store, obstore.store.LocalStore):
        there = Path(str(store.prefix)) / path
        there.chmod(0o600)
        for each in (there, there.parent):
            handle = os.open(each, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)


def put_apart(content: bytes, folder: str, *, dated: datetime | None = None) -> str:
    """Store the content under a name of its own in that folder, so that it can be removed without asking who else
    holds the same. What people send about themselves is stored so. `dated` hides when it came, as far as a file system
    lets us; remote storage keeps its own time.
    """
    name = f"{folder}/{secrets.token_hex(16)}"
    _put(name, content)
    if dated and isinstance(store := _store(), obstore.store.LocalStore):
        os.utime(Path(str(store.prefix)) / name, (dated.timestamp(), dated.timestamp()))
    return name


def names_in(folder: str, *, before: datetime | None = None) -> list[str]:
    """The files of that folder, all or those that were stored before then."""
    listed = (each for chunk in obstore.list(_store(), f"{folder}/") for each in chunk)
    return [each["path"] for each in listed if before is None or each["last_modified"] < before]


def remove(name: str) -> None:
    """Remove a file that was stored apart; one that is gone already is no fault."""
    if "/" not in name:  # others may hold the same content
        return
    with suppress(FileNotFoundError):
        obstore.delete(_store(), name)


def get(name: str) -> bytes:
    """The stored content. Raises FileNotFoundError when there is none of that name."""
    return bytes(obstore.get(_store(), _path(name)).bytes())


def size_of(name: str) -> int:
    """How many bytes are stored under that name. Raises FileNotFoundError when there is none."""
    return int(obstore.head(_store(), _path(name))["size"])


def attachment(name: str, filename: str, media_type: str) -> HttpResponse:
    """The file as a download in a sandbox of its own: nothing in it can act on our pages."""
    response = HttpResponse(get(name), mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=secure_filename(filename) or "file")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _store() -> ObjectStore:
    store: ObjectStore = current_app.extensions["files"]
    return store
