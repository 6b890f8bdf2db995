"""Public pages that have not changed are not made again: an ETag keyed on a version counter."""

from flask import Response as HttpResponse
from flask import g, request
from flask_login import current_user
from werkzeug.http import generate_etag

from workshop.platform.i18n import language

CACHEABLE = "public, no-cache"  # may be kept, must be checked


def tag_page(*key: object, build: str) -> None:
    """Tag the page being made with its version, when it is the same for every anonymous reader."""
    if _is_anonymous():
        g.etag = _tag(key, build)


def not_modified(*key: object, build: str) -> HttpResponse | None:
    """A 304 for an anonymous reader who already has this very version."""
    tag = _tag(key, build)
    if not _is_anonymous() or not request.if_none_match.contains_weak(tag):
        return None
    response = HttpResponse(status=304)
    response.set_etag(tag, weak=True)
    return response


def _is_anonymous() -> bool:
    return not request.cookies.get("intersession") and not current_user.is_authenticated


def _tag(key: tuple[object, ...], build: str) -> str:
    return generate_etag("|".join(map(str, (*key, request.path, language(), build))).encode())


def add_etag(response: HttpResponse) -> HttpResponse:
    """Everything else is for one reader only and is not kept."""
    tag = g.pop("etag", None)
    if tag and response.status_code == 200:
        response.set_etag(tag, weak=True)
    if (tag or response.status_code == 304) and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = CACHEABLE
        response.vary.update(("Cookie", "Accept-Language"))
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response
