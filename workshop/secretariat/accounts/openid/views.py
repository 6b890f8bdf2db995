"""Signing in through the other service, and linking an account to it."""

from flask import abort, current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import limited, public, signed_in
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.secretariat.accounts import bp
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.queries import user_of
from workshop.secretariat.accounts.rules import own_path, refuse_change_of_sign_in
from workshop.secretariat.accounts.second_factor.views import tell_owner
from workshop.secretariat.accounts.sign_in import go_on

from . import queries, rules
from .models import OpenIdentity
from .rules import Claims
from .service import ServiceFailed, is_set_up, read_claims, send_there

PURPOSE = "openid"  # what the browser has gone there for: the number of whoever links, and where to go afterwards


@bp.get("/sign-in/openid")
@public
@limited("20 per minute", methods=("GET",))
def sign_in_with_openid() -> HttpResponse:
    return leave(linking="", wanted=own_path(request.args.get("next")) or "")


@bp.get("/account/openid")
@signed_in
@limited("20 per minute", methods=("GET",))
def link_openid() -> HttpResponse:
    """To the service and back, to link the account of whoever is signed in now."""
    return leave(linking=str(g.sign_in.id), wanted=url_for("accounts.ways"))


def leave(*, linking: str, wanted: str) -> HttpResponse:
    if not is_set_up():
        abort(404)
    session[PURPOSE] = {"linking": linking, "wanted": wanted}
    try:
        return send_there()
    except ServiceFailed:
        return nothing_came_of_it(linking)


def nothing_came_of_it(linking: str) -> HttpResponse:
    service = current_app.config["OIDC_NAME"]
    flash(_("Signing in with %(service)s did not work this time. Try again, or use another way.", service=service))
    return redirect(url_for("accounts.ways" if linking else "accounts.sign_in"))


@bp.get("/sign-in/openid/back")
@public
@limited("20 per minute", methods=("GET",))
def openid_back() -> HttpResponse:
    """What the service says of the person is believed once, and only in the browser that went there."""
    if not is_set_up():
        abort(404)
    purpose = session.pop(PURPOSE, None) or {"linking": "", "wanted": ""}
    try:
        claims = read_claims()
    except ServiceFailed:
        return nothing_came_of_it(purpose["linking"])
    with flashing_refusal():
        if purpose["linking"]:
            return link_account(claims, purpose)
        user = user_of_claims(claims)
        db.session.flush()
        return go_on(user, "openid", purpose["wanted"], at=now())
    db.session.rollback()
    return redirect(url_for("accounts.ways" if purpose["linking"] else "accounts.sign_in"))


def user_of_claims(claims: Claims) -> User:
    """The account that this one opens, made where there is none. Raises RuleBroken."""
    at, service = now(), current_app.config["OIDC_NAME"]
    found = db.session.scalars(queries.identity(claims.issuer, claims.subject)).one_or_none()
    if found:
        found.last_used_at = at
        return found.user
    rules.refuse_unverified(claims, service=service)
    rules.refuse_to_take_over(db.session.scalars(user_of(claims.email)).one_or_none(), service=service)
    user = rules.new_account(claims, at=at)
    db.session.add_all([user, rules.link(user, claims, at=at)])
    db.session.flush()
    db.session.add(audit.record("account_made", "openid", who=user.id, at=at))
    return user


def link_account(claims: Claims, purpose: dict[str, str]) -> HttpResponse:
    """Raises RuleBroken."""
    if not current_user.is_authenticated or str(g.sign_in.id) != purpose["linking"]:
        raise RuleBroken(_("You are signed in as someone else by now. Nothing was linked."))
    at, service, user = now(), current_app.config["OIDC_NAME"], g.sign_in.user
    refuse_change_of_sign_in(user)
    rules.refuse_unverified(claims, service=service)
    found = db.session.scalars(queries.identity(claims.issuer, claims.subject)).one_or_none()
    rules.refuse_another_owner(found, user)
    if found is None:
        db.session.add_all([rules.link(user, claims, at=at), audit.record("openid_linked", who=user.id, at=at)])
        tell_owner(user, _("It can be opened through %(service)s now.", service=service), at=at)
        db.session.commit()
    flash(_("You can sign in with %(service)s from now on.", service=service))
    return redirect(purpose["wanted"])


@bp.post("/account/openid/<int:id>/unlink")
@signed_in
def unlink_openid(id: int) -> HttpResponse:
    identities = list(db.session.scalars(queries.identities_of(current_user)))
    found = next((each for each in identities if each.id == id), None) or abort(404)
    with flashing_refusal():
        rules.refuse_to_lock_out(g.sign_in.user, identities)
        unlink(found)
        flash(_("That service no longer opens your account."))
    return redirect(url_for("accounts.ways"))


def unlink(identity: OpenIdentity) -> None:
    at = now()
    db.session.delete(identity)
    db.session.add(audit.record("openid_unlinked", who=identity.user_id, at=at))
    tell_owner(g.sign_in.user, _("It is no longer opened through another service."), at=at)
    db.session.commit()
