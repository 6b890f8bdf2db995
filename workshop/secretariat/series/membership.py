"""Access marks that ask for a role in the workshop named in the address.

A stranger gets 404 (the workshop's desk does not exist for them), a member without the role 403.
The view is handed the workshop instead of its slug: fetching and allowing are one step, one statement.
"""

from collections.abc import Callable
from functools import wraps

from flask import abort, g, make_response, request
from flask_babel import gettext as _
from flask_login import current_user

from workshop.platform.access import Answer, P, login_manager, mark, workspaces
from workshop.platform.db import db
from workshop.platform.errors import refusal_page
from workshop.secretariat.accounts.sign_in import ask_for_second_factor, second_factor_is_missing

from . import queries
from .models import Role, Visibility, Workshop


def holding(*roles: Role, archived: bool = False) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Mark a view of `<slug>` as open to members of that workshop who hold one of these roles (any, when none named).

    An archived workshop takes no changes, but in views that say so.
    """

    def mark_view(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def guarded(slug: str, **kwargs: object) -> Answer:
            if not current_user.is_authenticated:
                unauthorized: Answer = login_manager.unauthorized()
                return unauthorized
            parts: dict[Workshop, set[Role]] = {}
            for each in db.session.scalars(queries.memberships_of(current_user)):
                parts.setdefault(each.workshop, set()).add(each.role)
            workshop = next((one for one in parts if one.slug == slug), None) or abort(404)
            g.roles, g.workshops = parts[workshop], list(parts)
            if roles and not g.roles.intersection(roles):
                abort(403)
            if Role.ORGANISER in g.roles and (asked := ask_for_second_factor(current_user)):
                return asked  # type: ignore[return-value]
            if request.method == "POST" and not archived:
                refuse_archived(workshop)
            return view(workshop=workshop, **kwargs)

        return mark(guarded, "+".join(roles) or "member")

    return mark_view


def refuse_archived(workshop: Workshop) -> None:
    """What was typed comes back, to be sent again once the workshop is open to changes."""
    if workshop.visibility is not Visibility.ARCHIVED:
        return
    title = _("This workshop is archived")
    advice = _("Nothing was changed. An organiser can reopen it under “Visibility”.")
    abort(make_response(refusal_page(title, advice, 409)))


def refuse_all_but(role: Role, workshop: Workshop) -> None:
    """For pages that are reached by a secret and yet are not for everybody who holds it: elsewhere they do not exist.

    What somebody typed whose sign-in has ended comes back to be sent again; otherwise nothing leads to signing in, since
    the secret would stand in that address.
    """
    if not current_user.is_authenticated:
        kept = login_manager.unauthorized()
        abort(make_response(kept)) if isinstance(kept, tuple) else abort(404)
    rows = db.session.execute(queries.roles_in_workshop(current_user, workshop.slug)).all()
    if role not in {membership.role for _, membership in rows}:
        abort(404)
    if role is Role.ORGANISER and second_factor_is_missing(current_user):
        abort(404)


@workspaces.by
def is_member(slug: str) -> bool:
    """Whether whoever is signed in has a part in the workshop of this short name."""
    return db.session.execute(queries.roles_in_workshop(current_user, slug)).first() is not None


def administrator(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Who looks after the installation. For everybody else the page does not exist."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        if not current_user.is_authenticated:
            unauthorized: Answer = login_manager.unauthorized()
            return unauthorized
        if not current_user.is_administrator:
            abort(404)
        if asked := ask_for_second_factor(current_user):
            return asked  # type: ignore[return-value]
        return view(*args, **kwargs)

    return mark(guarded, "administrator")


organiser = holding(Role.ORGANISER)
organiser_even_if_archived = holding(Role.ORGANISER, archived=True)
member = holding()
