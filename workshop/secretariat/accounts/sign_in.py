"""The browser's side of a sign-in: who its cookie stands for, and how a person is recognised and let in."""

from datetime import datetime

from flask import current_app, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user
from sqlalchemy.sql.dml import ReturningUpdate
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, encryption, links, outbox
from workshop.platform.access import login_manager, open_link
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken
from workshop.platform.form_recovery import kept_page
from workshop.platform.mail import link_to
from workshop.platform.operations import SIGN_INS

from . import browsers, letters, passwords, queries, rules
from .browsers import device
from .models import SignIn, User
from .second_factor import queries as factors
from .second_factor import rules as codes
from .second_factor.models import Authenticator

HALF = "half"  # where the browser keeps the secret of a sign-in that waits for a code

Page = str | HttpResponse | tuple[str, int]


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


def recognise_code(user: User, typed: str, *, at: datetime) -> str:
    """Which kind of code was typed, "code" or "recovery code", now spent; "" where it was neither. Raises RuleBroken."""
    failed = queries.failed_sign_ins(logged_as(user.email), since=at - codes.FAILURES_COUNT_FOR, verb=CODE_FAILED)
    codes.refuse_haste(*db.session.execute(failed).one(), at=at)
    if kind := _spend_code(user, typed, at=at):
        return kind
    db.session.add(audit.record(CODE_FAILED, logged_as(user.email), who=user.id, at=at))
    SIGN_INS.labels("wrong code").inc()
    return ""


CODE_FAILED = "second_factor_failed"


def _spend_code(user: User, typed: str, *, at: datetime) -> str:
    app = db.session.scalars(factors.confirmed_authenticator_of(user)).one_or_none()
    step = codes.matching_step(secret_of(app), typed, after=app.last_step, at=at) if app else None
    if app and step is not None and changes_a_row(factors.use_step(app, step)):
        return "code"
    code = db.session.scalars(factors.recovery_code(user, links.read_code(typed))).one_or_none()
    if code and changes_a_row(factors.use_recovery_code(code, at=at)):
        db.session.add(audit.record("recovery_code_used", who=user.id, at=at))
        return "recovery code"
    return ""


def changes_a_row(statement: ReturningUpdate[int]) -> bool:
    """Do it, and say whether it found what it was to change: somebody else may have been faster by a moment."""
    return db.session.execute(statement).first() is not None


def secret_of(app: Authenticator) -> str:
    """What the app of this person was given; nothing can match it where the key of the installation has changed."""
    plain = encryption.decrypt(app.sealed_secret, purpose=AUTHENTICATOR, key=current_app.config["SECRET_KEY"])
    return plain or codes.new_secret()


def sealed(secret: str) -> str:
    return encryption.encrypt(secret, purpose=AUTHENTICATOR, key=current_app.config["SECRET_KEY"])


AUTHENTICATOR = "authenticator app"


def go_on(user: User, how: str, wanted: str | None, *, at: datetime) -> HttpResponse:
    """What follows once a person has shown who they are: they are let in, or asked for a code first. Commits."""
    if db.session.scalars(factors.confirmed_authenticator_of(user)).one_or_none() is None:
        return finish(user, how, wanted, at=at)
    half, token = codes.begin_half(user, how, rules.own_path(wanted) or "", at=at)
    db.session.add(half)
    db.session.commit()
    session[HALF] = token
    return redirect(url_for("accounts.second_step"))


def finish(user: User, how: str, wanted: str | None, *, at: datetime, strong: bool = False) -> HttpResponse:
    """Nothing more is asked: the person is signed in. Commits."""
    token = start_sign_in(user, how, at=at, strong=strong)
    db.session.commit()
    return let_in(user, token, wanted)


def second_factor_is_missing(user: User) -> bool:
    """Whether this person's sign-in is not strong enough for whoever organises on this installation."""
    return codes.is_missing(user, g.sign_in, required=current_app.config["REQUIRE_SECOND_FACTOR"])


def ask_for_second_factor(user: User) -> Page | None:
    """What to answer to an organiser whose sign-in is not strong enough for this installation; nothing where it is."""
    if not second_factor_is_missing(user):
        return None
    kept = kept_page(
        _l("Organisers here need a second factor"),
        _l("What you typed is kept on this page. Confirm that it is you, come back here and send it again."),
        status=403,
        sign_in=True,
    )
    return kept or redirect(url_for("accounts.confirm", next=request.full_path.rstrip("?")))


def start_sign_in(user: User, how: str, *, at: datetime, strong: bool = False) -> str:
    """A new sign-in instead of the one this browser may have; the token to give to the browser."""
    if current_user.is_authenticated:
        rules.end_sign_ins([g.sign_in], at=at)
    started, token = rules.start_sign_in(user, device=device(request.user_agent.string), at=at, strong=strong)
    db.session.add_all([started, audit.record("sign_in", how, who=user.id, at=at)])
    SIGN_INS.labels(how).inc()
    return token


def let_in(user: User, token: str, wanted: str | None) -> HttpResponse:
    """Nothing of the session from before survives, so a session planted by somebody else is worthless."""
    session.clear()
    login_user(Bearer(token))
    session.permanent = True
    return browsers.remember(redirect(rules.own_path(wanted) or url_for("overview.mine")), user.email)


def refuse_wrong_password(user: User, typed: str) -> None:
    """For what a browser left open must not be enough for. Raises RuleBroken."""
    if not passwords.verify(user.password_hash, typed):
        raise RuleBroken(_("This is not your password."), field="current")


def replace_password(user: User, password: str, *, but: SignIn | None = None, at: datetime) -> None:
    """A new password, every sign-in but one ended, and a mail that tells the owner."""
    sign_ins = [each for each in db.session.scalars(queries.sign_ins_of(user, at=at)) if each is not but]
    resets = db.session.scalars(queries.open_resets_of(user, at=at)).all()
    to_sign_in = db.session.scalars(queries.open_sign_in_links_of(user, at=at)).all()
    rules.set_password(user, passwords.hash(password), sign_ins=sign_ins, mailed=[*resets, *to_sign_in], at=at)
    outbox.add(letters.password_changed(user, link=link_to("accounts.forgotten"), at=at))
    db.session.add(audit.record("password_changed", who=user.id, at=at))
