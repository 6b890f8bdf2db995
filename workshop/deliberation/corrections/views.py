"""The rapporteur gives the group a link, decides about what its members wrote, and says when the report was presented."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.capture.rules import READERS
from workshop.deliberation.group_reports.models import GroupReport
from workshop.deliberation.group_reports.queries import group_report_of
from workshop.deliberation.group_reports.rules import may_report
from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.mail import link_to
from workshop.platform.qr_codes import as_picture
from workshop.programme.groups import queries as groups_queries
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .models import Correction, CorrectionLink, CorrectionState


@bp.get("/workshops/<slug>/breakouts/<int:number>/report/corrections")
@holding(*READERS)
def corrections(workshop: Workshop, number: int) -> Page:
    """Everything that was sent, and what became of it."""
    report, may_change = report_of(workshop, number)
    return page(workshop, report, may_change=may_change)


@bp.post("/workshops/<slug>/breakouts/<int:number>/report/corrections/link")
@holding(*READERS)
def make_link(workshop: Workshop, number: int) -> Page:
    """A link for the members of the group, shown once; the one before opens nothing any more."""
    report = report_to_change(workshop, number)
    at = now()
    for each in db.session.scalars(queries.open_links(report, at)):
        each.end_link(at)
    link = CorrectionLink(report=report, made_at=at, made_by=current_user.id, expires_at=at + rules.GOOD_FOR)
    address = link_to("corrections.correct", token=link.issue_link())
    db.session.add_all([link, audit.record("make correction link", place(report), who=current_user.id, at=at)])
    db.session.commit()
    return page(workshop, report, may_change=True, address=address)


@bp.post("/workshops/<slug>/breakouts/<int:number>/report/corrections/close")
@holding(*READERS)
def close(workshop: Workshop, number: int) -> HttpResponse:
    """The link opens nothing any more."""
    report = report_to_change(workshop, number)
    for each in db.session.scalars(queries.open_links(report, now())):
        each.end_link(now())
    db.session.commit()
    flash(_("The link no longer works."))
    return back(report)


@bp.post("/workshops/<slug>/breakouts/<int:number>/report/corrections/<int:correction_id>")
@holding(*READERS)
def decide(workshop: Workshop, number: int, correction_id: int) -> HttpResponse:
    """Taken into the report, or not and why."""
    report = report_to_change(workshop, number)
    one: Correction = db.one_or_404(queries.corrections_of(report).where(Correction.id == correction_id))
    state = request.form.get("state", "")
    if state not in set(CorrectionState):
        abort(400)
    with flashing_refusal():
        rules.decide(one, CorrectionState(state), request.form.get("answer", ""), by=current_user)
        db.session.commit()
    return back(report)


@bp.post("/workshops/<slug>/breakouts/<int:number>/report/presented")
@holding(*READERS)
def present(workshop: Workshop, number: int) -> HttpResponse:
    """The report was presented to the plenary: corrections end."""
    report = report_to_change(workshop, number)
    with flashing_refusal():
        rules.present(report, db.session.scalars(queries.corrections_of(report)), at=now())
        db.session.add(audit.record("present group report", place(report), who=current_user.id, at=now()))
        workshop.changed_in_public()
        db.session.commit()
        flash(_("Recorded: presented to the plenary."))
    return back(report)


def report_of(workshop: Workshop, number: int) -> tuple[GroupReport, bool]:
    """The report of that group, or 404; and whether the reader may write it."""
    group = db.one_or_404(groups_queries.group(workshop, number))
    report: GroupReport = db.one_or_404(group_report_of(group))
    servants = db.session.scalars(groups_queries.roles_in_groups(workshop)).all()
    return report, may_report(group, servants, g.roles, current_user)


def report_to_change(workshop: Workshop, number: int) -> GroupReport:
    report, may_change = report_of(workshop, number)
    return report if may_change else abort(403)


def page(workshop: Workshop, report: GroupReport, *, may_change: bool, address: str = "") -> str:
    return render_template(
        "deliberation/corrections/corrections.html",
        workshop=workshop,
        group=report.group,
        report=report,
        corrections=db.session.scalars(queries.corrections_of(report)).all(),
        is_open=db.session.scalars(queries.open_links(report, now())).first() is not None,
        may_change=may_change,
        address=address,
        picture=as_picture(address) if address else "",
        longest=rules.LONGEST_ANSWER,
    )


def place(report: GroupReport) -> str:
    return f"{report.group.workshop.slug}/{report.group.number}"


def back(report: GroupReport) -> HttpResponse:
    return redirect(url_for(".corrections", slug=report.group.workshop.slug, number=report.group.number))
