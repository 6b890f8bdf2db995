"""Deciding who sees a snapshot, and the public page of results."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.queries import lock_questionnaire
from workshop.platform.access import public
from workshop.platform.caching import keep_page, read_state
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import PUBLIC_STATE

from . import bp, queries, rules
from .disclosing.showing import pages_of, precisions_of
from .models import Audience, Snapshot
from .views import audit_entry


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/share")
@organiser
def share(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    """Show it to the chair and the rapporteurs."""
    with flashing_refusal():
        snapshot = show(workshop, questionnaire, number, Audience.STAFF)
        db.session.add(audit_entry("share snapshot", snapshot.questionnaire.slug, number))
        db.session.commit()
        flash(_("Shared. The chair and the rapporteurs can read it now."))
    return to_snapshot(workshop, questionnaire, number)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/publish")
@organiser
def publish(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    with flashing_refusal():
        snapshot = show(workshop, questionnaire, number, Audience.EVERYONE)
        db.session.add(audit_entry("publish snapshot", snapshot.questionnaire.slug, number))
        db.session.commit()
        flash(_("Published. Anyone can read it now."))
    return to_snapshot(workshop, questionnaire, number)


def show(workshop: Workshop, questionnaire: str, number: int, audience: Audience) -> Snapshot:
    """Decide under a lock what of a snapshot is shown: two organisers may be showing two of them at once."""
    db.session.execute(lock_questionnaire(workshop, questionnaire))
    snapshot: Snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    earlier = db.session.scalars(queries.in_ledger(snapshot)).all()
    rules.show(snapshot, precisions_of(snapshot, earlier), audience, at=now(), who=current_user.id)
    return snapshot


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/unpublish")
@organiser
def unpublish(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    rules.unpublish(snapshot)
    db.session.add(audit_entry("unpublish snapshot", questionnaire, number))
    db.session.commit()
    flash(_("No longer public. Anyone who read it before may have kept a copy."))
    return to_snapshot(workshop, questionnaire, number)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/stop-sharing")
@organiser
def stop_sharing(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    rules.stop_sharing(snapshot)
    db.session.add(audit_entry("stop sharing snapshot", questionnaire, number))
    db.session.commit()
    flash(_("No longer shared with the chair and the rapporteurs. They may have kept a copy."))
    return to_snapshot(workshop, questionnaire, number)


def to_snapshot(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    return redirect(url_for(".snapshot", slug=workshop.slug, questionnaire=questionnaire, number=number))


def state_of(slug: str, **_address: object) -> tuple[object, ...] | None:
    """What the published results of a workshop depend on."""
    row = read_state(PUBLIC_STATE, {"slug": slug})
    return row and tuple(row)


@bp.get("/workshops/<slug>/questionnaires/<questionnaire>/results/<int:number>")
@public
@keep_page(state_of)
def results(slug: str, questionnaire: str, number: int) -> str:
    workshop = db.one_or_404(queries.shown_workshop(slug))
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number).where(Snapshot.published))
    return render_template(
        "consultation/findings/results.html",
        meeting=workshop,
        snapshot=snapshot,
        superseding=rules.superseding(snapshot, db.session.scalars(queries.others(snapshot)).all()),
        withdrew=db.session.scalar(queries.how_many_withdrew(snapshot)),
        beside=[way for ways in queries.pages_beside_results(snapshot.questionnaire) for way in ways],
        **pages_of(snapshot, ()),
    )
