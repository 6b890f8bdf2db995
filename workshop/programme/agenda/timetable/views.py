"""The timetable editor: what stands where, moving it, taking a move back, putting a new session in."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.forms import whole
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from .. import bp, queries, rules
from ..models import Move
from . import checks, clashes, moves, plan_loader
from .clash_phrases import Wording
from .clashes import Level
from .forms import NewSessionForm, PlaceForm, as_day
from .moves import Then
from .plan import Entry, Place, Programme
from .planning_page import ALL, Screen

TOLD = 50  # sentences at most, unless all are asked for: nobody reads three hundred


@bp.get("/workshops/<slug>/desk/agenda/timetable")
@programme_officer
def timetable(workshop: Workshop) -> Page:
    programme = plan_loader.programme(db.session, workshop)
    chosen = by_number(programme, request.args.get("move", type=int))
    key = request.args.get("moved")
    return answer(
        workshop,
        programme,
        day=ALL if request.args.get("day") == ALL else as_day(request.args.get("day")),
        chosen=chosen,
        form=PlaceForm(None, programme=programme, data=as_placed(programme, chosen)) if chosen else None,
        move=db.session.scalars(queries.move_of(workshop, key)).one_or_none() if key else None,
    )


@bp.post("/workshops/<slug>/desk/agenda/sessions/<int:number>/place")
@programme_officer
def place_session(workshop: Workshop, number: int) -> Page:
    """Every way to move a session ends here: by mouse, by keys, by a button, by the form."""
    db.session.scalars(series_queries.lock_workshop(workshop)).one()
    programme = plan_loader.programme(db.session, workshop)
    seen = request.values.get("seen", "")
    entry = programme.by_id.get(whole(seen.partition(".")[0]) or 0) or by_number(programme, number) or abort(404)
    form = PlaceForm(request.form, programme=programme)
    refused = stale = None
    if form.validate():
        try:
            wish = moves.Wish(form.day.data, form.start.data, form.room.data, form.minutes.data)
            if form.step.data:
                wish = moves.wish_after(programme, entry, form.step.data)
                form = PlaceForm(None, programme=programme, data=asdict(wish) | {"then": form.then.data})
            moves.refuse_stale(entry, seen)
            places = moves.place(programme, entry, wish, form.then.data)
            after = programme.moved(places)
            checks.refuse_new(db.session, workshop, programme, after)
        except moves.Stale as refusal:
            stale = refusal.message
        except RuleBroken as refusal:
            refused = refusal
        else:
            return carried_out(workshop, programme, after, places)
    form.seen.data = entry.seen
    if refused:
        form.refuse(refused)
    day = shown_day() or programme.day_of(entry)
    return answer(workshop, programme, 409 if stale else 200, day=day, chosen=entry, form=form, stale=stale)


@bp.post("/workshops/<slug>/desk/agenda/timetable/moves/<move>/undo")
@programme_officer
def undo_move(workshop: Workshop, move: str) -> Page:
    db.session.scalars(series_queries.lock_workshop(workshop)).one()
    made: Move = db.one_or_404(queries.move_of(workshop, move))
    programme = plan_loader.programme(db.session, workshop)
    try:
        places = moves.put_back(programme, made.before)
        after = programme.moved(places)
        checks.refuse_new(db.session, workshop, programme, after)
    except RuleBroken as refusal:
        if not wants_part():
            flash(refusal.message)
            return redirect(url_for("agenda.timetable", slug=workshop.slug, day=day_in_address(shown_day())))
        return answer(workshop, programme, day=shown_day(), said=str(refusal.message))
    return carried_out(workshop, programme, after, places)


def carried_out(workshop: Workshop, programme: Programme, after: Programme, places: Mapping[int, Place]) -> Page:
    """Save where they stand now, keep where they stood, and show it."""
    move = Move(workshop=workshop, at=now(), who=current_user.id, before=moves.places_before(programme, places))
    rows = [
        {
            "session": id,
            "starts_at": place.starts_at,
            "ends_at": place.ends_at,
            "room_id": place.room,
            "revision": after.by_id[id].revision,
        }
        for id, place in places.items()
    ]
    db.session.execute(queries.give_places(), rows)
    db.session.add(move)
    db.session.commit()
    first = after.by_id[next(iter(places))]
    before = programme.by_id[first.id]
    day = shown_day() if shown_day() == ALL else after.day_of(first) or programme.day_of(before) or shown_day()
    if wants_part():
        return answer(workshop, after, day=day, move=move)
    return redirect(
        url_for("agenda.timetable", slug=workshop.slug, day=day_in_address(day), moved=move.key, _anchor="moved")
    )


@bp.post("/workshops/<slug>/desk/agenda/timetable/new")
@programme_officer
def place_new_session(workshop: Workshop) -> Page:
    """A session with a place at once: a new one, or one like another."""
    db.session.scalars(series_queries.lock_workshop(workshop)).one()
    programme = plan_loader.programme(db.session, workshop)
    form = NewSessionForm(request.form, programme=programme)
    if form.validate():
        sessions = db.session.scalars(queries.sessions(workshop)).all()
        like = next((each for each in sessions if each.number == whole(form.like.data)), None)
        text = rules.SessionText(title=form.title.data, format=form.format.data)
        with form.refusing():
            with checks.no_new_clash(db.session, workshop):
                session = rules.add_session(workshop, rules.text_like(text, like), before=sessions, rooms=())
                db.session.add(session)
                wish = moves.Wish(form.day.data, form.start.data, form.room.data, form.minutes.data)
                spot = moves.wished_place(programme, Entry(0, session.number, text.title, text.format), wish)
                session.starts_at, session.ends_at = spot.starts_at, spot.ends_at
                session.room = next(
                    (each for each in db.session.scalars(queries.rooms(workshop)) if each.id == spot.room), None
                )
            number = session.number
            db.session.commit()
            flash(_("Session %(number)s is in the timetable.", number=number))
            day = day_in_address(form.day.data)
            return redirect(url_for("agenda.timetable", slug=workshop.slug, day=day, _anchor=f"session-{number}"))
    db.session.rollback()
    return answer(workshop, programme, day=form.day.data, new=form)


def answer(workshop: Workshop, programme: Programme, status: int = 200, **shown: Any) -> Page:
    """The page, or for a script the part of it that a move changes."""
    levels, words = workshop.clash_levels, Wording(workshop.slug)
    all_found = clashes.find(programme)
    found = [each for level in (Level.BLOCK, Level.WARN) for each in clashes.at_level(all_found, levels, level)]
    told = found if request.args.get("clashes") == ALL else found[:TOLD]
    writer = checks.writer(db.session, programme, told, words)
    sentences = [(writer.sentence(each), clashes.level_of(each.rule, levels)) for each in told]
    screen = Screen(programme, words, clashes=found, sentences=sentences, **shown)
    if wants_part():
        return render_template("programme/agenda/_timetable.html", workshop=workshop, screen=screen), status
    if screen.new is None:
        screen = replace(screen, new=NewSessionForm(None, programme=programme, data=blank_session(programme)))
    return render_template("programme/agenda/timetable.html", workshop=workshop, screen=screen), status


def wants_part() -> bool:
    return request.headers.get("X-Part") == "timetable"


def by_number(programme: Programme, number: int | None) -> Entry | None:
    return next((each for each in programme.entries if each.number == number), None)


def shown_day() -> date | str | None:
    """Which day the sender had before them."""
    shown = request.form.get("shown", "")
    return ALL if shown == ALL else as_day(shown)


def day_in_address(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day


def as_placed(programme: Programme, entry: Entry) -> dict[str, object]:
    """Where a session stands, as the form shows it."""
    local = programme.local(entry.place.starts_at) if entry.place.starts_at else None
    return {
        "day": local.date() if local else None,
        "start": local.time() if local else None,
        "room": entry.place.room,
        "minutes": moves.length_of(entry),
        "seen": entry.seen,
        "then": Then.STAY,
    }


def blank_session(programme: Programme) -> dict[str, object]:
    """A new session as its form begins: empty, or like another and right after it."""
    like = by_number(programme, request.args.get("like", type=int))
    if like is None:
        return {"minutes": moves.USUAL_LENGTH}
    spot = as_placed(programme, like) | {"title": like.title, "format": like.format, "like": like.number}
    if like.timed:
        after = programme.local(like.span[1])
        spot |= {"day": after.date(), "start": after.time()}
    return spot
