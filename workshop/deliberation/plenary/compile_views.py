"""The organisers' screen of the report to the plenary: what it would rest on, compiling it, and showing it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.findings.tabulation import tables
from workshop.consultation.questions.definition import Definition
from workshop.deliberation.group_reports import queries as group_reports_queries
from workshop.platform import audit, prints
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.programme.groups.queries import groups
from workshop.programme.papers.queries import documents
from workshop.programme.releases.queries import newest_release
from workshop.secretariat.series.membership import holding, organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import milestones

from . import bp, queries, rules
from .drafting import Material
from .forms import CompileForm
from .models import PlenaryReport, Rendering
from .report_print import Reading, print_of
from .sources import Current, flagged_sources
from .tasks import RENDER, STEPS


@bp.get("/workshops/<slug>/desk/reports")
@holding(*rules.EDITORS)
def desk(workshop: Workshop) -> str:
    """The group reports, the snapshot, and the report made of them."""
    return desk_page(workshop, CompileForm())


def desk_page(workshop: Workshop, form: CompileForm) -> str:
    report = db.session.scalar(queries.plenary_report(workshop))
    current = queries.current(db.session, workshop)
    if not form.is_submitted():
        form.after.data = report.edition if report else 0
    return render_template(
        "deliberation/plenary/desk.html",
        workshop=workshop,
        form=form,
        report=report,
        groups=db.session.scalars(groups(workshop.id)).all(),
        group_reports={
            each.group_id: each for each in db.session.scalars(group_reports_queries.group_reports(workshop)).all()
        },
        snapshot=db.session.scalars(queries.snapshots(workshop)).first(),
        reading=Reading(report, current, inside=True) if report else None,
        flagged=[p for p in report.paragraphs if flagged_sources(p, current)] if report else [],
        pdfs=states_of_pdfs(report, current) if report else {},
    )


def states_of_pdfs(report: PlenaryReport, current: Current) -> dict[str, tuple[str, Rendering | None]]:
    """Each language of the workshop with the state of its PDF."""
    made = {(each.language, each.fingerprint): each for each in db.session.scalars(queries.renderings(report))}
    wanted = {code: made.get((code, print_of(report, code, current))) for code in report.workshop.languages}
    return {code: (rendering.state if rendering else "missing", rendering) for code, rendering in wanted.items()}


@bp.post("/workshops/<slug>/desk/reports/compile")
@holding(*rules.EDITORS)
@limited("20 per minute")
def compile(workshop: Workshop) -> HttpResponse | tuple[str, int]:
    """Write the report anew from what there is, and have its PDFs made."""
    form = CompileForm()
    db.session.execute(queries.lock_report(workshop))
    report = db.session.scalar(queries.plenary_report(workshop))
    if form.validate_on_submit():
        with form.refusing():
            compiled = rules.compile_report(
                report, collect_material(workshop), after=form.after.data or 0, partly=form.partly.data, at=now()
            )
            save(compiled)
            flash(_("Edition %(edition)s is compiled. Its PDFs are being prepared.", edition=compiled.edition))
            return to_desk(workshop)
    return desk_page(workshop, form), 422


def collect_material(workshop: Workshop) -> Material:
    """Everything the report is compiled from, read now."""
    release = db.session.scalar(newest_release(workshop.id))
    snapshot = db.session.scalars(queries.snapshots(workshop)).first()
    return Material(
        workshop=workshop,
        agenda=release.sessions if release else [],
        documents=db.session.scalars(documents(workshop.id)).unique().all(),
        groups=db.session.scalars(groups(workshop.id)).all(),
        reports=db.session.scalars(group_reports_queries.group_reports(workshop)).all(),
        milestones=db.session.scalars(milestones(workshop)).all(),
        snapshot=snapshot,
        tables=tables(snapshot, Definition.read(snapshot.version.definition)) if snapshot else (),
    )


def save(report: PlenaryReport) -> None:
    """The new edition in place of the last, and a task for each of its PDFs, in one commit."""
    workshop, at = report.workshop, now()
    db.session.add(report)
    db.session.flush()
    for statement in queries.forget_pdfs(report):
        db.session.execute(statement)
    current = queries.current(db.session, workshop)
    for code in workshop.languages:
        rendering = Rendering(report=report, language=code, fingerprint=print_of(report, code, current))
        prints.ask(rendering, RENDER, STEPS, at=at)
    subject = f"{workshop.slug}/{report.slug} {report.edition}"
    db.session.add(audit.record("compile report", subject, who=current_user.id, at=at))
    db.session.commit()


@bp.post("/workshops/<slug>/desk/reports/<report>/publish")
@organiser
def publish(workshop: Workshop, report: str) -> HttpResponse:
    """Show the report to everyone."""
    found = db.one_or_404(queries.report(workshop.slug, report))
    with flashing_refusal():
        rules.publish(found, at=now())
        db.session.add(audit.record("publish report", f"{workshop.slug}/{report}", who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The report is public now."))
    return to_desk(workshop)


@bp.post("/workshops/<slug>/desk/reports/<report>/withdraw")
@organiser
def withdraw(workshop: Workshop, report: str) -> HttpResponse:
    """Take the report out of the public's sight; it can be published again."""
    found = db.one_or_404(queries.report(workshop.slug, report))
    with flashing_refusal():
        rules.withdraw(found)
        db.session.add(audit.record("withdraw report", f"{workshop.slug}/{report}", who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The report is no longer public. Nothing in it was lost."))
    return to_desk(workshop)


def to_desk(workshop: Workshop) -> HttpResponse:
    return redirect(url_for("plenary.desk", slug=workshop.slug))
