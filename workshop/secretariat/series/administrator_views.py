"""Who looks after the installation: giving and taking that right."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.queries import user_of

from . import bp, queries, rules
from .membership import administrator


@bp.post("/administration/administrators")
@administrator
@limited("10 per minute")
def give_administration() -> HttpResponse:
    """To somebody with an account, by address."""
    email = request.form.get("email", "").strip().lower()
    with flashing_refusal():
        user = db.session.scalar(user_of(email))
        if user is None:
            raise RuleBroken(_("No account here has the address “%(email)s”. Nothing was changed.", email=email))
        rules.give_administration(user)
        save_right("give administration", user)
        flash(_("%(name)s is now an administrator.", name=user.name))
    return redirect(url_for(".administration"))


@bp.post("/administration/administrators/<int:id>/remove")
@administrator
def take_administration(id: int) -> HttpResponse:
    """From somebody else, or from oneself; never from the last one."""
    administrators = db.session.scalars(queries.lock_administrators()).all()
    user = db.one_or_404(db.select(User).where(User.id == id, User.is_administrator))
    with flashing_refusal():
        rules.take_administration(user, administrators)
        save_right("take administration", user)
        flash(_("%(name)s is no longer an administrator.", name=user.name))
    return redirect(url_for(".administration") if current_user.is_administrator else url_for("overview.mine"))


def save_right(verb: str, user: User) -> None:
    db.session.add(audit.record(verb, f"user {user.id}", who=current_user.id, at=now()))
    db.session.commit()
