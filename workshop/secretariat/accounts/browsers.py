"""Which browser this is, in words a person recognises. Names of products, so they need no translation."""

from flask import current_app, request
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import links

# In order: most browsers also claim to be the ones further down.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """ "Firefox, Windows"; what is not recognised is left out, so nothing of the header itself is ever kept."""
    found = (next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)


COOKIE = "known"
HALF_A_YEAR = 180 * 24 * 3600


def remember(response: HttpResponse, email: str) -> HttpResponse:
    """The response, leaving with this browser that the owner of the address was let in here."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        COOKIE, _mark(email), max_age=HALF_A_YEAR, path="/sign-in", httponly=True, samesite="Lax", secure=secure
    )
    return response


def knows(email: str) -> bool:
    """Whether this request comes from a browser where the owner of the address was let in."""
    return links.is_same(request.cookies.get(COOKIE, ""), _mark(email))


def _mark(email: str) -> str:
    return links.pseudonym(email, purpose="known browser", key=current_app.config["SECRET_KEY"])
