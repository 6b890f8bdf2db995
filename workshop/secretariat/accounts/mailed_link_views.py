"""Signing in by a link in a mail: asked for by anybody, sent to whoever has an account, and good once."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from workshop.platform import outbox, tasks
from workshop.platform.access import by_link, limited, public
from workshop.platform.db import db, now
from workshop.platform.i18n import language

from . import bp, queries, rules
from .forms import ByMailForm, PressForm
from .models import SignInLink, SignInWish
from .sign_in import Page, changes_a_row, go_on
from .tasks import SEND_LINK


@bp.route("/sign-in/by-mail", methods=["GET", "POST"])
@public
@limited("10 per minute")
def sign_in_by_mail() -> Page:
    """The same sentence, after the same work, whether or not there is such an account: a task finds out later."""
    form = ByMailForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return render_template("secretariat/accounts/sign_in_by_mail.html", form=form)
    wish = SignInWish(email=form.email.data, language=language(), wanted=rules.own_path(form.next.data) or "")
    db.session.add(wish)
    db.session.flush()
    tasks.ask(SEND_LINK, wish.id, at=now())
    db.session.commit()
    words = _(
        "If %(email)s has an account here, an email with a link is on its way. The link works once, for 15 minutes.",
        email=wish.email,
    )
    flash(outbox.say_where_sent(words))
    return redirect(url_for("accounts.sign_in"))


def used_up(_token: str) -> Page:
    return render_template("secretariat/accounts/mailed_link.html", form=None), 404


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@by_link(queries.sign_in_link, otherwise=used_up)
@limited("20 per minute", methods=("GET", "POST"))
def mailed_link(_token: str, link: SignInLink) -> Page:
    """Opening it does nothing yet: programs that look through mails open every link in them."""
    form = PressForm()
    if not form.validate_on_submit():
        return render_template("secretariat/accounts/mailed_link.html", form=form, user=link.user)
    at = now()
    if not changes_a_row(queries.use_sign_in_link(link, at=at)):
        return used_up(_token)
    return go_on(link.user, "mailed link", link.wanted, at=at)
