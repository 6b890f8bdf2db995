"""Access marks that ask for a role in the workshop named in the address.

A stranger gets 404 (the workshop's desk does not exist for them), a member without the role 403.
The view is handed the workshop instead of its slug: fetching and allowing are one step, one statement.
What a role opens is said here and by the marks of the views, and nowhere else: navigation and refusals read the marks.
"""

from collections.abc import Callable, Collection
from functools import partial, wraps
from typing import Any

from flask import abort, current_app, g, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from workshop.platform.access import Answer, P, login_manager, mark, refuse_archived, workspaces
from workshop.platform.db import db
from workshop.secretariat.accounts.sign_in import ask_for_second_factor, second_factor_is_missing

from . import queries
from .models import Membership, Role, Workshop


def holding(
    *roles: Role, archived: bool = False, limited: bool = False
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Mark a view of `<slug>` as open to members of that workshop who hold one of these roles (any, when none named).

    An archived workshop takes no changes, but in views that say so. A role that somebody holds in some sessions only
    opens nothing but views marked as `limited`, which look themselves at which session it is.
    """

    def mark_view(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def guarded(slug: str, **kwargs: object) -> Answer:
            if not current_user.is_authenticated:
                unauthorized: Answer = login_manager.unauthorized()
                return unauthorized
            parts: dict[Workshop, list[Membership]] = {}
            for each in db.session.scalars(queries.memberships_of(current_user)):
                parts.setdefault(each.workshop, []).append(each)
            workshop = next((one for one in parts if one.slug == slug), None) or abort(404)
            g.roles, g.workshops = {each.role for each in parts[workshop]}, list(parts)
            g.limited = {each.role for each in parts[workshop] if each.limited}
            g.workshop_id = workshop.id
            g.may_open = partial(may_open, roles=g.roles, limited=g.limited)
            g.places = places_open_to(g.may_open)
            if roles and not (g.roles if limited else g.roles - g.limited).intersection(roles):
                refuse_role(workshop, roles)
            if Role.ORGANISER in g.roles and (asked := ask_for_second_factor(current_user)):
                return asked  # type: ignore[return-value]
            if request.method == "POST" and not archived:
                refuse_archived(workshop)
            return view(workshop=workshop, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        guarded.limited = limited  # type: ignore[attr-defined]
        return mark(guarded, "+".join(roles) or "member")

    return mark_view


# The places of the workspace in the order of a workshop's life. Of alternatives the first is shown that may be opened.
PLACES: tuple[tuple[tuple[str, Any], ...], ...] = (
    (("agenda.desk", _l("Agenda")), ("briefing.programme", _l("Agenda"))),
    (("speakers.desk", _l("Speakers")),),
    (("registration.desk", _l("Participants")),),
    (("papers.desk", _l("Papers")),),
    (("designing.desk", _l("Questionnaires")), ("findings.desk", _l("Results"))),
    (("runsheet.desk", _l("Run sheet")),),
    (("capture.desk", _l("Break-out groups")),),
    (("plenary.desk", _l("Reports")),),
    (("publications.desk", _l("Library")),),
    (("correspondence.messages", _l("Outbox")),),
    (("settings.about", _l("Settings")), ("translating.translations", _l("Translations"))),
)


def places_open_to(may_open: Callable[[str], bool]) -> list[tuple[str, Any]]:
    """The endpoint and the name of each place that the reader may open."""
    offered = ([each for each in place if may_open(each[0])] for place in PLACES)
    return [each[0] for each in offered if each]


def may_open(endpoint: str, roles: Collection[Role], limited: Collection[Role] = ()) -> bool:
    """Whether somebody with these roles in a workshop, `limited` ones among them, may open that view of it."""
    view = current_app.view_functions[endpoint]
    needed: frozenset[Role] = getattr(view, "roles", frozenset())
    counted = roles if getattr(view, "limited", False) else set(roles).difference(limited)
    return not needed or bool(needed.intersection(counted))


def refuse_role(workshop: Workshop, roles: Collection[Role]) -> None:
    """Say which roles may do it, and what the reader may do instead."""
    protocol = [role for role in Role if role in roles]
    own = [role for role in Role if role in g.roles]
    page = render_template("secretariat/series/not_your_role.html", workshop=workshop, needed=protocol, own=own)
    abort(make_response(page, 403))


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


# Who works on a part of the workshop. Settings, members and going public are for organisers alone.
organiser = holding(Role.ORGANISER)
organiser_even_if_archived = holding(Role.ORGANISER, archived=True)
programme_officer = holding(Role.ORGANISER, Role.PROGRAMME)  # agenda, timetable, rooms, groups, speakers
documents_officer = holding(Role.ORGANISER, Role.DOCUMENTS)  # papers, but for publishing them
analyst = holding(Role.ORGANISER, Role.ANALYST)  # results, but for publishing them
member = holding()
