"""Another email address for an account: confirmed at the new one, told to the old one, which can stop it."""

from itertools import chain

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from workshop.platform import audit, outbox, tasks
from workshop.platform.access import by_link, limited, signed_in
from workshop.platform.db import db, now
from workshop.platform.i18n import language

from . import bp, queries, rules
from .forms import AddressForm, PressForm
from .models import AddressChange, AddressStop, PasswordReset
from .sign_in import Page, refuse_wrong_password
from .tasks import SEND_ADDRESS_MAILS


@bp.route("/account/address", methods=["GET", "POST"])
@signed_in
@limited("10 per minute")
def change_address() -> Page:
    """Asks for the change. Whether the new address has an account already is told to nobody but its owner."""
    form, at = AddressForm(), now()
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_change_of_sign_in(current_user)
            refuse_wrong_password(current_user, form.current.data)
            earlier = db.session.scalars(queries.address_changes_of(current_user, since=at - rules.CHANGE_GOOD_FOR))
            change = rules.begin_address_change(
                current_user, form.email.data or "", earlier=earlier.all(), language=language(), at=at
            )
            change.issue_link()  # the task that writes the mail gives it another, which is kept nowhere else
            db.session.add_all([change, audit.record("address_change_asked", who=current_user.id, at=at)])
            db.session.flush()
            tasks.ask(SEND_ADDRESS_MAILS, change.id, at=at)
            db.session.commit()
            words = _("An email is on its way to %(email)s. Open its link within a day.", email=change.new)
            flash(outbox.say_where_sent(words))
            return redirect(url_for("accounts.account"))
    return render_template("secretariat/accounts/change_address.html", form=form)


def no_change(_token: str) -> Page:
    return render_template("secretariat/accounts/confirm_address.html", form=None), 404


@bp.route("/sign-in/address/<token>", methods=["GET", "POST"])
@by_link(queries.address_change, otherwise=no_change)
@limited("20 per minute", methods=("GET", "POST"))
def confirm_address(_token: str, change: AddressChange) -> Page:
    form, at = PressForm(), now()
    if form.validate_on_submit():
        rules.change_address(change, at=at)
        db.session.add(audit.record("address_changed", who=change.user_id, at=at))
        db.session.commit()
        flash(_("Your account has the address %(email)s from now on. Sign in with it.", email=change.new))
        return redirect(url_for("accounts.account"))
    return render_template("secretariat/accounts/confirm_address.html", form=form, change=change)


def no_stop(_token: str) -> Page:
    return render_template("secretariat/accounts/stop_address.html", form=None), 404


@bp.route("/sign-in/address-stop/<token>", methods=["GET", "POST"])
@by_link(queries.address_stop, otherwise=no_stop)
@limited("20 per minute", methods=("GET", "POST"))
def stop_address(_token: str, stop: AddressStop) -> Page:
    """The owner of the old address keeps the account, and sets a new password at once: somebody knows the present one."""
    form, at = PressForm(), now()
    if form.validate_on_submit():
        user = stop.change.user
        lists = (
            queries.sign_ins_of(user, at=at),
            queries.open_resets_of(user, at=at),
            queries.open_sign_in_links_of(user, at=at),
            queries.open_address_changes_of(user, at=at),
        )
        others = chain.from_iterable(db.session.scalars(each) for each in lists)
        rules.stop_address_change(stop, others=others, at=at)
        reset = PasswordReset(user=user, expires_at=at + rules.RESET_GOOD_FOR)
        token = reset.issue_link()
        db.session.add_all([reset, audit.record("address_change_stopped", who=user.id, at=at)])
        db.session.commit()
        flash(_("Your account keeps the address %(email)s. Every browser is signed out.", email=user.email))
        return redirect(url_for("accounts.new_password", token=token))
    return render_template("secretariat/accounts/stop_address.html", form=form, change=stop.change)
