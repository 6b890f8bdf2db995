"""A person's own account, erased: what goes with it and what remains is told before."""

from flask import flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from sqlalchemy import select

from workshop.platform import audit, erasure, outbox
from workshop.platform.access import limited, signed_in
from workshop.platform.db import Words, db, now
from workshop.platform.i18n import reading

from . import bp, letters, queries, rules
from .browsers import COOKIE
from .forms import PasswordForm
from .models import User
from .sign_in import Page, refuse_wrong_password

KIND = "account"


@bp.route("/account/erase", methods=["GET", "POST"])
@signed_in
@limited("10 per minute")
def erase() -> Page:
    """Everything that hangs on the account goes with it, by the rules of the database; texts lose the link to it."""
    form = PasswordForm()
    held = held_alone(current_user)
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_change_of_sign_in(current_user)
            rules.refuse_to_leave_alone(held)
            refuse_wrong_password(current_user, form.current.data)
            forget(db.session.get_one(User, current_user.id))
            flash(_("Your account is erased."))
            answer = redirect(url_for("public.index"))
            answer.delete_cookie(COOKIE, path="/sign-in")
            return answer
    return render_template("secretariat/accounts/erase.html", form=form, held=held)


def name_on_list(user: User) -> str:
    return erasure.name_of(user.id, user.created_at.isoformat())


@erasure.erases(KIND)
def erase_again(names: set[str]) -> None:
    """Accounts that were erased after the backup which is being restored was made."""
    for user in db.session.scalars(select(User)).all():
        if name_on_list(user) in names:
            db.session.delete(user)


def held_alone(user: User) -> list[str]:
    """The titles of the workshops that nobody else organises."""
    found = [each for statement in queries.workshops_held_alone(user) for each in db.session.scalars(statement)]
    return [Words(workshop.title).in_(reading(), "en")[0] for workshop in found]


def forget(user: User) -> None:
    """Erases the account and signs this browser out, with a last mail to the address. Commits."""
    at = now()
    erasure.note(KIND, [name_on_list(user)])
    db.session.execute(queries.mails_about_account(user.email))
    outbox.add(letters.account_erased(user, at=at))
    db.session.add(audit.record("account_erased", who=user.id, at=at))
    g.pop("sign_in", None)
    db.session.delete(user)
    db.session.commit()
    logout_user()
    session.clear()
