"""Static files: sent compressed with a year of caching, addressed by a hash of their content."""

import hashlib
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from . import sheets

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

YEAR = 365 * 24 * 3600
MINUTE = 60
COPIES = (".gz", ".br")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    folder = Path(app.static_folder or "static")
    hashes = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        for path in _originals(folder)
    }
    styles = sheets.read(folder)
    hashes |= {name: hashlib.sha256(body).hexdigest()[:10] for name, body in styles.items()}
    app.config["BUILD"] = build_of(folder.parent)
    app.jinja_env.globals["SHEETS"] = frozenset(styles)

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, str]) -> None:
        if endpoint == "static" and values.get("filename") in hashes:
            values["v"] = hashes[values["filename"]]

    drop_stale_copies(folder)
    # The WSGI layer answers static addresses before Flask sees them.
    files = _by_age(app.wsgi_app, folder)
    app.wsgi_app = sheets.serve(files, styles, HEADERS, age_of)  # type: ignore[method-assign, assignment]


def _by_age(inner: "WSGIApplication", folder: Path) -> "WSGIApplication":
    by_age = {
        age: WhiteNoise(
            inner,
            root=str(folder),
            prefix="static/",
            max_age=age,
            allow_all_origins=False,
            add_headers_function=_add_headers,
        )
        for age in (YEAR, MINUTE)
    }
    return lambda environ, start: by_age[age_of(environ.get("QUERY_STRING", ""))](environ, start)


def age_of(query: str) -> int:
    """An address with a hash may be kept for a year; one without (a module imported by another) for a minute."""
    return YEAR if "v=" in query else MINUTE


def _add_headers(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value


def compress(folder: Path) -> None:
    """Write a .gz and a .br beside every file that has changed since; nothing where the folder is read-only."""
    drop_stale_copies(folder)
    compressor = Compressor(quiet=True)
    with suppress(PermissionError):
        for path in _originals(folder):
            if compressor.should_compress(path.name) and not path.with_name(path.name + ".br").exists():
                compressor.compress(str(path))


def drop_stale_copies(folder: Path) -> None:
    """Remove compressed copies of a file edited since: a copy carries the time of its original."""
    for path in _originals(folder):
        for copy in (path.with_name(path.name + ending) for ending in COPIES):
            if copy.exists() and abs(copy.stat().st_mtime - path.stat().st_mtime) > 0.001:
                with suppress(PermissionError):
                    copy.unlink(missing_ok=True)


def _originals(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in COPIES)


def build_of(root: Path) -> str:
    """A hash that changes when a template, a stylesheet, a script or a catalogue does; part of every ETag."""
    digest = hashlib.sha256()
    for pattern in ("static/**/*.css", "static/**/*.js", "templates/**/*.html", "translations/**/*.po"):
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
