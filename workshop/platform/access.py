"""Who may open which page. Every view carries exactly one mark, directly under its route decorators.

Marks here know no package; `secretariat.series.membership` adds those that ask for a role in a workshop.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple, NoReturn, ParamSpec, TypeVar

from flask import Flask, Request, abort, current_app, flash, make_response, redirect, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager, current_user
from sqlalchemy import Select
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.db import db, now
from workshop.platform.drafts import note_refused
from workshop.platform.errors import refusal_page
from workshop.platform.form_recovery import kept_page
from workshop.platform.links import Linked, Place, is_same
from workshop.platform.providers import Provided

login_manager = LoginManager()
P = ParamSpec("P")
Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=Linked)
Page = str | HttpResponse | tuple[str, int]
workspaces = Provided[[str], bool]("Whether whoever is signed in has a workspace for the workshop of that short name.")


class CookieSessions(SecureCookieSessionInterface):
    """Whoever comes without the cookie has no session: none is looked for."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def has_workspace(slug: str) -> bool:
    """For public pages, which then show the way to it; asked only where somebody is signed in."""
    return any(workspaces(slug))


def init_app(app: Flask) -> None:
    app.session_interface = CookieSessions()
    login_manager.init_app(app)
    app.jinja_env.globals["has_workspace"] = has_workspace


def mark(view: Callable[P, Answer], access: str) -> Callable[P, Answer]:
    """Write on a view who may open it."""
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Anyone, without an account."""
    return mark(view, "public")


def open_link(statement: Callable[[str], Select[Row]], token: str) -> Row | None:
    """What a secret opens now. Unknown, revoked and expired ones look the same, as do those into what was removed: nothing."""
    found = db.session.scalars(statement(token)).one_or_none()
    if found is None or not found.link_opens(now()):
        return None
    place = found.leads_into
    return None if place is not None and place.is_removed else found


def refuse_archived(place: Place) -> None:
    """What was typed comes back, to be sent again once the workshop is open to changes."""
    if place.is_archived:
        title = _("This workshop is archived")
        advice = _("Nothing was changed. An organiser can reopen it under “Visibility”.")
        abort(make_response(refusal_page(title, advice, 409)))


def even_if_archived(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Mark a view by link that works in an archived workshop too: what is one's own can always be taken back."""
    view.even_if_archived = True  # type: ignore[attr-defined]
    return view


def refuse_link(_token: str) -> NoReturn:
    abort(404)


def by_link(
    statement: Callable[[str], Select[Row]],
    *checks: Callable[[Row, str], None],
    otherwise: Callable[[str], Page] = refuse_link,
) -> Callable[[Callable[..., Answer]], Callable[..., Answer | Page]]:
    """Mark a view of `<token>` as open to whoever holds that secret.

    The view is handed the row that the secret opens: fetching and allowing are one step, one statement. `checks` then see
    it in order, with the secret; they may refuse it, or wait for their turn to change it. Where nothing opens, `otherwise`
    answers.
    """

    def mark_view(view: Callable[..., Answer]) -> Callable[..., Answer | Page]:
        @wraps(view)
        def guarded(token: str, **kwargs: object) -> Answer | Page:
            found = open_link(statement, token)
            if found is None:
                return otherwise(token)
            place = found.leads_into
            if place is not None and request.method == "POST" and not hasattr(view, "even_if_archived"):
                refuse_archived(place)
            for check in checks:
                check(found, token)
            return view(token, found, **kwargs)

        return mark(guarded, "by_link")

    return mark_view


def signed_in(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Anyone with an account."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        if not current_user.is_authenticated:
            unauthorized: Answer = login_manager.unauthorized()
            return unauthorized
        return view(*args, **kwargs)

    return mark(guarded, "signed_in")


def demonstration(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Anyone, but only where the program runs as a demonstration; elsewhere the address does not exist."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        if not current_app.config["DEMO"]:
            abort(404)
        return view(*args, **kwargs)

    return mark(guarded, "demonstration")


def operator(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Whoever runs the machine: asked from the machine itself and not through a proxy on it, or with the token."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        token = current_app.config["METRICS_TOKEN"]
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token and is_same(given, token):
            return view(*args, **kwargs)
        forwarded = any(name in request.headers for name in ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"))
        if token or forwarded or request.remote_addr not in {"127.0.0.1", "::1"}:
            abort(404)
        return view(*args, **kwargs)

    return mark(guarded, "operator")


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def ask_to_sign_in() -> Page:
    kept = kept_page(
        _l("You are no longer signed in"),
        _l("What you typed is kept on this page. Sign in, come back here and send it again."),
        status=401,
        sign_in=True,
    )
    if kept:
        return kept
    note_refused()
    flash(_l("Please sign in first. You will come back to this page."))
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))


def refuse_unmarked_views(app: Flask) -> None:
    """Stop the start when a view does not say who may open it."""
    for endpoint, view in app.view_functions.items():
        if endpoint != "static" and not hasattr(view, "access"):
            raise RuntimeError(f"{endpoint} does not say who may open it")


class Limit(NamedTuple):
    """How often one address may do something."""

    allowance: str
    methods: tuple[str, ...]
    counted: Callable[[HttpResponse], bool] | None


def limited(
    allowance: str, *, methods: tuple[str, ...] = ("POST",), counted: Callable[[HttpResponse], bool] | None = None
) -> Callable[[Callable[P, Answer]], Callable[P, Answer]]:
    """How often one address may send this form, such as "10 per minute". Stands under the access mark.

    With `counted` only answers of which it is true use the allowance up.
    """

    def write(view: Callable[P, Answer]) -> Callable[P, Answer]:
        view.limit = Limit(allowance, methods, counted)  # type: ignore[attr-defined]
        return view

    return write


def remote_network() -> str:
    """The reader's address; of IPv6 the first half, because one subscriber holds all of the second."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:  # served through a socket of this machine
        return request.remote_addr or "local"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))
    return str(address)
