"""What every response says to the browser: nothing inline, nothing foreign, no framing; and compressed, where that is safe.

Compressing a page that holds a form token beside something an outsider chose tells that token, byte by byte, to
whoever sees its length (the BREACH attack). So only a reader without a session gets compressed pages; static files,
which hold no secrets, are always compressed (see static.py).
"""

import gzip

from flask import Flask, request, session
from flask import Response as HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    app.after_request(add_headers)
    if app.config["PUBLIC_URL"].startswith("https:"):
        app.after_request(ask_for_https)
    app.after_request(compress)


def add_headers(response: HttpResponse) -> HttpResponse:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    return response


def ask_for_https(response: HttpResponse) -> HttpResponse:
    """Where people come over HTTPS, their browsers never try without it again."""
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


KINDS = {"text/html", "text/calendar", "application/json", "application/xml"}
WORTH_IT = 1000  # bytes; below, the headers weigh more than what is saved
LEVEL = 5  # of 9: within 2 % of the best at half its time


def compress(response: HttpResponse) -> HttpResponse:
    if response.mimetype not in KINDS or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or "Content-Encoding" in response.headers or not _holds_no_secret():
        return response
    body = response.get_data()
    if len(body) >= WORTH_IT and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _holds_no_secret() -> bool:
    """No session came with the request and none was begun: there is no token in the page."""
    return not request.cookies.get("intersession") and not session.modified
