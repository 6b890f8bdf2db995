"""What is said in break-out groups and in plenary sessions, noted point by point."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from flask import abort, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.db import db, now
from workshop.platform.drafts import note_refused
from workshop.platform.errors import RuleBroken
from workshop.platform.lists import page_of
from workshop.programme.groups import queries as groups_queries
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Role, Workshop

from . import bp, queries, rules
from .forms import PointForm, point_form
from .models import Channel, Relation
from .places import Noted, Place

TRIES = 50  # more than there are note-takers who could take the same number at the same moment


@bp.app_url_defaults
def notes_are_of_groups(endpoint: str, values: dict[str, object]) -> None:
    """Who names no kind of place means a break-out group."""
    if endpoint.startswith("capture.") and current_app.url_map.is_endpoint_expecting(endpoint, "kind"):
        values.setdefault("kind", "breakouts")


@bp.route("/workshops/<slug>/desk/breakouts")
@holding(*rules.READERS, Role.PROGRAMME)
def desk(workshop: Workshop) -> str:
    """The groups side by side: who serves, how much is noted, how far the report is; and the notes of sessions."""
    servants = db.session.scalars(groups_queries.roles_in_groups(workshop)).all()
    groups = db.session.scalars(groups_queries.groups(workshop.id)).all()
    counts = db.session.execute(queries.points_per_group(workshop))
    states = [row for statement in queries.report_states(workshop) for row in db.session.execute(statement)]
    return render_template(
        "deliberation/capture/desk.html",
        workshop=workshop,
        groups=groups,
        servants={group.id: [each for each in servants if each.group_id == group.id] for group in groups},
        points={row.group_id: row.points for row in counts},
        reports={group_id: {"signed_at": signed_at, "saved_at": saved_at} for group_id, signed_at, saved_at in states},
        sessions=page_of(db.session.scalars(queries.sessions_with_notes(workshop)).all()),
        session_points={row.session_id: row.points for row in db.session.execute(queries.points_per_session(workshop))},
    )


@bp.route("/workshops/<slug>/<kind>/<int:number>/notes", methods=["GET", "POST"])
@holding(*rules.READERS)
def notes(workshop: Workshop, kind: str, number: int) -> ResponseReturnValue:
    """What was said there, and the form for the next point."""
    place = place_of(workshop, kind, number)
    may_note = may_note_in(place)
    if request.method == "POST" and not may_note:
        abort(403)
    before = noted_as(place, request.args.get("edit", type=int))
    paper = request.args.get("channel") == Channel.PAPER
    about = request.args.get("about", type=int)
    form = point_form(
        place, request.args.get("question", type=int), before=before, about=about, paper=paper, speaking=request.args
    )
    if form.validate_on_submit():
        try:
            point = append(place, form)
            answer = point_response(place, point)  # before the commit, after which all would be read again
            db.session.commit()
            return answer
        except RuleBroken as refusal:
            db.session.rollback()
            form.refuse(refusal)
            form.mode.data = place.mode.value
            if wants_json():
                return {"mode": place.mode.value, "errors": {refusal.field: [str(refusal.message)]}}, 409
    if form.is_submitted() and wants_json():
        return {"errors": form.errors}, 422
    if form.errors:
        note_refused()
    points = db.session.scalars(queries.noted(place)).all()
    page = render_template(
        "deliberation/capture/notes.html",
        form=form,
        before=before,
        about=noted_as(place, form.about.data),
        paper=paper,
        interventions=[] if place.group else chain(*queries.said_from_the_floor(db.session, place.session)),
        **as_shown(place, points, may_note),
    )
    return page, 409 if "mode" in form.errors else 200


def place_of(workshop: Workshop, kind: str, number: int) -> Place:
    """The group or session of that number, or 404."""
    if kind not in ("breakouts", "sessions"):
        abort(404)
    of_group, of_session = groups_queries.group(workshop, number), queries.session_with_notes(workshop, number)
    return Place(db.one_or_404(of_group if kind == "breakouts" else of_session))


def may_note_in(place: Place) -> bool:
    servants = db.session.scalars(groups_queries.roles_in_groups(place.workshop)).all() if place.group else ()
    return rules.may_note(place, servants, g.roles, current_user)


def as_shown(place: Place, points: Sequence[Noted], may_note: bool) -> dict[str, object]:
    """What a page about the notes of a place is made from."""
    return {
        "workshop": place.workshop,
        "place": place,
        "group": place.group,
        "mode": place.mode,
        "may_note": may_note,
        "placed": rules.under_questions(place, points),
        "counted": rules.count_points(points),
        "earlier": rules.earlier_wordings(points),
    }


def noted_as(place: Place, number: int | None) -> Noted | None:
    """The point of that number, if there is one."""
    return db.session.scalar(queries.noted_as(place, number)) if number else None


def append(place: Place, form: PointForm) -> Noted:
    """The point typed, not committed yet. One sent twice is there already; one that met another takes the next number."""
    question = place.question_at(form.question.data)
    said = form.said()
    key = rules.key_of(str(said["client_key"]), question, form.text.data or "")
    replaced, about = noted_as(place, form.replaces.data), noted_as(place, form.about.data)
    for _attempt in range(TRIES):
        if sent := db.session.scalar(queries.point_sent(place, key)):
            return sent
        last, _count, _struck = db.session.execute(queries.state_of_notes(place)).one()
        point = rules.note(place, question, number=last + 1, by=current_user, at=now(), **said)
        point.about, point.relation = about, Relation(form.relation.data) if about else None
        point.replaces = replaced
        if replaced:
            rules.strike(replaced, at=now())
        db.session.add(point)
        try:
            db.session.flush()
        except IntegrityError:
            db.session.rollback()
        else:
            return point
    raise ServiceUnavailable


def point_response(place: Place, point: Noted) -> HttpResponse:
    """The answer to a point that is kept: plain data for a script, else back to its question."""
    if wants_json():
        return jsonify(as_json(place, point))
    question = point.question.position if point.question else 0
    values = {"channel": Channel.PAPER.value} if point.channel is Channel.PAPER else {}
    return back_to(place, f"q-{question}", question=question, **values)


def wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def as_json(place: Place, point: Noted) -> dict[str, object]:
    """What the page needs to show a point without being loaded anew; all of it is text, none of it markup."""
    return {
        "label": point.label,
        "number": point.number,
        "question": point.question.position if point.question else 0,
        "text": point.text,
        "language": point.language,
        "html": render_template(
            "deliberation/capture/_point.html",
            point=point,
            place=place,
            workshop=place.workshop,
            mode=place.mode,
            may_note=True,
        ),
    }


def back_to(place: Place, anchor: str, **values: Any) -> HttpResponse:
    values |= {"slug": place.workshop.slug, "kind": place.kind, "number": place.number}
    return redirect(url_for("capture.notes", _anchor=anchor, **values))


@bp.route("/workshops/<slug>/<kind>/<int:number>/points/<int:point>/strike", methods=["POST"])
@holding(*rules.READERS)
def strike(workshop: Workshop, kind: str, number: int, point: int) -> HttpResponse:
    """Take a mistake out of what counts; it stays readable."""
    place, struck = point_to_change(workshop, kind, number, point)
    rules.strike(struck, at=now())
    workshop.changed_in_public()
    db.session.commit()
    return back_to(place, f"point-{struck.number}")


@bp.route("/workshops/<slug>/<kind>/<int:number>/points/<int:point>/unstrike", methods=["POST"])
@holding(*rules.READERS)
def unstrike(workshop: Workshop, kind: str, number: int, point: int) -> HttpResponse:
    """Put a struck point back."""
    place, restored = point_to_change(workshop, kind, number, point)
    rules.unstrike(restored)
    workshop.changed_in_public()
    db.session.commit()
    return back_to(place, f"point-{restored.number}")


def point_to_change(workshop: Workshop, kind: str, number: int, point: int) -> tuple[Place, Noted]:
    """A point by its number at its place; 403 for somebody who may only read it."""
    place = place_of(workshop, kind, number)
    if not may_note_in(place):
        abort(403)
    return place, noted_as(place, point) or abort(404)
