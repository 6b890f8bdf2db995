"""The browser's side of a sign-in: who its cookie stands for, and how a person is recognised and let in."""

from datetime import datetime

from flask import current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, links
from workshop.platform.access import login_manager, open_link
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken
from workshop.platform.operations import SIGN_INS

from . import browsers, passwords, queries, rules
from .browsers import device
from .models import User


class Bearer:
    """What Flask-Login writes into the cookie: a token of this browser, never the number of the person."""

    is_active = True

    def __init__(self, token: str) -> None:
        self.token = token

    def get_id(self) -> str:
        return self.token


@login_manager.user_loader  # type: ignore[untyped-decorator]
def user_of_cookie(token: str) -> User | None:
    """Whoever is signed in with this token; their sign-in is kept in `g.sign_in`."""
    g.sign_in = open_link(queries.sign_in_by_cookie, token)
    return g.sign_in.user if g.sign_in else None


def refuse_haste(email: str, *, at: datetime) -> None:
    """Guessing for one address is slow, except from a browser that has been let in for it before."""
    if browsers.knows(email):
        return
    failed = queries.failed_sign_ins(logged_as(email), since=at - rules.FAILURES_COUNT_FOR)
    failures, last = db.session.execute(failed).one()
    try:
        rules.refuse_haste(failures, last, at=at)
    except RuleBroken:
        SIGN_INS.labels("slowed").inc()
        raise


def logged_as(email: str) -> str:
    return links.pseudonym(email, purpose="log", key=current_app.config["SECRET_KEY"])


def recognise_person(email: str, password: str, *, at: datetime) -> User | None:
    """The person with this e-mail address and password, or nobody: same work, same traces in both cases."""
    user = db.session.scalars(queries.user_of(email)).one_or_none()
    if user and user.is_demo and current_app.config["MODE"] == "production":
        user = None
    if passwords.verify(user.password_hash if user else None, password) and user:
        if passwords.is_outdated(user.password_hash):
            user.password_hash = passwords.hash(password)
        return user
    db.session.add(audit.record("sign_in_failed", logged_as(email), who=None, at=at))
    SIGN_INS.labels("failed").inc()
    return None


def start_sign_in(user: User, how: str, *, at: datetime) -> str:
    """A new sign-in instead of the one this browser may have; the token to give to the browser."""
    if current_user.is_authenticated:
        rules.end_sign_ins([g.sign_in], at=at)
    started, token = rules.start_sign_in(user, device=device(request.user_agent.string), at=at)
    db.session.add_all([started, audit.record("sign_in", how, who=user.id, at=at)])
    SIGN_INS.labels(how).inc()
    return token


def let_in(user: User, token: str, wanted: str | None) -> HttpResponse:
    """Nothing of the session from before survives, so a session planted by somebody else is worthless."""
    session.clear()
    login_user(Bearer(token))
    session.permanent = True
    return browsers.remember(redirect(rules.own_path(wanted) or url_for("overview.mine")), user.email)
