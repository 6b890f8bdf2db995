"""Snapshots of a questionnaire: taking them, reading them, and showing them to the public."""

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as answers
from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questions.answer_wording import UNITS
from workshop.consultation.questions.definition import Definition
from workshop.consultation.transcription.queries import how_many
from workshop.platform import audit
from workshop.platform.access import limited, public
from workshop.platform.caching import not_modified, tag_page
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import on_day
from workshop.secretariat.series.membership import analyst, holding, organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import SnapshotForm, usual_words
from .models import Snapshot
from .tabulation import tables


@bp.get("/workshops/<slug>/desk/questionnaires/results")
@analyst
def desk(workshop: Workshop) -> str:
    """Each questionnaire: how many have answered, and what was frozen."""
    versions, snapshots = (
        db.session.execute(statement).all() for statement in (answers.counts(workshop), queries.snapshots(workshop.id))
    )
    questionnaires = db.session.scalars(queries.questionnaires(workshop)).all()
    return render_template(
        "consultation/findings/desk.html",
        workshop=workshop,
        questionnaires=questionnaires,
        versions=versions,
        snapshots=snapshots,
        at=now(),
        public_url=current_app.config["PUBLIC_URL"],
    )


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots", methods=["GET", "POST"])
@analyst
@limited("10 per minute")
def take(workshop: Workshop, questionnaire: str) -> str | HttpResponse:
    version: QuestionnaireVersion = db.first_or_404(queries.newest_version(workshop, questionnaire))
    number = 1 + (db.session.scalar(queries.last_number(version.questionnaire)) or 0)
    today = on_day(now(), workshop.zone)
    form = SnapshotForm(data=usual_words(workshop.languages, today) | {"number": str(number)})
    if form.validate_on_submit():
        with form.refusing():
            return freeze(version, form, number)
    cut_off = version.questionnaire.interim_at
    return render_template(
        "consultation/findings/take.html",
        workshop=workshop,
        version=version,
        form=form,
        cut_off=cut_off,
        submitted=db.session.scalar(queries.how_many_submitted(version)),
        unchecked=db.session.scalar(how_many(version.questionnaire, to_check=True)),
        in_time=db.session.scalar(queries.how_many_submitted(version, cut_off)) if cut_off else None,
    )


def freeze(version: QuestionnaireVersion, form: SnapshotForm, number: int) -> HttpResponse:
    """Take the snapshot of that form, unless it was taken already: the button may be pressed twice."""
    questionnaire = version.questionnaire
    wanted = int(form.number.data or 0)
    address = url_for(".snapshot", slug=questionnaire.workshop.slug, questionnaire=questionnaire.slug, number=wanted)
    if wanted != number:
        return redirect(address)
    until = questionnaire.interim_at if form.interim.data else None
    snapshot = rules.take(
        version,
        Definition.read(version.definition),
        db.session.execute(queries.submitted_responses(version, until), execution_options={"yield_per": 500}),
        earlier=db.session.scalars(queries.earlier(version)).all(),
        number=number,
        title=form.title.data,
        caveat=form.caveat.data,
        at=now(),
    )
    db.session.add_all([snapshot, audit_entry("take snapshot", questionnaire.slug, number)])
    try:
        db.session.commit()
    except IntegrityError:  # the same button, a moment ago
        db.session.rollback()
    return redirect(address)


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>")
@holding(*rules.READERS)
def snapshot(workshop: Workshop, questionnaire: str, number: int) -> str:
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    if not rules.may_read(snapshot, g.roles):
        abort(403)
    return render_template(
        "consultation/findings/snapshot.html", workshop=workshop, snapshot=snapshot, **tables_by_section(snapshot)
    )


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/publish")
@organiser
def publish(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    with flashing_refusal():
        rules.publish(snapshot)
        db.session.add(audit_entry("publish snapshot", questionnaire, number))
        db.session.commit()
        flash(_("Published. Anyone can read it now."))
    return redirect(url_for(".snapshot", slug=workshop.slug, questionnaire=questionnaire, number=number))


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/unpublish")
@organiser
def unpublish(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    rules.unpublish(snapshot)
    db.session.add(audit_entry("unpublish snapshot", questionnaire, number))
    db.session.commit()
    flash(_("No longer public. Anyone who read it before may have kept a copy."))
    return redirect(url_for(".snapshot", slug=workshop.slug, questionnaire=questionnaire, number=number))


@bp.get("/workshops/<slug>/questionnaires/<questionnaire>/results/<int:number>")
@public
def results(slug: str, questionnaire: str, number: int) -> str | HttpResponse:
    workshop = db.one_or_404(queries.shown_workshop(slug))
    build = current_app.config["BUILD"]
    if fresh := not_modified(slug, workshop.version, build=build):
        return fresh
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number).where(Snapshot.published))
    tag_page(slug, workshop.version, build=build)
    return render_template(
        "consultation/findings/results.html", meeting=workshop, snapshot=snapshot, **tables_by_section(snapshot)
    )


def tables_by_section(snapshot: Snapshot) -> dict[str, object]:
    """The tables of a snapshot by section, and how units are called."""
    tabulations = tables(snapshot, Definition.read(snapshot.version.definition))
    sections = {tabulation.section.code: tabulation.section for tabulation in tabulations}
    return {
        "units": UNITS,
        "sections": [(each, [t for t in tabulations if t.section is each]) for each in sections.values()],
    }


def audit_entry(verb: str, questionnaire: str, number: int) -> audit.AuditEntry:
    return audit.record(verb, f"{questionnaire} {number}", who=current_user.id, at=now())
