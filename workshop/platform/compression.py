"""Pages travel compressed, with Brotli where the browser knows it.

Compressing a secret beside something an outsider chose tells that secret, byte by byte, to whoever sees the length (the
BREACH attack). So the form token is masked anew in each response (form_tokens.py), and a request that another site began
in the name of a reader with a session is answered bare: whatever else her page holds cannot be asked for a second time.
"""

import gzip
from functools import lru_cache

import brotli
from flask import Flask, request
from flask import Response as HttpResponse
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

KINDS = {"text/html", "text/calendar", "text/csv", "application/json", "application/xml"}
WORTH_IT = 1000  # bytes; below, the headers weigh more than what is saved
CODINGS = ("br", "gzip")  # the better one first
ANEW = {"br": 5, "gzip": 5}  # of 11 and 9: within a few percent of the best, in two milliseconds
ONCE = {"br": 7, "gzip": 9}  # for what is made once and sent many times
ELSEWHERE = {"cross-site", "same-site"}


def init_app(app: Flask) -> None:
    app.after_request(compress)


def accepted_coding() -> str:
    """The best that the reader's browser can unpack; empty where it is none of ours."""
    return best_coding(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=500)
def best_coding(accepted: str) -> str:
    """The same, of what the browser says."""
    known = parse_accept_header(accepted, Accept)
    return next((coding for coding in CODINGS if known[coding] > 0), "")


def pack(body: bytes, coding: str, levels: dict[str, int] = ANEW) -> bytes:
    """The same bytes in fewer; `coding` may be empty."""
    if coding == "br":
        packed: bytes = brotli.compress(body, quality=levels[coding], mode=brotli.MODE_TEXT)
        return packed
    return gzip.compress(body, levels[coding], mtime=0) if coding else body


def compress(response: HttpResponse) -> HttpResponse:
    if response.mimetype not in KINDS or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or "Content-Encoding" in response.headers or _could_be_overheard():
        return response
    body = response.get_data()
    if len(body) >= WORTH_IT and (coding := accepted_coding()):
        response.set_data(pack(body, coding))
        response.headers["Content-Encoding"] = coding
    return response


def _could_be_overheard() -> bool:
    """Whether another site had the browser of somebody with a session ask for this page."""
    return "intersession" in request.cookies and request.headers.get("Sec-Fetch-Site") in ELSEWHERE
