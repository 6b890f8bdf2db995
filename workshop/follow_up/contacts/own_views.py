"""Behind the personal link of a contact: what the directory would say of her, and whether she agrees and until when."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import by_link, even_if_archived, limited
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import whole

from . import bp, queries, rules
from .models import ContactCard


@bp.get("/contact/<token>")
@by_link(queries.card_by_token)
def own_card(token: str, card: ContactCard) -> str:
    return render_template(
        "follow_up/contacts/own_card.html", card=card, token=token, months=rules.MONTHS, today=now().date()
    )


@bp.post("/contact/<token>/agree")
@even_if_archived
@by_link(queries.card_by_token)
@limited("20 per minute")
def agree(token: str, card: ContactCard) -> HttpResponse:
    """For as many months as she chose; an earlier consent is renewed."""
    with flashing_refusal():
        rules.consent_by_link(card, whole(request.form.get("months")) or 0, today=now().date())
        db.session.commit()
        flash(_("Thank you. Your consent is recorded. You can withdraw it here at any time."))
    return redirect(url_for(".own_card", token=token))


@bp.post("/contact/<token>/withdraw")
@even_if_archived
@by_link(queries.card_by_token)
@limited("20 per minute")
def disagree(token: str, card: ContactCard) -> HttpResponse:
    rules.withdraw_consent(card)
    db.session.commit()
    flash(_("Recorded. You are not listed in the directory."))
    return redirect(url_for(".own_card", token=token))


@bp.post("/contact/<token>/remove")
@even_if_archived
@by_link(queries.card_by_token)
@limited("20 per minute")
def remove_own(token: str, card: ContactCard) -> HttpResponse:
    """Her card goes altogether, and its link with it."""
    db.session.delete(card)
    db.session.commit()
    flash(_("Your details were removed."))
    return redirect(url_for(".directory"))
