"""Signing in and out, and forgotten passwords."""

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox, tasks
from workshop.platform.access import by_link, demonstration, limited, public
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import language

from . import bp, browsers, queries, rules
from .forms import ForgottenForm, NewPasswordForm, SignInForm
from .models import ForgottenPassword, PasswordReset, User
from .openid.service import is_set_up
from .passkeys import riddles
from .sign_in import Page, finish, go_on, recognise_person, refuse_haste, replace_password
from .tasks import SEND_KEY


def was_refused(answer: HttpResponse) -> bool:
    """Only wrong passwords use the allowance up: a whole meeting may sign in through the address of one hall."""
    return answer.status_code != 302


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limited("10 per minute", counted=was_refused)
def sign_in() -> Page:
    form = SignInForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return sign_in_page(form)
    email, at = form.email.data, now()
    try:
        refuse_haste(email, at=at)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return sign_in_page(form), 429
    user = recognise_person(email, form.password.data, at=at)
    db.session.commit()
    if user:
        return go_on(user, "password", form.next.data, at=at)
    form.refuse(RuleBroken(_("The email address or the password is not right. Please check both.")))
    return sign_in_page(form)


@bp.post("/sign-in/demo")
@demonstration
@limited("30 per minute")
def sign_in_as_demo() -> HttpResponse:
    user = db.one_or_404(queries.demo_accounts().where(User.email == request.form.get("email", "")))
    return finish(user, "demonstration", request.form.get("next"), at=now())


@bp.post("/sign-out")
@public
def sign_out() -> HttpResponse:
    if current_user.is_authenticated:
        at = now()
        rules.end_sign_ins([g.sign_in], at=at)
        db.session.add(audit.record("sign_out", who=current_user.id, at=at))
        db.session.commit()
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    return redirect(url_for("accounts.sign_in"))


@bp.route("/sign-in/forgotten", methods=["GET", "POST"])
@public
@limited("10 per minute")
def forgotten() -> Page:
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("secretariat/accounts/forgotten.html", form=form)
    wish = ForgottenPassword(email=form.email.data, language=language())
    db.session.add(wish)
    db.session.flush()
    tasks.ask(SEND_KEY, wish.id, at=now())
    db.session.commit()
    words = _(
        "If %(email)s has an account here, an email with a link is on its way. The link works once, for one hour.",
        email=wish.email,
    )
    flash(outbox.say_where_sent(words))
    return redirect(url_for("accounts.sign_in"))


def used_up(_token: str) -> Page:
    return render_template("secretariat/accounts/new_password.html", form=None), 404


@bp.route("/sign-in/new-password/<token>", methods=["GET", "POST"])
@by_link(queries.reset_by_link, otherwise=used_up)
@limited("20 per minute", methods=("GET", "POST"))
def new_password(_token: str, reset: PasswordReset) -> Page:
    form = NewPasswordForm()
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_weak(form.password.data, email=reset.user.email)
            replace_password(reset.user, form.password.data, at=now())
            db.session.commit()
            flash(_("Your new password is set. Please sign in with it."))
            return browsers.remember(redirect(url_for("accounts.sign_in")), reset.user.email)
    return render_template("secretariat/accounts/new_password.html", form=form, user=reset.user)


def sign_in_page(form: SignInForm) -> str:
    """All ways to sign in that this installation offers."""
    return render_template(
        "secretariat/accounts/sign_in.html",
        form=form,
        people=db.session.scalars(queries.demo_accounts()).all() if current_app.config["DEMO"] else [],
        offers_passkeys=riddles.can_be_used(),
        service=current_app.config["OIDC_NAME"] if is_set_up() else "",
    )
