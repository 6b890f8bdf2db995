"""The ways in which a person signs in; setting up an authenticator app, recovery codes, and turning both off."""

from datetime import datetime

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import limited, signed_in
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.mail import link_to
from workshop.platform.qr_codes import as_picture
from workshop.secretariat.accounts import bp, letters
from workshop.secretariat.accounts.forms import PasswordForm
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.openid import queries as openid
from workshop.secretariat.accounts.passkeys import queries as passkeys
from workshop.secretariat.accounts.passkeys.riddles import can_be_used
from workshop.secretariat.accounts.rules import refuse_change_of_sign_in
from workshop.secretariat.accounts.sign_in import Page, refuse_wrong_password, sealed, secret_of

from . import queries, rules
from .forms import FirstCodeForm
from .models import Authenticator


@bp.get("/account/sign-in")
@signed_in
def ways() -> str:
    """How this person signs in: password, app, recovery codes, passkeys, other services."""
    return render_template(
        "secretariat/accounts/ways.html",
        app=db.session.scalars(queries.confirmed_authenticator_of(current_user)).one_or_none(),
        codes_left=db.session.scalar(queries.recovery_codes_left(current_user)),
        passkeys=db.session.scalars(passkeys.passkeys_of(current_user)).all(),
        offers_passkeys=can_be_used(),
        identities=db.session.scalars(openid.identities_of(current_user)).all(),
        service=current_app.config["OIDC_NAME"],
        this=g.sign_in,
        required=current_app.config["REQUIRE_SECOND_FACTOR"],
    )


@bp.post("/account/second-factor/begin")
@signed_in
@limited("10 per minute")
def begin_second_factor() -> HttpResponse:
    """A new secret for an app; one from a set-up that was not finished is given up."""
    at = now()
    with flashing_refusal():
        refuse_change_of_sign_in(current_user)
        has_another = bool(db.session.scalar(queries.has_second_factor(current_user)))
        rules.refuse_weak_sign_in(g.sign_in, has_another=has_another)
        earlier = db.session.scalars(queries.authenticator_of(current_user)).one_or_none()
        if earlier and earlier.confirmed_at:
            return redirect(url_for("accounts.ways"))
        if earlier:
            earlier.sealed_secret, earlier.begun_at = sealed(rules.new_secret()), at
        else:
            db.session.add(Authenticator(user=g.sign_in.user, sealed_secret=sealed(rules.new_secret()), begun_at=at))
        db.session.commit()
        return redirect(url_for("accounts.set_up_second_factor"))
    return redirect(url_for("accounts.ways"))


@bp.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
@limited("10 per minute")
def set_up_second_factor() -> Page:
    """The secret as a picture and in letters, and the first code that proves the app has it."""
    app = db.session.scalars(queries.authenticator_of(current_user)).one_or_none()
    if app is None or app.confirmed_at:
        return redirect(url_for("accounts.ways"))
    form, at, secret = FirstCodeForm(), now(), secret_of(app)
    if form.validate_on_submit():
        with form.refusing():
            step = rules.matching_step(secret, form.code.data or "", after=app.last_step, at=at)
            rules.confirm(app, step, g.sign_in, at=at)
            db.session.add(audit.record("second_factor_on", who=current_user.id, at=at))
            tell_owner(g.sign_in.user, _("An authenticator app is asked for after the password."), at=at)
            codes = replace_recovery_codes(g.sign_in.user, at=at)
            db.session.commit()
            return recovery_codes_page(codes, just_set_up=True)
    address = rules.address_for_app(secret, email=current_user.email)
    return render_template(
        "secretariat/accounts/set_up_second_factor.html",
        form=form,
        picture=as_picture(address),
        key=rules.in_fours(secret),
        address=address,
    )


@bp.route("/account/second-factor/off", methods=["GET", "POST"])
@signed_in
@limited("10 per minute")
def turn_off_second_factor() -> Page:
    app = db.session.scalars(queries.confirmed_authenticator_of(current_user)).one_or_none() or abort(404)
    form, at = PasswordForm(), now()
    if form.validate_on_submit():
        with form.refusing():
            refuse_wrong_password(current_user, form.current.data)
            db.session.delete(app)
            if not db.session.scalars(passkeys.passkeys_of(current_user)).first():
                db.session.execute(queries.forget_recovery_codes(current_user))
            db.session.add(audit.record("second_factor_off", who=current_user.id, at=at))
            tell_owner(g.sign_in.user, _("The authenticator app is no longer asked for."), at=at)
            db.session.commit()
            flash(_("The authenticator app is no longer asked for when you sign in."))
            return redirect(url_for("accounts.ways"))
    return render_template("secretariat/accounts/turn_off_second_factor.html", form=form)


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
@limited("10 per minute")
def renew_recovery_codes() -> Page:
    """Ten new codes in place of those there are; shown on the answer, and never again."""
    if not db.session.scalar(queries.has_second_factor(current_user)):
        abort(404)
    form, at = PasswordForm(), now()
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_weak_sign_in(g.sign_in, has_another=True)
            refuse_wrong_password(current_user, form.current.data)
            codes = replace_recovery_codes(g.sign_in.user, at=at)
            tell_owner(g.sign_in.user, _("There are new recovery codes; the earlier ones are worthless."), at=at)
            db.session.commit()
            return recovery_codes_page(codes)
    return render_template("secretariat/accounts/renew_recovery_codes.html", form=form)


def replace_recovery_codes(user: User, *, at: datetime) -> list[str]:
    codes = rules.new_recovery_codes(user)
    db.session.execute(queries.forget_recovery_codes(user))
    db.session.add_all([*codes.values(), audit.record("recovery_codes_made", who=user.id, at=at)])
    return list(codes)


def recovery_codes_page(codes: list[str], *, just_set_up: bool = False) -> str:
    return render_template(
        "secretariat/accounts/recovery_codes.html", codes=codes, just_set_up=just_set_up, email=current_user.email
    )


def tell_owner(user: User, what: str, *, at: datetime) -> None:
    """A mail about each change of how one signs in, in case it was somebody else."""
    outbox.add(letters.sign_in_changed(user, what, link=link_to("accounts.forgotten"), at=at))
