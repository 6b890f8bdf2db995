"""Where a code is asked for: after the password, and from somebody who is signed in by less than is needed."""

from flask import flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import limited, open_link, public, signed_in
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts import bp
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.rules import own_path
from workshop.secretariat.accounts.sign_in import HALF, Page, finish, recognise_code

from . import queries
from .forms import CodeForm


def was_refused(answer: HttpResponse) -> bool:
    return answer.status_code != 302


@bp.route("/sign-in/second-step", methods=["GET", "POST"])
@public
@limited("10 per minute", counted=was_refused)
def second_step() -> Page:
    """A code of the app, or a recovery code. Whoever comes here without the first step begins with it."""
    half = open_link(queries.half_sign_in, session.get(HALF, ""))
    if half is None:
        flash(_("Please sign in again: the code was not typed within ten minutes."))
        return redirect(url_for("accounts.sign_in"))
    form, at = CodeForm(), now()
    if form.validate_on_submit() and (kind := kind_of_code(form, half.user)):
        half.end_link(at)
        return finish(half.user, f"{half.how}, {kind}", half.wanted, at=at, strong=True)
    return render_template("secretariat/accounts/second_step.html", form=form)


def kind_of_code(form: CodeForm, user: User) -> str:
    """What was typed, if it was right; else the form says why not, and the failure is noted."""
    at = now()
    with form.refusing():
        kind = recognise_code(user, form.code.data or "", at=at)
        db.session.commit()
        if not kind:
            raise RuleBroken(_("This code is not right, or has been used. Please type the next one."), field="code")
        return kind
    return ""


@bp.route("/account/confirm", methods=["GET", "POST"])
@signed_in
@limited("10 per minute", counted=was_refused)
def confirm() -> Page:
    """Makes this sign-in a strong one, with what the person has set up, or leads to setting it up."""
    wanted = own_path(request.args.get("next")) or url_for("accounts.ways")
    if g.sign_in.strong:
        return redirect(wanted)
    form, at = CodeForm(), now()
    if form.validate_on_submit() and (kind := kind_of_code(form, current_user)):
        g.sign_in.strong = True
        db.session.add(audit.record("sign_in_confirmed", kind, who=current_user.id, at=at))
        db.session.commit()
        return redirect(wanted)
    has_one = bool(db.session.scalar(queries.has_second_factor(current_user)))
    return render_template("secretariat/accounts/confirm.html", form=form, has_one=has_one, wanted=wanted)
