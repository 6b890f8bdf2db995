"""The speakers' list as chair and secretariat run it, what holds for it, and the clock for the room."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response as HttpResponse
from flask import abort, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.http import generate_etag
from werkzeug.wrappers import Response

from workshop.deliberation.capture.places import Place
from workshop.deliberation.capture.queries import session_with_notes
from workshop.platform.access import Page
from workshop.platform.comma_separated import as_csv
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.programme.agenda.models import Session
from workshop.programme.session_roles.queries import session_roles_of
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import MeetingMode, Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import LimitsForm, request_form
from .interventions import as_rows
from .models import Floor, FloorRequest


@dataclass
class SpeakersList:
    """All that a page about the floor shows."""

    session: Session
    mode: MeetingMode
    floor: Floor
    requests: list[FloorRequest]
    may_run: bool
    at: datetime

    @property
    def waiting(self) -> list[FloorRequest]:
        return rules.in_turn(self.floor, self.requests)

    @property
    def speaking(self) -> FloorRequest | None:
        return rules.speaker(self.requests)

    @property
    def past(self) -> list[FloorRequest]:
        return [each for each in self.requests if not rules.is_on_list(each)]

    def name(self, request: FloorRequest) -> str:
        return rules.name_shown(request, self.mode)


@bp.route("/workshops/<slug>/sessions/<int:number>/floor", methods=["GET", "POST"])
@holding(*rules.READERS, limited=True)
def floor(workshop: Workshop, number: int) -> Page | HttpResponse:
    """Who speaks, who comes next, and the form for the next request; 304 while nothing changes."""
    found = list_of(workshop, number)
    form = request_form(found.mode)
    if request.method == "POST" and form.validate_on_submit():
        with form.refusing():
            asked = rules.ask_for_floor(
                found.floor,
                found.requests,
                category=Category(form.category.data),
                name=form.name.data or "",
                for_a_group=form.for_a_group.data,
                mode=found.mode,
                at=found.at,
            )
            db.session.add(asked)
            return save(found)
    tag = generate_etag(f"{found.floor.changes}|{found.mode}|{language()}|{current_app.config['BUILD']}".encode())
    if request.method == "GET" and request.if_none_match.contains_weak(tag):
        response = HttpResponse(status=304)
    else:
        page = render_template("deliberation/floor/floor.html", **as_shown(workshop, found), form=form)
        response = make_response(page)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.route("/workshops/<slug>/sessions/<int:number>/floor/limits", methods=["GET", "POST"])
@holding(*rules.READERS, limited=True)
def limits(workshop: Workshop, number: int) -> Page:
    """Time for each, who is called before others, and whether the list is open."""
    found = list_of(workshop, number)
    names = ("minutes", "minutes_for_a_group", "first", "is_closed")
    form, theirs = open_form(LimitsForm, {name: getattr(found.floor, name) for name in names}, posted_form())
    if theirs is None and form.validate_on_submit():
        for name in names:
            setattr(found.floor, name, form[name].data)
        flash(_("Saved."))
        return save(found)
    page = render_template("deliberation/floor/limits.html", **as_shown(workshop, found), form=form, theirs=theirs)
    return page, 409 if theirs else 200


@bp.get("/workshops/<slug>/sessions/<int:number>/floor/clock")
@holding(*rules.READERS, limited=True)
def clock(workshop: Workshop, number: int) -> str:
    """For the screen in the room: the time left, and which categories come next; no name."""
    return render_template("deliberation/floor/clock.html", **as_shown(workshop, list_of(workshop, number)))


@bp.get("/workshops/<slug>/sessions/<int:number>/floor.csv")
@holding(*rules.READERS, limited=True)
def table(workshop: Workshop, number: int) -> HttpResponse:
    """The list as it was run, for the record."""
    found = list_of(workshop, number)
    response = HttpResponse(
        as_csv(as_rows(found.requests, found.mode, workshop.zone, at=found.at)), mimetype="text/csv"
    )
    response.headers.set("Content-Disposition", "attachment", filename=f"{workshop.slug}-floor-{number}.csv")
    return response


def list_of(workshop: Workshop, number: int) -> SpeakersList:
    """The speakers' list of that session; 403 for whoever may only read it and wants to change it.

    Who is about to change it makes others wait until the commit.
    """
    changes = request.method == "POST"
    if changes:
        db.session.scalars(lock_workshop(workshop)).one()
    session = db.one_or_404(session_with_notes(workshop, number))
    own = db.session.scalars(session_roles_of(current_user, workshop)).all() if g.limited else ()
    may_run = rules.may_run(session, g.roles, g.limited, own)
    if not rules.may_read(session, g.roles, g.limited, own):
        abort(404)
    if changes and not may_run:
        abort(403)
    held = db.session.scalar(queries.floor_of(session)) or Floor(session=session)
    requests = list(db.session.scalars(queries.requests_of(session))) if held.id else []
    return SpeakersList(session, Place(session).mode, held, requests, may_run, now())


def as_shown(workshop: Workshop, found: SpeakersList) -> dict[str, object]:
    return {
        "workshop": workshop,
        "found": found,
        "session": found.session,
        "times": rules.speaking_time(found.requests, at=found.at),
        "clock_of": rules.minutes_and_seconds,
        "called_next": rules.CALLED_NEXT,
        "categories": {each.value: each.label for each in Category},
    }


def save(found: SpeakersList) -> Response:
    """Commit, tell those who look at the list, and go back to it."""
    found.floor.changes += 1
    db.session.add(found.floor)
    db.session.commit()
    return redirect(url_for("floor.floor", slug=found.session.workshop.slug, number=found.session.number))
