"""The account of the person who is signed in: who they are, their password, and the browsers they use."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import limited, signed_in
from workshop.platform.db import db, now

from . import bp, queries, rules
from .forms import ChangePasswordForm, ProfileForm
from .models import SignIn
from .sign_in import Page, refuse_wrong_password, replace_password


@bp.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> Page:
    """Name and address."""
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_change_of_demo(current_user)
            current_user.name = form.name.data
            db.session.add(audit.record("name_changed", who=current_user.id, at=now()))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("accounts.account"))
    waiting = db.session.scalars(queries.open_address_changes_of(current_user, at=now())).first()
    return render_template("secretariat/accounts/account.html", form=form, waiting=waiting)


@bp.get("/account/browsers")
@signed_in
def browsers() -> str:
    sign_ins = db.session.scalars(queries.sign_ins_of(current_user, at=now())).all()
    return render_template("secretariat/accounts/browsers.html", sign_ins=sign_ins, this=g.sign_in)


@bp.post("/account/sign-ins/<int:id>/end")
@signed_in
def end_sign_in(id: int) -> HttpResponse:
    at = now()
    ended = db.one_or_404(queries.sign_ins_of(current_user, at=at).where(SignIn.id == id))
    rules.end_sign_ins([ended], at=at)
    db.session.add(audit.record("sign_out", f"sign_in:{ended.id}", who=current_user.id, at=at))
    db.session.commit()
    flash(_("That browser is signed out."))
    return redirect(url_for("accounts.browsers"))


@bp.post("/account/sign-ins/end-others")
@signed_in
def end_other_sign_ins() -> HttpResponse:
    at = now()
    others = db.session.scalars(queries.sign_ins_of(current_user, at=at).where(SignIn.id != g.sign_in.id)).all()
    rules.end_sign_ins(others, at=at)
    db.session.add(audit.record("sign_out", "all others", who=current_user.id, at=at))
    db.session.commit()
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("accounts.browsers"))


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
@limited("10 per minute")
def change_password() -> Page:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_demo(current_user)
            refuse_wrong_password(current_user, form.current.data)
            rules.refuse_weak(form.password.data, email=current_user.email)
            replace_password(current_user, form.password.data, but=g.sign_in, at=now())
            db.session.commit()
            flash(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for("accounts.ways"))
    return render_template("secretariat/accounts/change_password.html", form=form)
