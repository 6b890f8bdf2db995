"""The notes of a place while they are being taken: read again and again, and mostly unchanged; and without any line."""

from datetime import timedelta
from pathlib import Path

from flask import Response as HttpResponse
from flask import current_app, make_response, render_template, request
from werkzeug.http import generate_etag

from workshop.platform.access import public
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .models import PointKind
from .views import as_shown, may_note_in, place_of

LATELY = timedelta(minutes=10)
SIGNS = (
    (PointKind.PRACTICE, "+"),
    (PointKind.OBSTACLE, "!"),
    (PointKind.OPEN_QUESTION, "?"),
    (PointKind.PROPOSAL, "→"),
    (PointKind.DISAGREEMENT, "≠"),
    (PointKind.LESSON, "L"),
    (PointKind.ISSUE, "–"),
)  # as on flip charts


@bp.get("/workshops/<slug>/<kind>/<int:number>/notes/live")
@holding(*rules.READERS)
def live(workshop: Workshop, kind: str, number: int) -> HttpResponse:
    """The points as a piece of the page; 304 as long as nothing has changed."""
    place = place_of(workshop, kind, number)
    may_note = may_note_in(place)
    state = [*db.session.execute(queries.state_of_notes(place)).one(), place.mode.value, may_note, language()]
    state += [question.text for question in place.questions] + [current_app.config["BUILD"]]
    tag = generate_etag("|".join(map(str, state)).encode())
    response = HttpResponse(status=304)
    if not request.if_none_match.contains_weak(tag):
        points = db.session.scalars(queries.noted(place)).all()
        ids = {each.noted_by for each in points if each.noted_by}
        names = {row.id: row.name for row in db.session.execute(queries.names_of(ids))}
        response = make_response(
            render_template(
                "deliberation/capture/_raised.html",
                writing=rules.writers(points, names, since=now() - LATELY),
                **as_shown(place, points, may_note),
            )
        )
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/workshops/<slug>/<kind>/<int:number>/notes/sheet")
@holding(*rules.READERS)
def sheet(workshop: Workshop, kind: str, number: int) -> str:
    """A form on paper, for when everything is down."""
    place = place_of(workshop, kind, number)
    return render_template(
        "deliberation/capture/sheet.html", place=place, workshop=workshop, mode=place.mode, signs=SIGNS
    )


@bp.get("/notes-worker.js")
@public
def notes_worker() -> HttpResponse:
    """The script that keeps the page of notes for when there is no line; from the root, so that it may serve it."""
    script = (Path(str(current_app.static_folder)) / "js/notes-worker.js").read_bytes()
    response = HttpResponse(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
