"""Two organisations that turn out to be one: what moves is shown first, and it can be undone for thirty days."""

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries
from . import organisation_merging as merging
from .models import Organisation, OrganisationAlias, OrganisationMerge
from .views import (
    came_to,
    is_used_elsewhere,
    organisation_or_404,
    refuse_where_others_use_it,
    save_and_return,
    to,
    uses_of,
)


@bp.route("/workshops/<slug>/desk/organisations/<int:id>/merge/<int:into>", methods=["GET", "POST"])
@organiser
def merge(workshop: Workshop, id: int, into: int) -> Page:
    """Says what moves, and does it when told."""
    one, other = organisation_or_404(workshop, id), organisation_or_404(workshop, into)
    if one is other:
        return to(workshop, one)
    if request.method == "POST":
        with flashing_refusal():
            refuse_where_others_use_it(one)
            refuse_where_others_use_it(other)
            carry_out(one, other)
            db.session.add(audit.record("merge organisations", f"{id} into {into}", who=current_user.id, at=now()))
            return save_and_return(workshop, other, _("The two organisations are merged. You can undo it for 30 days."))
        return to(workshop, one)
    return render_template(
        "secretariat/register/merge.html",
        workshop=workshop,
        one=one,
        other=other,
        moving=uses_of(one),
        came=came_to(),
        is_shared=is_used_elsewhere(one) or is_used_elsewhere(other),
        aliases=db.session.scalars(queries.aliases_of(one)).all(),
    )


def carry_out(one: Organisation, other: Organisation) -> None:
    """All that belongs to the one goes to the other; what is needed to undo it is kept."""
    names = merging.kept_names(one, other, db.session.scalars(queries.aliases_of(one, other)).all())
    moved = {name: list(db.session.scalars(ids)) for name, ids in merging.pointing_rows(one).items()}
    kept = merging.said_of(one)
    filled = merging.fill_gaps(one, other)
    db.session.add_all(names)
    for statement in merging.move_all(moved, one, other):
        db.session.execute(statement)
    db.session.flush()
    db.session.expire(one)
    db.session.delete(one)
    added = [each.id for each in names]
    made = {"organisation": other, "at": now(), "who": current_user.id, "merged": kept, "moved": moved}
    db.session.add(OrganisationMerge(**made, added=added, filled=filled))


@bp.post("/workshops/<slug>/desk/organisations/<int:id>/merges/<int:merge_id>/undo")
@organiser
def undo_merge(workshop: Workshop, id: int, merge_id: int) -> HttpResponse:
    """Two again: what has been moved since to somewhere else stays there."""
    other = organisation_or_404(workshop, id)
    since = now() - merging.UNDONE_FOR
    made: OrganisationMerge = db.one_or_404(queries.merges(other, since).where(OrganisationMerge.id == merge_id))
    with flashing_refusal():
        refuse_where_others_use_it(other)
        one = merging.taken_out(made)
        if one.umbrella_id and not db.session.get(Organisation, one.umbrella_id):
            one.umbrella_id = None  # it has gone since
        db.session.add(one)
        db.session.flush()
        for statement in merging.move_all(made.moved, other, one):
            db.session.execute(statement)
        for alias in db.session.scalars(queries.aliases_of(other).where(OrganisationAlias.id.in_(made.added))):
            db.session.delete(alias)
        db.session.delete(made)
        db.session.add(audit.record("undo merge", f"{one.id} out of {id}", who=current_user.id, at=now()))
        return save_and_return(workshop, one, _("They are two organisations again."))
    return to(workshop, other)
