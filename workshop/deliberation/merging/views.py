"""The page on which points that say the same are put together, taken apart, and decisions taken back."""

from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.capture import queries as capture
from workshop.deliberation.capture.coverage import rows
from workshop.deliberation.capture.models import Point
from workshop.deliberation.capture.rules import READERS
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.programme.groups import queries as groups_queries
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .models import ClusterPoint, Decision, MergeDecision, PointCluster
from .similar_points import suggestions


@dataclass
class Notes:
    """Everything noted in the groups of a workshop, and what of it says the same."""

    workshop: Workshop
    points: dict[int, Point]
    clusters: rules.Clusters


@bp.get("/workshops/<slug>/desk/breakouts/merging")
@holding(*READERS)
def merging(workshop: Workshop) -> str:
    """Question by question, what all groups said; points that say the same stand together."""
    notes = notes_of(workshop)
    groups = list(db.session.scalars(groups_queries.groups(workshop.id)))
    asked = rows(groups, notes.points.values(), ())
    decided = db.session.scalars(queries.decisions(workshop)).all()
    return render_template(
        "deliberation/merging/merging.html",
        workshop=workshop,
        placed=[(row, rules.entries(row.points, notes.clusters)) for row in asked],
        similar=[pair for row in asked for pair in suggestions(row.points, notes.clusters)],
        decisions=decided,
        names={
            row.id: row.name for row in db.session.execute(capture.names_of({each.decided_by or 0 for each in decided}))
        },
        last=next((each for each in decided if each.undone_at is None), None),
        may_decide=rules.may_decide(g.roles),
    )


@bp.post("/workshops/<slug>/desk/breakouts/merging/merge")
@holding(*READERS)
def merge(workshop: Workshop) -> HttpResponse:
    """The chosen points say the same."""
    notes = notes_to_change(workshop)
    chosen = [point for id in request.form.getlist("point", type=int) if (point := notes.points.get(id))]
    reason = request.form.get("reason", "").strip()[: rules.LONGEST_REASON]
    with flashing_refusal():
        whole = rules.merge(chosen, notes.clusters, notes.points, reason)
        write(notes, rules.after_merge(notes.clusters, whole), whole, Decision.MERGED, reason)
        flash(_("Merged. Every point is still there, as it was typed."))
    return back(workshop)


@bp.post("/workshops/<slug>/desk/breakouts/merging/<int:point_id>/take-out")
@holding(*READERS)
def take_out(workshop: Workshop, point_id: int) -> HttpResponse:
    """This point says something else than those it stands with."""
    notes = notes_to_change(workshop)
    cluster = next((each for each in notes.clusters if point_id in each), None) or abort(404)
    write(notes, rules.after_taking_out(notes.clusters, point_id), cluster, Decision.TAKEN_OUT, "")
    flash(_("The point is separate again."))
    return back(workshop)


@bp.post("/workshops/<slug>/desk/breakouts/merging/undo")
@holding(*READERS)
def undo(workshop: Workshop) -> HttpResponse:
    """Take back the last decision; the one before it can then be taken back too."""
    notes = notes_to_change(workshop)
    last = db.session.scalar(queries.last_decision(workshop))
    if last and last.id == request.form.get("decision", type=int):
        put_back(notes, last)
        last.undone_at = now()
        db.session.commit()
        flash(_("Undone."))
    else:
        flash(_("Someone else has decided since. This is the current state."))
    return back(workshop)


def notes_of(workshop: Workshop) -> Notes:
    points = {point.id: point for point in db.session.scalars(capture.points_of_workshop(workshop))}
    clusters: dict[int, set[int]] = {}
    for cluster_id, point_id in db.session.execute(queries.clusters_of(workshop)):
        clusters.setdefault(cluster_id, set()).add(point_id)
    return Notes(workshop, points, list(clusters.values()))


def notes_to_change(workshop: Workshop) -> Notes:
    """The same for whoever may decide; others wait until the commit."""
    if not rules.may_decide(g.roles):
        abort(403)
    db.session.scalars(lock_workshop(workshop)).one()
    return notes_of(workshop)


def write(notes: Notes, after: rules.Clusters, ids: set[int], decision: Decision, reason: str) -> None:
    """Put the clusters of these points as they are from now on, and write down who decided it."""
    before = {str(id): number for number, each in enumerate(notes.clusters) for id in each & ids}
    labels = [point.label for id, point in notes.points.items() if id in ids]
    settle(notes, ids, [each for each in after if each & ids])
    db.session.add(
        MergeDecision(
            workshop=notes.workshop,
            decision=decision,
            points=sorted(ids),
            labels=labels,
            before=before,
            reason=reason,
            decided_by=current_user.id,
            decided_at=now(),
        )
    )
    notes.workshop.changed_in_public()
    db.session.commit()


def settle(notes: Notes, ids: set[int], clusters: rules.Clusters) -> None:
    for row in db.session.scalars(queries.rows_of_points(ids)).all():
        db.session.delete(row)
    db.session.flush()
    for each in clusters:
        cluster = PointCluster(workshop=notes.workshop)
        cluster.members = [ClusterPoint(point=notes.points[id]) for id in sorted(each)]
        db.session.add(cluster)


def put_back(notes: Notes, decision: MergeDecision) -> None:
    """The clusters that these points were in before."""
    found: dict[int, set[int]] = {}
    for id, number in decision.before.items():
        found.setdefault(number, set()).add(int(id))
    settle(notes, set(decision.points), list(found.values()))


def back(workshop: Workshop) -> HttpResponse:
    return redirect(url_for(".merging", slug=workshop.slug))
