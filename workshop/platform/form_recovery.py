"""A form that could not be taken as it was sent: what was typed comes back, ready to be sent again."""

from urllib.parse import urlsplit

from flask import render_template, request

NOT_KEPT = {"csrf_token", "password", "current", "repeat"}


def kept_page(title: str, advice: str, *, status: int, sign_in: bool = False) -> tuple[str, int] | None:
    """A page that holds everything typed, to be sent with a fresh form token.

    None where nothing was typed, or where the form may have come from another site: then nobody is
    led to send on what they did not write.
    """
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    if request.method != "POST" or not typed or not _is_our_own():
        return None
    page = render_template(
        "layouts/resend.html", title=title, advice=advice, typed=typed, sign_in=sign_in, had_files=bool(request.files)
    )
    return page, status


def _is_our_own() -> bool:
    """Whether the browser says that one of our own pages sent this."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.host
