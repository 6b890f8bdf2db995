"""Signing in and out, the account of the person who is signed in, and forgotten passwords."""

from datetime import datetime

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox, tasks
from workshop.platform.access import by_link, demonstration, limited, public, signed_in
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import language
from workshop.platform.mail import link_to

from . import bp, browsers, letters, passwords, queries, rules
from .forms import ChangePasswordForm, ForgottenForm, NewPasswordForm, SignInForm
from .models import ForgottenPassword, PasswordReset, SignIn, User
from .sign_in import let_in, recognise_person, refuse_haste, start_sign_in
from .tasks import SEND_KEY

Page = str | HttpResponse | tuple[str, int]


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
    token = start_sign_in(user, "password", at=at) if user else ""
    db.session.commit()
    if user:
        return let_in(user, token, form.next.data)
    form.refuse(RuleBroken(_("The email address or the password is not right. Please check both.")))
    return sign_in_page(form)


@bp.post("/sign-in/demo")
@demonstration
@limited("30 per minute")
def sign_in_as_demo() -> HttpResponse:
    user = db.one_or_404(queries.demo_accounts().where(User.email == request.form.get("email", "")))
    token = start_sign_in(user, "demonstration", at=now())
    db.session.commit()
    return let_in(user, token, request.form.get("next"))


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


@bp.get("/account")
@signed_in
def account() -> str:
    sign_ins = db.session.scalars(queries.sign_ins_of(current_user, at=now())).all()
    return render_template("secretariat/accounts/account.html", sign_ins=sign_ins, this=g.sign_in)


@bp.post("/account/sign-ins/<int:id>/end")
@signed_in
def end_sign_in(id: int) -> HttpResponse:
    at = now()
    ended = db.one_or_404(queries.sign_ins_of(current_user, at=at).where(SignIn.id == id))
    rules.end_sign_ins([ended], at=at)
    db.session.add(audit.record("sign_out", f"sign_in:{ended.id}", who=current_user.id, at=at))
    db.session.commit()
    flash(_("That browser is signed out."))
    return redirect(url_for("accounts.account"))


@bp.post("/account/sign-ins/end-others")
@signed_in
def end_other_sign_ins() -> HttpResponse:
    at = now()
    others = db.session.scalars(queries.sign_ins_of(current_user, at=at).where(SignIn.id != g.sign_in.id)).all()
    rules.end_sign_ins(others, at=at)
    db.session.add(audit.record("sign_out", "all others", who=current_user.id, at=at))
    db.session.commit()
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("accounts.account"))


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
@limited("10 per minute")
def change_password() -> Page:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_demo(current_user)
            if not passwords.verify(current_user.password_hash, form.current.data):
                raise RuleBroken(_("This is not your password."), field="current")
            rules.refuse_weak(form.password.data, email=current_user.email)
            replace_password(current_user, form.password.data, but=g.sign_in, at=now())
            db.session.commit()
            flash(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for("accounts.account"))
    return render_template("secretariat/accounts/change_password.html", form=form)


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
    flash(
        _(
            "If %(email)s has an account here, an email with a link is on its way. The link works once, for one hour.",
            email=wish.email,
        )
        if outbox.is_connected()
        else _("No email can be sent: no mail server is set up yet. Please ask whoever runs this installation.")
    )
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
    people = db.session.scalars(queries.demo_accounts()).all() if current_app.config["DEMO"] else []
    return render_template("secretariat/accounts/sign_in.html", form=form, people=people)


def replace_password(user: User, password: str, *, but: SignIn | None = None, at: datetime) -> None:
    """A new password, every sign-in but one ended, and a mail that tells the owner."""
    sign_ins = [each for each in db.session.scalars(queries.sign_ins_of(user, at=at)) if each is not but]
    resets = db.session.scalars(queries.open_resets_of(user, at=at)).all()
    rules.set_password(user, passwords.hash(password), sign_ins=sign_ins, resets=resets, at=at)
    outbox.add(letters.password_changed(user, link=link_to("accounts.forgotten"), at=at))
    db.session.add(audit.record("password_changed", who=user.id, at=at))
