"""What each question got in each group: a table for the secretariat, and a wall for the plenary."""

from flask import Response as HttpResponse
from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.http import generate_etag

from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.programme.groups import queries as groups_queries
from workshop.programme.groups.models import Group
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import MeetingMode, Workshop

from . import bp, queries, rules
from .coverage import Row, disagrees, rows, said_together
from .models import NotDiscussed


@bp.route("/workshops/<slug>/desk/breakouts/coverage", methods=["GET", "POST"])
@holding(*rules.READERS)
def coverage(workshop: Workshop) -> Page:
    """Question by question, what each group has; what was not discussed is recorded as such, or the record removed."""
    groups, found = matrix(workshop)
    if request.method == "POST":
        record_silence(groups, request.form.get("question", type=int))
        return redirect(url_for(".coverage", slug=workshop.slug))
    return render_template("deliberation/capture/coverage.html", workshop=workshop, groups=groups, rows=found)


@bp.get("/workshops/<slug>/desk/breakouts/wall")
@holding(*rules.READERS)
def wall(workshop: Workshop) -> HttpResponse:
    """For the projector: under each question the points of all groups, dissent first in sight; 304 while nothing changes."""
    state = [*db.session.execute(queries.state_of_groups(workshop)).one(), language(), current_app.config["BUILD"]]
    groups = db.session.scalars(groups_queries.groups(workshop.id)).all()
    same = clusters_by_point(workshop)
    state += [str(sorted(same.items()))]
    state += [mode_of(group).value for group in groups] + [
        str(each.text) for group in groups for each in group.questions
    ]
    tag = generate_etag("|".join(map(str, state)).encode())
    response = HttpResponse(status=304)
    if not request.if_none_match.contains_weak(tag):
        _groups, found = matrix(workshop)
        page = render_template(
            "deliberation/capture/wall.html",
            workshop=workshop,
            rows=found,
            disagrees=disagrees,
            spoken=[said_together(row.points, same) for row in found],
            groups={group.id: group for group in groups},
            shows_angle={group.id: mode_of(group) is not MeetingMode.CHATHAM_HOUSE for group in groups},
            chatham=MeetingMode.CHATHAM_HOUSE,
        )
        response = make_response(page)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def clusters_by_point(workshop: Workshop) -> dict[int, int]:
    """The cluster of each point that says the same as another one."""
    statements = queries.same_points(workshop)
    return {point: cluster for each in statements for cluster, point in db.session.execute(each)}


def matrix(workshop: Workshop) -> tuple[list[Group], list[Row]]:
    groups = list(db.session.scalars(groups_queries.groups(workshop.id)))
    points = db.session.scalars(queries.points_of_workshop(workshop)).all()
    return groups, rows(groups, points, db.session.scalars(queries.not_discussed(workshop)))


def record_silence(groups: list[Group], question_id: int | None) -> None:
    """Say that a question was not discussed, or take the record away again."""
    question = next((each for group in groups for each in group.questions if each.id == question_id), None)
    if question is None:
        return
    known = db.session.scalar(queries.record_of_silence(question))
    if known:
        db.session.delete(known)
        flash(_("The record is removed."))
    else:
        db.session.add(NotDiscussed(question=question, recorded_by=current_user.id, recorded_at=now()))
        flash(_("Recorded: not discussed."))
    db.session.commit()
