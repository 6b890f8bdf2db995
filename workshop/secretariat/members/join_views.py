"""What stands behind the link of an invitation: accepting it with an account, or with a new one."""

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page, by_link, limited, refuse_archived, signed_in
from workshop.platform.db import db, now
from workshop.secretariat.accounts import passwords
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.queries import user_of
from workshop.secretariat.accounts.rules import refuse_weak
from workshop.secretariat.accounts.sign_in import let_in, start_sign_in
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import JoinForm
from .models import MemberInvitation


def say_why_closed(token: str) -> Any:
    """Used, or no longer good: whom to ask. An unknown secret opens nothing at all."""
    return closed_page(db.first_or_404(queries.invitation_by_link(token)))


def closed_page(invitation: MemberInvitation) -> tuple[str, int]:
    return render_template("secretariat/members/closed.html", invitation=invitation), 410


def wait_for_turn(invitation: MemberInvitation, _token: str = "") -> None:
    """A second click waits for the first, and is told then that the link was used."""
    if request.method != "POST":
        return
    refuse_archived(invitation.workshop)
    db.session.scalars(lock_workshop(invitation.workshop)).one()
    db.session.refresh(invitation)
    if not invitation.link_opens(now()):
        abort(make_response(*closed_page(invitation)))


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@by_link(queries.invitation_by_link, wait_for_turn, otherwise=say_why_closed)
@limited("20 per minute", methods=("GET", "POST"))
def join(_token: str, invitation: MemberInvitation) -> Page:
    """Who is signed in accepts with that account, whatever its address; who has none makes one.

    A guest, whom a code let in for one meeting, has none: the roles are for an account that can sign in again.
    """
    if has_account():
        return accept_as_reader(invitation)
    if db.session.scalar(user_of(invitation.email)):
        return join_page(invitation, None)
    form = JoinForm(data={"name": invitation.name})
    if form.validate_on_submit():
        with form.refusing():
            return make_account(invitation, str(form.name.data), str(form.password.data))
    return join_page(invitation, form)


@bp.route("/account/invitations/<int:id>", methods=["GET", "POST"])
@signed_in
def own_invitation(id: int) -> Page:
    """The same for who has just signed in: the secret of the link stands in no address on the way."""
    invitation: MemberInvitation = db.first_or_404(queries.invitation_to(current_user, id))
    if not invitation.link_opens(now()):
        return closed_page(invitation)
    wait_for_turn(invitation)
    return accept_as_reader(invitation)


def has_account() -> bool:
    return bool(current_user.is_authenticated and not current_user.is_guest)


def accept_as_reader(invitation: MemberInvitation) -> Page:
    if request.method != "POST":
        return join_page(invitation, None)
    add_roles(invitation, current_user._get_current_object())
    db.session.commit()
    return welcome(invitation, redirect(desk_of(invitation)))


def make_account(invitation: MemberInvitation, name: str, password: str) -> HttpResponse:
    """The address is that of the invitation: who reads its mail has shown that it is hers. Raises RuleBroken."""
    refuse_weak(password, email=invitation.email)
    at = now()
    user = User(email=invitation.email, name=name, password_hash=passwords.hash(password), created_at=at)
    db.session.add(user)
    db.session.flush()
    add_roles(invitation, user)
    token = start_sign_in(user, "invitation", at=at)
    db.session.commit()
    return welcome(invitation, let_in(user, token, desk_of(invitation)))


def add_roles(invitation: MemberInvitation, user: User) -> None:
    at, workshop = now(), invitation.workshop
    held = [each.role for each in db.session.scalars(queries.roles_of(user, workshop))]
    added = rules.accept(invitation, user, held, at=at)
    roles = ", ".join(each.role for each in added) or "none"
    subject = f"{workshop.slug}: invitation {invitation.id}: user {user.id}: added {roles}"
    db.session.add_all([*added, audit.record("accept invitation", subject, who=user.id, at=at)])


def welcome(invitation: MemberInvitation, answer: HttpResponse) -> HttpResponse:
    flash(_("You are now a member of this workshop. The menu shows what you can work on."))
    return answer


def desk_of(invitation: MemberInvitation) -> str:
    return url_for("overview.desk", slug=invitation.workshop.slug)


def join_page(invitation: MemberInvitation, form: JoinForm | None) -> str:
    return render_template("secretariat/members/join.html", invitation=invitation, form=form, has_account=has_account())
