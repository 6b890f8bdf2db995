"""The members of a workshop: who they are, their roles, removing them, and handing over."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.lists import Filter, Listing
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Membership, Role, Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import RolesForm


@bp.get("/workshops/<slug>/desk/members")
@organiser
def members(workshop: Workshop) -> str:
    """Everybody with their roles, and the invitations that wait."""
    people = rules.roles_by_person(db.session.scalars(queries.memberships(workshop)))
    roles = {role.value: str(role.label) for role in Role}
    listing = Listing(
        list(people.items()),
        [],
        [Filter("role", _("Role"), roles, lambda row: [role.value for role in row[1]])],
        lambda row: row[0].name if row[0].is_guest else f"{row[0].name} {row[0].email}",
    )
    return render_template(
        "secretariat/members/members.html",
        workshop=workshop,
        listing=listing,
        page=listing.page(),
        pending=db.session.scalars(queries.pending_invitations(workshop)).all(),
        at=now(),
    )


@bp.route("/workshops/<slug>/desk/members/<int:id>", methods=["GET", "POST"])
@organiser
def edit_member(workshop: Workshop, id: int) -> Page:
    """Change the roles of one person."""
    memberships = memberships_to_change(workshop)
    person = person_or_404(memberships, id)
    held = rules.roles_by_person(memberships)[person]
    form, theirs = open_form(RolesForm, {"roles": [role.value for role in held]}, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            change = rules.change_roles(person, form.wanted, workshop=workshop, memberships=memberships)
            return save(workshop, person, held, change, _("The roles of %(name)s are saved.", name=person.name))
    page = render_template(
        "secretariat/members/edit_member.html",
        workshop=workshop,
        person=person,
        form=form,
        theirs=theirs,
        is_last=rules.organisers(memberships) == [person],
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/members/<int:id>/remove")
@organiser
def remove_member(workshop: Workshop, id: int) -> HttpResponse:
    """Somebody else, or oneself: that is how an organiser leaves."""
    memberships = memberships_to_change(workshop)
    person = person_or_404(memberships, id)
    with flashing_refusal():
        change = rules.remove(person, memberships=memberships)
        held = rules.roles_by_person(memberships)[person]
        return save(workshop, person, held, change, _("%(name)s is no longer a member.", name=person.name))
    return redirect(url_for(".edit_member", slug=workshop.slug, id=id))


@bp.post("/workshops/<slug>/desk/members/<int:id>/hand-over")
@organiser
def hand_over(workshop: Workshop, id: int) -> HttpResponse:
    """The other person organises the workshop from now on, the reader no longer."""
    memberships = memberships_to_change(workshop)
    person = person_or_404(memberships, id)
    reader = person_or_404(memberships, current_user.id)
    with flashing_refusal():
        change = rules.hand_over(reader, person, workshop=workshop, memberships=memberships)
        held = rules.roles_by_person(memberships)[reader]
        message = _("%(name)s organises the workshop now. You are no longer an organiser.", name=person.name)
        return save(workshop, reader, held, change, message)
    return redirect(url_for(".edit_member", slug=workshop.slug, id=id))


def memberships_to_change(workshop: Workshop) -> Sequence[Membership]:
    """All of the workshop. Who is about to change them makes others wait until the commit, and must still organise
    the workshop once her turn has come.
    """
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    found = db.session.scalars(queries.memberships(workshop)).all()
    if current_user.id not in {each.id for each in rules.organisers(found)}:
        abort(403)
    return found


def person_or_404(memberships: Sequence[Membership], id: int) -> User:
    return next((each.user for each in memberships if each.user_id == id), None) or abort(404)


def save(
    workshop: Workshop, person: User, held: Sequence[Role], change: rules.RoleChange, message: str
) -> HttpResponse:
    """Commit, and go where the reader may still be."""
    db.session.add_all(change.added)
    for each in change.dropped:
        db.session.delete(each)
    db.session.flush()
    left = rules.roles_by_person(db.session.scalars(queries.memberships(workshop)))
    subject = f"{workshop.slug}: user {person.id}: {', '.join(held)} → {', '.join(left.get(person, [])) or 'none'}"
    db.session.add(audit.record("change roles", subject, who=current_user.id, at=now()))
    db.session.commit()
    flash(message)
    own = next((roles for user, roles in left.items() if user.id == current_user.id), [])
    if Role.ORGANISER in own:
        return redirect(url_for(".members", slug=workshop.slug))
    return redirect(url_for("overview.desk", slug=workshop.slug) if own else url_for("overview.mine"))
