"""The organisers say who serves a session."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.programme.agenda.models import Session
from workshop.programme.groups.queries import members, part_given
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import PartForm
from .models import SessionRole


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/roles", methods=["GET", "POST"])
@programme_officer
def people(workshop: Workshop, number: int) -> Page:
    """Who chairs, moderates, reports and takes notes; a member of the workshop is chosen."""
    session = held_session(workshop, number)
    held = db.session.scalars(queries.roles_of_session(session)).all()
    everyone = db.session.scalars(members(workshop)).all()
    form = PartForm(members=everyone)
    if form.validate_on_submit():
        with form.refusing():
            chosen = next(each for each in everyone if each.id == form.member.data)
            role = rules.give_part(session, chosen, form.part.data, held=held)
            roles = {each.role for each in db.session.scalars(queries.memberships_in(workshop, chosen))}
            membership = rules.membership_with(role.role, chosen, session, held=roles)
            db.session.add_all([each for each in (role, membership) if each])
            part_given(db.session, workshop, chosen)
            return save(session, "give part in session", _("Saved."))
    return render_template(
        "programme/session_roles/people.html", workshop=workshop, session=session, form=form, roles=held
    )


@bp.post("/workshops/<slug>/desk/agenda/sessions/<int:number>/roles/<int:role_id>/remove")
@programme_officer
def remove_part(workshop: Workshop, number: int, role_id: int) -> HttpResponse:
    """She serves the session no longer; with her last part of the kind goes the role that came with it."""
    session = held_session(workshop, number)
    role: SessionRole = db.one_or_404(queries.roles_of_session(session).where(SessionRole.id == role_id))
    sessions = db.session.scalars(queries.session_roles_of(role.user, workshop)).all()
    membership = rules.membership_without(
        role.role,
        db.session.scalars(queries.memberships_in(workshop, role.user)).all(),
        sessions=[each for each in sessions if each is not role],
        groups=db.session.scalars(queries.group_roles_of(role.user, workshop)).all(),
    )
    db.session.delete(role)
    if membership:
        db.session.delete(membership)
    return save(session, "take part in session away", _("Removed."))


def held_session(workshop: Workshop, number: int) -> Session:
    """The session, or 404. Who is about to change it makes others wait until the commit."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    session: Session = db.one_or_404(queries.session_numbered(workshop, number))
    return session


def save(session: Session, verb: str, message: str) -> HttpResponse:
    subject = f"{session.workshop.slug}, session {session.number}"
    db.session.add(audit.record(verb, subject, who=current_user.id, at=now()))
    db.session.commit()
    flash(message)
    return redirect(url_for(".people", slug=session.workshop.slug, number=session.number))
