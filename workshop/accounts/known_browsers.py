"""A browser that was let in before may always try again, so that a stranger's guessing never locks the owner out.

The cookie is sent to the sign-in pages only, says nothing to anybody else, and opens nothing by itself.
"""

import hmac

from flask import current_app, request
from werkzeug.wrappers import Response

from . import tokens

COOKIE = "known"
HALF_A_YEAR = 180 * 24 * 3600


def remember(response: Response, email: str) -> Response:
    """The response, leaving with this browser that the owner of the address was let in here."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        COOKIE, _mark(email), max_age=HALF_A_YEAR, path="/sign-in", httponly=True, samesite="Lax", secure=secure
    )
    return response


def knows(email: str) -> bool:
    """Whether this request comes from a browser where the owner of the address was let in."""
    return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), _mark(email).encode())


def _mark(email: str) -> str:
    return tokens.pseudonym(email, purpose="known browser", key=current_app.config["SECRET_KEY"])
