"""The directory as everybody reads it. An address is on no page until a person asks for it, one card at a time."""

from urllib.parse import urlencode

from flask import make_response, render_template, request
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import limited, public
from workshop.platform.db import db, now
from workshop.platform.forms import BaseForm
from workshop.platform.i18n import language
from workshop.platform.search_normalise import words
from workshop.secretariat.register.countries import countries, in_order

from . import bp, queries
from .models import ContactCard


@bp.get("/contacts")
@public
@limited("60 per minute", methods=("GET",))
def directory() -> str:
    """Who is listed today, narrowed by country and words."""
    asked, today = request.args, now().date()
    country = asked.get("country", "") if asked.get("country") in countries() else ""
    typed = asked.get("q", "").strip()[:200]
    found = queries.narrowed(
        queries.listed(today), country=country, sought=words(typed), after=asked.get("after", type=int)
    )
    rows = db.session.scalars(found.limit(queries.A_PAGE + 1)).all()
    asked_for: dict[str, str] = {"country": country, "q": typed}
    chosen = {name: value for name, value in asked_for.items() if value}
    onward = ""
    if len(rows) > queries.A_PAGE:
        onward = f"{request.path}?{urlencode({**chosen, 'after': str(rows[queries.A_PAGE - 1].id)})}"
    return render_template(
        "follow_up/contacts/directory.html",
        cards=rows[: queries.A_PAGE],
        countries=in_order(language()),
        chosen=chosen,
        onward=onward,
        is_first="after" not in asked,
    )


@bp.get("/contacts/<key>")
@public
@limited("60 per minute", methods=("GET",))
def card(key: str) -> HttpResponse:
    """One card, with a button that shows the address."""
    return page_of(listed_card(key), is_shown=False)


def listed_card(key: str) -> ContactCard:
    """Who is not listed today is not there."""
    found: ContactCard = db.one_or_404(queries.listed(now().date()).where(ContactCard.key == key))
    return found


@bp.post("/contacts/<key>/address")
@public
@limited("6 per minute; 40 per day")
def address(key: str) -> HttpResponse:
    """The address and the number, as text, to somebody who pressed the button of a page of ours."""
    found = listed_card(key)
    form = BaseForm()
    return page_of(found, is_shown=form.validate_on_submit())


def page_of(card: ContactCard, *, is_shown: bool) -> HttpResponse:
    page = make_response(render_template("follow_up/contacts/card.html", card=card, is_shown=is_shown))
    page.headers["X-Robots-Tag"] = "noindex"
    page.headers["Cache-Control"] = "private, no-store"
    return page
