"""The rooms of a workshop, and what its timetable may count on: interpreters, and which clashes matter."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from .. import bp, queries, rules
from ..models import Room, Session
from . import rooms as rooms_of
from .clash_sentences import EXPLANATIONS
from .clashes import Rule
from .forms import RoomForm, SettingsForm, as_set


@bp.route("/workshops/<slug>/desk/agenda/rooms", methods=["GET", "POST"])
@programme_officer
def rooms(workshop: Workshop) -> Page:
    """All rooms, and a form for another one."""
    form = begin_form(RoomForm, {}, posted_form())
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    known = db.session.scalars(queries.rooms(workshop)).all()
    if form.validate_on_submit():
        with form.refusing():
            room = rooms_of.add_room(workshop, form.typed(rooms_of.RoomText), rooms=known)
            db.session.add(room)
            db.session.commit()
            flash(_("The room is added."))
            return to_rooms(workshop)
    used = uses_of_rooms(workshop)
    return render_template("programme/agenda/rooms.html", workshop=workshop, rooms=known, used=used, form=form)


@bp.route("/workshops/<slug>/desk/agenda/rooms/<int:room_id>", methods=["GET", "POST"])
@programme_officer
def edit_room(workshop: Workshop, room_id: int) -> Page:
    room = held_room(workshop, room_id)
    form, theirs = open_form(RoomForm, {"name": room.name, "names": room.names, "seats": room.seats}, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            known = db.session.scalars(queries.rooms(workshop)).all()
            rooms_of.edit_room(room, form.typed(rooms_of.RoomText), rooms=known)
            db.session.commit()
            flash(_("Saved. The public sees it once you publish the agenda."))
            return to_rooms(workshop)
    page = render_template("programme/agenda/edit_room.html", workshop=workshop, room=room, form=form, theirs=theirs)
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/agenda/rooms/<int:room_id>/move")
@programme_officer
def move_room(workshop: Workshop, room_id: int) -> HttpResponse:
    room = held_room(workshop, room_id)
    rules.move(db.session.scalars(queries.rooms(workshop)).all(), room, up=request.args.get("to") == "up")
    db.session.commit()
    return to_rooms(workshop)


@bp.post("/workshops/<slug>/desk/agenda/rooms/<int:room_id>/remove")
@programme_officer
def remove_room(workshop: Workshop, room_id: int) -> HttpResponse:
    room = held_room(workshop, room_id)
    used = uses_of_rooms(workshop).get(room.id, 0)
    with flashing_refusal():
        rooms_of.remove_room(used=used)
        db.session.delete(room)
        db.session.add(audit.record("remove room", f"{workshop.slug}, {room.name}", who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The room is removed."))
    return to_rooms(workshop)


@bp.route("/workshops/<slug>/desk/agenda/timetable/settings", methods=["GET", "POST"])
@programme_officer
def timetable_settings(workshop: Workshop) -> Page:
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    form, theirs = open_form(SettingsForm, as_kept(workshop), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            workshop.hard_stops = rooms_of.hard_stops(form.hard_stops.data or "")
            workshop.interpreter_teams = form.interpreter_teams.data
            workshop.clash_levels = {rule.value: form[rule.value].data.value for rule in Rule}
            db.session.commit()
            flash(_("The settings are saved."))
            return redirect(url_for("agenda.timetable", slug=workshop.slug, _anchor="clashes"))
    page = render_template(
        "programme/agenda/timetable_settings.html",
        workshop=workshop,
        form=form,
        theirs=theirs,
        rules=list(Rule),
        explanations=EXPLANATIONS,
    )
    return page, 409 if theirs else 200


def held_room(workshop: Workshop, room_id: int) -> Room:
    """The room, or 404. Who is about to change it makes others wait until the commit."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    room: Room = db.one_or_404(queries.rooms(workshop).where(Room.id == room_id))
    return room


def uses_of_rooms(workshop: Workshop) -> dict[int, int]:
    """How many sessions are held in each room that is used."""
    counted = (
        select(Session.room_id, func.count())
        .where(Session.workshop_id == workshop.id, Session.room_id.is_not(None))
        .group_by(Session.room_id)
    )
    return {room: count for room, count in db.session.execute(counted) if room}


def to_rooms(workshop: Workshop) -> HttpResponse:
    return redirect(url_for("agenda.rooms", slug=workshop.slug))


def as_kept(workshop: Workshop) -> dict[str, object]:
    """The settings as their form shows them."""
    return {
        "interpreter_teams": workshop.interpreter_teams,
        "hard_stops": ", ".join(workshop.hard_stops),
        **as_set(workshop.clash_levels),
    }
