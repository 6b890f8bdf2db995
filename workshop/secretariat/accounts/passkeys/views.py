"""Passkeys: added, listed on the page of the ways to sign in, removed, and signed in with."""

import json
from datetime import datetime
from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import limited, public, signed_in
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.operations import SIGN_INS
from workshop.secretariat.accounts import bp
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.rules import refuse_change_of_sign_in
from workshop.secretariat.accounts.second_factor import queries as factors
from workshop.secretariat.accounts.second_factor import rules as codes
from workshop.secretariat.accounts.second_factor.views import recovery_codes_page, replace_recovery_codes, tell_owner
from workshop.secretariat.accounts.sign_in import Page, changes_a_row, finish

from . import queries, riddles
from .forms import AnswerForm, NewPasskeyForm
from .models import Passkey, SpentChallenge


@bp.get("/sign-in/passkey/options")
@public
@limited("60 per minute", methods=("GET",))
def passkey_challenge() -> HttpResponse:
    """For the script on the page: what to ask the device."""
    if not riddles.can_be_used():
        abort(404)
    return HttpResponse(riddles.to_sign_in(), mimetype="application/json")


@bp.post("/sign-in/passkey")
@public
@limited("20 per minute")
def sign_in_with_passkey() -> HttpResponse:
    """The device has asked for a finger, a face or a number, so nothing more is asked here."""
    form, at = AnswerForm(), now()
    user = user_of_answer(form.answer.data or "", at=at) if form.validate_on_submit() else None
    if user is None:
        SIGN_INS.labels("wrong passkey").inc()
        db.session.commit()
        flash(_("The passkey could not be used here. Try it again, or sign in with your password."))
        return redirect(url_for("accounts.sign_in", next=form.next.data or None))
    return finish(user, "passkey", form.next.data, at=at, strong=True)


def user_of_answer(answer: str, *, at: datetime) -> User | None:
    """Whose passkey has answered what this browser was asked. Each answer counts once."""
    asked = riddles.asked_challenge()
    passkey = db.session.scalars(queries.passkey_named(credential_in(answer))).one_or_none()
    if not asked or passkey is None or is_spent(asked, at=at):
        return None
    found = riddles.judge_known(answer, asked, passkey)
    if found is None or not changes_a_row(queries.use_passkey(passkey, found.new_sign_count, at=at)):
        db.session.add(audit.record("passkey_refused", f"passkey:{passkey.id}", who=passkey.user_id, at=at))
        return None
    return passkey.user


def credential_in(answer: str) -> str:
    """The name of the passkey that answers; "" where the answer is no such thing."""
    try:
        parsed: Any = json.loads(answer)
        return str(parsed["id"])
    except (ValueError, KeyError, TypeError):
        return ""


def is_spent(challenge: str, *, at: datetime) -> bool:
    """Whether it was answered before; from now on it was."""
    if db.session.scalars(queries.spent_challenge(challenge)).first():
        return True
    spent = SpentChallenge(expires_at=at + riddles.GOOD_FOR)
    spent.issue_link(challenge)
    db.session.add(spent)
    db.session.flush()
    return False


@bp.route("/account/passkeys", methods=["GET", "POST"])
@signed_in
@limited("20 per minute")
def add_passkey() -> Page:
    """A name and a button; a script asks the device. The first one comes with recovery codes."""
    if not riddles.can_be_used():
        abort(404)
    form = NewPasskeyForm()
    if form.validate_on_submit():
        with form.refusing():
            return keep_passkey(form)
    return render_template("secretariat/accounts/add_passkey.html", form=form)


@bp.get("/account/passkeys/options")
@signed_in
def new_passkey_challenge() -> HttpResponse:
    """For the script on the page: what to ask the device. One that has a passkey for this account makes no second."""
    if not riddles.can_be_used():
        abort(404)
    present = list(db.session.scalars(queries.passkeys_of(current_user)))
    return HttpResponse(riddles.to_add(g.sign_in.user, present), mimetype="application/json")


def keep_passkey(form: NewPasskeyForm) -> Page:
    """Raises RuleBroken where the device has not answered as it should."""
    at, user, asked = now(), g.sign_in.user, riddles.asked_challenge()
    refuse_change_of_sign_in(user)
    has_another = bool(db.session.scalar(factors.has_second_factor(user)))
    codes.refuse_weak_sign_in(g.sign_in, has_another=has_another)
    found = riddles.judge_new(form.answer.data or "", asked) if asked and not is_spent(asked, at=at) else None
    if found is None:
        raise RuleBroken(_("Your device made no passkey. Nothing was changed; you can try again."))
    db.session.add(passkey_of(user, form.name.data or "", found, at=at))
    g.sign_in.strong = True
    db.session.add(audit.record("passkey_added", who=user.id, at=at))
    tell_owner(user, _("A passkey was added."), at=at)
    new_codes = [] if has_another else replace_recovery_codes(user, at=at)
    db.session.commit()
    if new_codes:
        return recovery_codes_page(new_codes, just_set_up=True)
    flash(_("The passkey is added. You can sign in with it from now on."))
    return redirect(url_for("accounts.ways"))


def passkey_of(user: User, name: str, found: Any, *, at: datetime) -> Passkey:
    from webauthn.helpers import bytes_to_base64url  # here for the same reason as in riddles.py

    return Passkey(
        user=user,
        name=name,
        credential=bytes_to_base64url(found.credential_id),
        public_key=bytes_to_base64url(found.credential_public_key),
        uses=found.sign_count,
        added_at=at,
    )


@bp.post("/account/passkeys/<int:id>/remove")
@signed_in
def remove_passkey(id: int) -> HttpResponse:
    at = now()
    passkey = db.one_or_404(queries.passkeys_of(current_user).where(Passkey.id == id))
    with flashing_refusal():
        codes.refuse_weak_sign_in(g.sign_in, has_another=True)
        db.session.delete(passkey)
        db.session.flush()
        if not db.session.scalar(factors.has_second_factor(current_user)):
            db.session.execute(factors.forget_recovery_codes(current_user))
        db.session.add(audit.record("passkey_removed", who=current_user.id, at=at))
        tell_owner(g.sign_in.user, _("A passkey was removed."), at=at)
        db.session.commit()
        flash(_("The passkey is removed. The device may still offer it; you can delete it there."))
    return redirect(url_for("accounts.ways"))
