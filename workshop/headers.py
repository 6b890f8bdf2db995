"""What every answer says to the browser: nothing inline, nothing foreign, no framing."""

from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    app.after_request(add_headers)
    if app.config["PUBLIC_URL"].startswith("https:"):
        app.after_request(ask_for_https)


def add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    return response


def ask_for_https(response: Response) -> Response:
    """Where people come over HTTPS, their browsers never try without it again."""
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
