"""What a member of the group sees behind the link: the report as it stands, what others corrected, and a form."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from workshop.deliberation.group_reports import rules as report_rules
from workshop.deliberation.group_reports.queries import group_report_of
from workshop.platform.access import Page, by_link, limited
from workshop.platform.db import db, now
from workshop.programme.agenda.question_wordings import is_another
from workshop.programme.groups import queries as groups_queries
from workshop.programme.groups.rules import mode_of

from . import bp, queries, rules
from .forms import CorrectionForm
from .models import CorrectionLink


@bp.route("/group-report/<token>", methods=["GET", "POST"])
@by_link(queries.link_by_token)
@limited("60 per minute")
def correct(token: str, link: CorrectionLink) -> Page:
    """Everybody in the group reads the draft and writes what it should say."""
    report = db.session.scalars(group_report_of(link.report.group)).one()
    corrections = db.session.scalars(queries.corrections_of(report)).all()
    form = CorrectionForm()
    if form.validate_on_submit():
        with form.refusing():
            known = len(corrections)
            db.session.add(rules.correct(report, form.part.data, form.text.data or "", known=known, at=now()))
            db.session.commit()
            flash(_("Sent to the rapporteur. What becomes of it is shown below."))
            return redirect(url_for(".correct", token=token, _anchor="corrections"))
    return render_template(
        "deliberation/corrections/correct.html",
        workshop=report.group.workshop,
        group=report.group,
        report=report,
        mode=mode_of(report.group),
        people=report_rules.people_by_category(report),
        wordings=report_rules.wordings_then(report, db.session.scalars(groups_queries.wordings(report.group)).all()),
        is_another=is_another,
        corrections=corrections,
        form=form,
        token=token,
        notes="",
    )
