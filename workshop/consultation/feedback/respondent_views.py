"""The same page behind a personal link: which of it is about one's own answers, and where they went."""

from collections.abc import Iterator

from flask import render_template, url_for
from flask_babel import gettext as _

from workshop.consultation.answering.response_by_link import about, public_afterwards, respondent
from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.consultation.findings.queries import pages_beside_results
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.presenting.models import Finding
from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.platform.db import db
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .models import Feedback


@bp.get("/q/<token>/what-we-heard")
@respondent
def own_page(token: str, response: Response) -> str:
    """What was heard, marked where it is about these answers; and the public results that count them."""
    asked = response.version.questionnaire
    feedback: Feedback = db.one_or_404(queries.published_feedback(asked.id))
    there = rules.whereabouts(
        response,
        db.session.scalars(queries.public_snapshots(asked.id)).all() if asked.workshop.published else (),
        db.session.scalars(queries.public_findings(asked.id)).all() if asked.workshop.published else (),
        _table_of,
    )
    return render_template(
        "consultation/feedback/own_page.html",
        feedback=feedback,
        groups=rules.by_outcome(feedback.entries),
        there=there,
        reports=_reports_resting_on(asked.workshop, there),
        **about(token, response),
    )


def _table_of(finding: Finding) -> Tabulation | None:
    """The table of a finding as everyone reads it."""
    return next((each for each in tables_of(finding.snapshot, ()) if each.question == finding.table), None)


def _reports_resting_on(workshop: Workshop, there: rules.Whereabouts) -> list[tuple[str, str]]:
    quoting = [finding for finding, _words in there.quoting]
    if not (workshop.published and there.results):
        return []
    found = queries.reports_resting_on(workshop, there.results, [*there.findings, *quoting])
    return [report for reports in found for report in reports]


@public_afterwards.by
def way_for_respondents(token: str, response: Response) -> Iterator[tuple[str, str]]:
    """From the page that says that answers arrived."""
    if db.session.scalars(queries.published_feedback(response.version.questionnaire_id)).first():
        yield _("What we heard, and where your answers went"), url_for("feedback.own_page", token=token)


@pages_beside_results.by
def way_for_everyone(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """From the public results."""
    if db.session.scalars(queries.published_feedback(questionnaire.id)).first():
        slug = questionnaire.workshop.slug
        yield (
            _("What we heard, and what was done with it"),
            url_for("feedback.what_we_heard", slug=slug, questionnaire=questionnaire.slug),
        )
