"""Compiling: what the report would rest on, and the proposals it makes."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.findings.models import Snapshot
from workshop.deliberation.group_reports import queries as group_reports_queries
from workshop.platform import audit
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.programme.groups.queries import groups
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import CompileForm, ProposalForm
from .gathering import collect_material
from .models import Block, PlenaryReport


@bp.route("/workshops/<slug>/desk/reports/plenary/compile", methods=["GET", "POST"])
@holding(*rules.EDITORS)
@limited("20 per minute")
def compile(workshop: Workshop) -> Page:
    """What the report is compiled from; compiling proposes, and writes nothing over."""
    posted = posted_form()
    if posted is not None:
        db.session.execute(queries.lock_report(workshop))
    report = db.session.scalar(queries.plenary_report(workshop))
    form = compile_form(workshop, report)
    if form.validate_on_submit():
        with form.refusing():
            material = collect_material(db.session, workshop, form.results.data)
            after, partly = form.after.data or 0, form.partly.data
            compiled = rules.compile_report(report, material, after=after, partly=partly, at=now())
            db.session.add(compiled)
            db.session.add(audit.record("compile report", f"{workshop.slug}/plenary", who=current_user.id, at=now()))
            db.session.commit()
            flash(told_of(sum(block.proposal is not None for block in compiled.blocks)))
            return redirect(url_for("plenary.editor", slug=workshop.slug, report=compiled.slug))
    if not form.is_submitted():
        form.after.data = report.compilings if report else 0
    page = render_template(
        "deliberation/plenary/compile.html",
        workshop=workshop,
        form=form,
        report=report,
        groups=db.session.scalars(groups(workshop.id)).all(),
        group_reports={
            each.group_id: each for each in db.session.scalars(group_reports_queries.group_reports(workshop))
        },
    )
    return page, 422 if form.is_submitted() else 200


def told_of(proposals: int) -> str:
    if not proposals:
        return _("Compiled. Nothing differs from before.")
    return ngettext(
        "Compiled. %(num)s proposal waits for your decision; nothing was overwritten.",
        "Compiled. %(num)s proposals wait for your decision; nothing was overwritten.",
        proposals,
    )


def compile_form(workshop: Workshop, report: PlenaryReport | None) -> CompileForm:
    """The form with the results to choose from: those chosen before, else the first questionnaire's newest."""
    offered = db.session.scalars(queries.snapshots(workshop)).all()
    chosen = report.results_id if report else offered[0].id if offered else None
    titles = [(each.id, _title(each)) for each in offered]
    return CompileForm(results=titles, data={"results": str(chosen or "")})


def _title(snapshot: Snapshot) -> str:
    return _(
        "%(questionnaire)s: %(title)s (n = %(n)s)",
        questionnaire=snapshot.questionnaire.title.in_(language())[0],
        title=snapshot.title.in_(language())[0],
        n=snapshot.responses,
    )


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/proposal")
@holding(*rules.EDITORS)
def decide_proposal(workshop: Workshop, report: str, block_id: int) -> HttpResponse:
    """Use what compiling proposes, or leave what stands."""
    block = held_block(workshop, report, block_id)
    form = ProposalForm()
    with flashing_refusal():
        if form.validate_on_submit():
            decide = rules.use_proposal if form.use.data == "yes" else rules.leave_proposal
            decide(block, seen=form.seen.data or "", at=now())
            db.session.commit()
    return to_block(block)


@bp.post("/workshops/<slug>/desk/reports/<report>/proposals")
@holding(*rules.EDITORS)
def use_proposals(workshop: Workshop, report: str) -> HttpResponse:
    """Use every proposal that puts nothing of a person's aside."""
    db.session.execute(queries.lock_report(workshop))
    found = db.one_or_404(queries.report(workshop, report))
    used = rules.use_all_proposals(found, at=now())
    db.session.commit()
    flash(ngettext("%(num)s proposal used.", "%(num)s proposals used.", used))
    return redirect(url_for("plenary.editor", slug=workshop.slug, report=report))


def held_block(workshop: Workshop, report: str, block_id: int) -> Block:
    """A block of this report, with everybody else kept waiting. 404 where there is none."""
    db.session.execute(queries.lock_report(workshop))
    found: PlenaryReport = db.one_or_404(queries.report(workshop, report))
    return next((each for each in found.blocks if each.id == block_id), None) or abort(404)


def to_block(block: Block) -> HttpResponse:
    """Back to where it stands in its chapter."""
    report, chapter = block.report, block.chapter.value
    slug, anchor = report.workshop.slug, f"b{block.id}"
    return redirect(url_for("plenary.editor", slug=slug, report=report.slug, chapter=chapter, _anchor=anchor))
