"""Access marks that ask for a role in the workshop named in the address.

A stranger gets 404 (the workshop's desk does not exist for them), a member without the role 403.
The view is handed the workshop instead of its slug: fetching and allowing are one step, one statement.
"""

from collections.abc import Callable
from functools import wraps

from flask import abort, g, make_response
from flask_login import current_user

from workshop.platform.access import Answer, login_manager, mark, workspaces
from workshop.platform.db import db

from . import queries, rules
from .models import Role, Workshop


def holding(*roles: Role) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Mark a view of `<slug>` as open to members of that workshop who hold one of these roles (any, when none named)."""

    def mark_view(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def guarded(slug: str, **kwargs: object) -> Answer:
            if not current_user.is_authenticated:
                unauthorized: Answer = login_manager.unauthorized()
                return unauthorized
            parts = rules.roles_by_workshop(db.session.scalars(queries.memberships_of(current_user)))
            workshop = next((each for each in parts if each.slug == slug), None) or abort(404)
            g.roles, g.workshops = set(parts[workshop]), list(parts)
            if roles and not g.roles.intersection(roles):
                abort(403)
            return view(workshop=workshop, **kwargs)

        return mark(guarded, "+".join(roles) or "member")

    return mark_view


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


@workspaces.by
def is_member(slug: str) -> bool:
    """Whether whoever is signed in has a part in the workshop of this short name."""
    return db.session.execute(queries.roles_in_workshop(current_user, slug)).first() is not None


organiser = holding(Role.ORGANISER)
member = holding()
