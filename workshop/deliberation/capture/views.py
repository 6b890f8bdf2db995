"""Break-out groups: who serves them, and the points noted in them."""

from flask import abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.db import db, now
from workshop.programme.groups import queries as groups_queries
from workshop.programme.groups import rules as groups_rules
from workshop.programme.groups.models import Group
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Role, Workshop

from . import bp, queries, rules
from .forms import PointForm, point_form
from .models import Point

TRIES = 50  # more than there are note-takers who could take the same number at the same moment


@bp.route("/workshops/<slug>/desk/breakouts")
@holding(*rules.READERS, Role.PROGRAMME)
def desk(workshop: Workshop) -> str:
    """The groups side by side: who serves, how much is noted, how far the report is."""
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
    )


@bp.route("/workshops/<slug>/breakouts/<int:number>/notes", methods=["GET", "POST"])
@holding(*rules.READERS)
def notes(workshop: Workshop, number: int) -> ResponseReturnValue:
    """What was raised in a group, and the form for the next point."""
    group = db.one_or_404(groups_queries.group(workshop, number))
    may_note = may_note_in(group)
    form = point_form(group, workshop.languages, request.args.get("question", type=int))
    if request.method == "POST" and not may_note:
        abort(403)
    if form.validate_on_submit():
        return point_response(append(group, form))
    if form.is_submitted() and wants_json():
        return {"errors": form.errors}, 422
    points = db.session.scalars(queries.points(group)).all()
    return render_template(
        "deliberation/capture/notes.html",
        workshop=workshop,
        group=group,
        form=form,
        may_note=may_note,
        mode=groups_rules.mode_of(group),
        placed=rules.under_questions(group, points),
        counted=rules.count_points(points),
        earlier=rules.earlier_wordings(points),
    )


def may_note_in(group: Group) -> bool:
    servants = db.session.scalars(groups_queries.roles_in_groups(group.workshop)).all()
    return rules.may_note(group, servants, g.roles, current_user)


def append(group: Group, form: PointForm) -> Point:
    """Save the point under the next free number, or find it where it was saved before. Commits.

    The database refuses a number or a key that another request took in the meantime; then it is tried again.
    """
    question = groups_rules.question_at(group, form.question.data)
    for _attempt in range(TRIES):
        key = rules.key_of(form.client_key.data or "", question, form.text.data or "")
        if sent := db.session.scalar(queries.point_sent(group, key)):
            return sent
        number = db.session.scalars(queries.last_number(group)).one() + 1
        point = rules.note(group, question, number=number, by=current_user, at=now(), **form.said())
        db.session.add(point)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
        else:
            return point
    raise ServiceUnavailable


def point_response(point: Point) -> HttpResponse:
    """The answer to a point that is kept: plain data for a script, else back to its question."""
    if wants_json():
        return jsonify(as_json(point))
    question = point.question.position if point.question else 0
    return back_to(point.group, f"q-{question}", question=question)


def wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def as_json(point: Point) -> dict[str, object]:
    """What the page needs to show a point without being loaded anew; all of it is text, none of it markup."""
    return {
        "label": point.label,
        "number": point.number,
        "question": point.question.position if point.question else 0,
        "text": point.text,
        "language": point.language,
        "html": render_template(
            "deliberation/capture/_point.html", point=point, workshop=point.group.workshop, may_note=True
        ),
    }


def back_to(group: Group, anchor: str, question: int | None = None) -> HttpResponse:
    slug = group.workshop.slug
    return redirect(url_for("capture.notes", slug=slug, number=group.number, _anchor=anchor, question=question))


@bp.route("/workshops/<slug>/breakouts/<int:number>/points/<int:point>/strike", methods=["POST"])
@holding(*rules.READERS)
def strike(workshop: Workshop, number: int, point: int) -> HttpResponse:
    """Take a mistake out of what counts; it stays readable."""
    struck = point_to_change(workshop, number, point)
    rules.strike(struck, at=now())
    workshop.changed_in_public()
    db.session.commit()
    return back_to(struck.group, f"point-{struck.number}")


@bp.route("/workshops/<slug>/breakouts/<int:number>/points/<int:point>/unstrike", methods=["POST"])
@holding(*rules.READERS)
def unstrike(workshop: Workshop, number: int, point: int) -> HttpResponse:
    """Put a struck point back."""
    restored = point_to_change(workshop, number, point)
    rules.unstrike(restored)
    workshop.changed_in_public()
    db.session.commit()
    return back_to(restored.group, f"point-{restored.number}")


def point_to_change(workshop: Workshop, number: int, point: int) -> Point:
    """A point by its number in its group; 403 for somebody who may only read it."""
    group = db.one_or_404(groups_queries.group(workshop, number))
    if not may_note_in(group):
        abort(403)
    found: Point = db.one_or_404(queries.points(group).where(Point.number == point))
    return found
