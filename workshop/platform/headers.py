"""What every response says to the browser: nothing inline, nothing foreign, no framing, nothing kept by itself."""

from flask import Flask
from flask import Response as HttpResponse

# Scripts, styles, pictures and forms of our own, and nothing of anybody else's. Pages hold no nonce, so that a finished one
# can be kept for every stranger.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

FIXED = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)


def init_app(app: Flask) -> None:
    app.after_request(add_headers)
    app.after_request(refuse_keeping)
    if app.config["PUBLIC_URL"].startswith("https:"):
        app.after_request(ask_for_https)


def add_headers(response: HttpResponse) -> HttpResponse:
    for name, value in FIXED:
        if name not in response.headers:
            response.headers.add(name, value)
    return response


def ask_for_https(response: HttpResponse) -> HttpResponse:
    """Where people come over HTTPS, their browsers never try without it again."""
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def refuse_keeping(response: HttpResponse) -> HttpResponse:
    """What no view has decided to have kept (see caching.py) is for one reader only."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
