"""A form that could not be taken as it was sent: what was typed comes back, ready to be sent again."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import render_template, request
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

NOT_KEPT = {"csrf_token", "password", "current", "repeat"}
MOST_TEXT = 8 * 1024 * 1024  # bytes of text that come back from a form that was too large to be taken
MOST_READ = 128 * 1024 * 1024  # bytes that are read to find it
MOST_AT_ONCE = 64 * 1024

Typed = list[tuple[str, str]]


def kept_page(
    title: str, advice: str, *, status: int, sign_in: bool = False, more: Mapping[str, str] | None = None
) -> tuple[str, int] | None:
    """A page that holds everything typed, to be sent with a fresh form token; `more` is added to it.

    None where nothing was typed, or where the form may have come from another site: then nobody is
    led to send on what they did not write.
    """
    if request.method != "POST" or not _is_our_own():
        return None
    fields, files = _sent_too_large() if status == 413 else _sent()
    added = dict(more or {})
    typed = [(name, value) for name, value in fields if name not in NOT_KEPT | added.keys()]
    if not typed:
        return None
    page = render_template(
        "layouts/resend.html",
        title=title,
        advice=advice,
        typed=[*typed, *added.items()],
        sign_in=sign_in,
        files=files,
    )
    return page, status


def _is_our_own() -> bool:
    """Whether the browser says that one of our own pages sent this."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.host


def _sent() -> tuple[Typed, list[str]]:
    """What was typed, and the names of fields with a file."""
    return list(request.form.items(multi=True)), list(request.files)


def _sent_too_large() -> tuple[Typed, list[str]]:
    """Its texts, with every file in it passed over: nothing larger than they are stays in memory."""
    boundary = request.mimetype_params.get("boundary")
    try:
        if request.mimetype == "multipart/form-data" and boundary:
            return _texts_between_files(boundary.encode("ascii"))
        return parse_qsl(b"".join(_body(MOST_TEXT)).decode(errors="replace"), keep_blank_values=True), []
    except (ValueError, OSError):
        return [], []


def _body(most: int) -> Iterator[bytes]:
    """What came, in pieces, whatever its length is said to be; the server has taken it in before."""
    stream: Any = request.environ["wsgi.input"]
    with suppress(AttributeError, OSError):
        stream.seek(0)  # a part may have been read before it was found too long
    left = min(most, request.content_length or 0)
    while left > 0 and (piece := stream.read(min(MOST_AT_ONCE, left))):
        left -= len(piece)
        yield piece


def _texts_between_files(boundary: bytes) -> tuple[Typed, list[str]]:
    decoder, pieces = MultipartDecoder(boundary, max_parts=2000), _body(MOST_READ)
    typed, files, length = Typed(), list[str](), 0
    name, text = "", bytearray()
    while not isinstance(event := decoder.next_event(), Epilogue):
        if isinstance(event, NeedData):
            decoder.receive_data(next(pieces, None))
        elif isinstance(event, File):
            files, name = [*files, event.name] if event.name not in files else files, ""
        elif isinstance(event, Field):
            name, text = event.name, bytearray()
        elif isinstance(event, Data) and name:
            length += len(event.data)
            text += event.data if length <= MOST_TEXT else b""
            if not event.more_data:
                typed.append((name, text.decode(errors="replace")))
    return typed, files
