"""The organisers form the break-out groups: topic, session, room, times; order; and who serves them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.programme.agenda.times import local
from workshop.secretariat.accounts.models import User
from workshop.secretariat.activity.change_listener import note, write_notes
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Membership, Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import GroupForm, PartForm
from .models import Group, GroupRole


@bp.route("/workshops/<slug>/desk/breakouts/new", methods=["GET", "POST"])
@programme_officer
def form_group(workshop: Workshop) -> Page:
    lock_to_write(workshop)
    sessions = db.session.scalars(queries.breakout_sessions(workshop)).all()
    form = begin_form(GroupForm.of(workshop, sessions), {}, posted_form())
    if sessions and form.validate_on_submit():
        with form.refusing():
            numbers = [each.number for each in db.session.scalars(queries.groups(workshop.id))]
            chosen = next(each for each in sessions if each.id == form.session.data)
            group = rules.form_group(chosen, form.typed(rules.GroupText), taken=numbers)
            db.session.add(group)
            return save(group, "form group", _("The group is formed. Add its questions and the people who serve it."))
    return render_template(
        "programme/groups/edit.html", workshop=workshop, form=form, group=None, theirs=None, sessions=sessions
    )


@bp.route("/workshops/<slug>/desk/breakouts/<int:number>/edit", methods=["GET", "POST"])
@programme_officer
def edit_group(workshop: Workshop, number: int) -> Page:
    group = held_group(workshop, number)
    sessions = db.session.scalars(queries.breakout_sessions(workshop)).all()
    form, theirs = open_form(GroupForm.of(workshop, sessions), as_kept(group), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            chosen = next(each for each in sessions if each.id == form.session.data)
            rules.edit_group(group, chosen, form.typed(rules.GroupText))
            return save(group, "edit group", _("Saved."))
    page = render_template(
        "programme/groups/edit.html", workshop=workshop, form=form, group=group, theirs=theirs, sessions=sessions
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/breakouts/<int:number>/move")
@programme_officer
def move_group(workshop: Workshop, number: int) -> HttpResponse:
    group = held_group(workshop, number)
    others = db.session.scalars(queries.groups(workshop.id)).all()
    with flashing_refusal():
        rules.refuse_to_move(depending=sum(depending_on(workshop).values()))
        other = rules.neighbour(others, group, up=request.args.get("to") == "up")
        if other:
            numbers = group.number, other.number
            steps = ((group, numbers), (other, numbers[::-1]))
            write_notes(db.session, (note(Group, each, workshop, number=step) for each, step in steps))
            for statement in queries.swap(group, other):
                db.session.execute(statement)
            workshop.changed_in_public()
            db.session.commit()
    return back(workshop)


@bp.route("/workshops/<slug>/desk/breakouts/<int:number>/remove", methods=["GET", "POST"])
@programme_officer
def remove_group(workshop: Workshop, number: int) -> Page:
    group = held_group(workshop, number)
    depending = depending_on(workshop).get(group.id, 0)
    if request.method == "POST":
        with flashing_refusal():
            rules.refuse_to_remove(depending=depending)
            place = f"{workshop.slug}, group {number}"
            db.session.delete(group)
            db.session.add(audit.record("remove group", place, who=current_user.id, at=now()))
            workshop.changed_in_public()
            db.session.commit()
            flash(_("The group is removed."))
        return back(workshop)
    return render_template("programme/groups/remove.html", workshop=workshop, group=group, depending=depending)


@bp.route("/workshops/<slug>/desk/breakouts/<int:number>/people", methods=["GET", "POST"])
@programme_officer
def people(workshop: Workshop, number: int) -> Page:
    """Who moderates, reports and takes notes; a member of the workshop is chosen."""
    group = held_group(workshop, number)
    roles = db.session.scalars(queries.roles_in_groups(workshop)).all()
    members = db.session.scalars(queries.members(workshop)).all()
    form = PartForm(members=members)
    if form.validate_on_submit():
        with form.refusing():
            chosen = next(each for each in members if each.id == form.member.data)
            serve(group, chosen, rules.give_part(group, chosen, form.part.data, roles=roles))
            return save(group, "give part in group", _("Saved."), to="groups.people")
    return render_template(
        "programme/groups/people.html",
        workshop=workshop,
        group=group,
        form=form,
        roles=[each for each in roles if each.group_id == group.id],
        codes=db.session.scalars(queries.open_codes(group, now())).all(),
    )


@bp.post("/workshops/<slug>/desk/breakouts/<int:number>/people/<int:role_id>/remove")
@programme_officer
def take_part_away(workshop: Workshop, number: int, role_id: int) -> HttpResponse:
    """She serves the group no longer; her role in the workshop is changed among the members."""
    group = held_group(workshop, number)
    role = db.one_or_404(db.select(GroupRole).where(GroupRole.id == role_id, GroupRole.group_id == group.id))
    db.session.delete(role)
    return save(group, "take part in group away", _("Removed."), to="groups.people")


def serve(group: Group, user: User, role: GroupRole) -> None:
    """The part in the group, and the role in the workshop without which its pages stay closed. Not yet committed."""
    wanted = rules.PARTS[role.role]
    db.session.add(role)
    if wanted not in db.session.scalars(queries.roles_of(group.workshop, user)).all():
        db.session.add(Membership(user=user, workshop=group.workshop, role=wanted))
    queries.part_given(db.session, group.workshop, user)


def held_group(workshop: Workshop, number: int) -> Group:
    """The group, or 404. Who is about to change it makes others wait until the commit."""
    lock_to_write(workshop)
    found: Group = db.one_or_404(queries.group(workshop, number))
    return found


def lock_to_write(workshop: Workshop) -> None:
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()


def depending_on(workshop: Workshop) -> dict[int, int]:
    return {row.group_id: row.depending for row in db.session.execute(queries.depending_on_groups(workshop))}


def as_kept(group: Group) -> dict[str, object]:
    zone = group.workshop.zone
    return {
        **{name: getattr(group, name) for name in ("topic", "room", "seats", "languages", "mode")},
        "session": group.session_id,
        "start": local(group.starts_at, zone)[1] if group.starts_at else None,
        "end": local(group.ends_at, zone)[1] if group.ends_at else None,
    }


def save(group: Group, verb: str, message: str, to: str = "groups.edit_group") -> HttpResponse:
    place = f"{group.workshop.slug}, group {group.number}"
    group.workshop.changed_in_public()
    db.session.add(audit.record(verb, place, who=current_user.id, at=now()))
    db.session.commit()
    flash(message)
    return redirect(url_for(to, slug=group.workshop.slug, number=group.number))


def back(workshop: Workshop) -> HttpResponse:
    return redirect(url_for("capture.desk", slug=workshop.slug))
