"""Trying a questionnaire out: begin, fill with sample answers, look at what came, end."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions import draft_checks
from workshop.consultation.questions.definition import read_published
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp
from .editor_views import EditorState, editor_state
from .trials import queries, trial_rules

MOST_SETS = 200


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/trial")
@organiser
def trial(workshop: Workshop, questionnaire: str) -> str:
    """The trial that runs, if one does, and what was answered in it."""
    at = editor_state(workshop, questionnaire)
    version = trial_version(at)
    sets = db.session.scalars(queries.trial_responses(version)).all() if version else []
    definition = read_published(version.id, version.definition) if version else None
    return render_template(
        "consultation/designing/trial.html",
        workshop=workshop,
        bench=at,
        version=version,
        is_outdated=bool(version) and version is not None and version.definition != at.document,
        sets=sets,
        submitted=sum(each.state is ResponseState.SUBMITTED for each in sets),
        tried=trial_rules.tried_questions(definition, [each.answers for each in sets]) if definition else [],
        most=MOST_SETS,
    )


def trial_version(at: EditorState) -> QuestionnaireVersion | None:
    return db.session.scalars(queries.trial_version_of(at.questionnaire)).one_or_none()


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/trial")
@organiser
def change_trial(workshop: Workshop, questionnaire: str) -> HttpResponse:
    """Begin with the draft as it stands (and without what an earlier trial held), add sample answers, or end."""
    at = editor_state(workshop, questionnaire)
    with flashing_refusal():
        match request.form.get("go"):
            case "begin":
                begin(at)
            case "fill":
                fill(trial_version(at) or abort(404))
            case "end":
                db.session.execute(queries.erase_trials(at.questionnaire))
                db.session.commit()
                flash(_("The test and all its answers are erased."))
    return redirect(url_for(".trial", slug=workshop.slug, questionnaire=questionnaire))


def begin(at: EditorState) -> None:
    if found := draft_checks.errors(draft_checks.check(at.document)):
        raise RuleBroken(_("The draft has problems: %(first)s", first=found[0].message))
    db.session.execute(queries.erase_trials(at.questionnaire))
    db.session.add(trial_rules.begin_trial(at.questionnaire, at.document, at=now()))
    db.session.commit()


def fill(version: QuestionnaireVersion) -> None:
    begun = len(db.session.scalars(queries.trial_responses(version)).all())
    if begun >= MOST_SETS:
        raise RuleBroken(_("A test contains at most %(most)s sets of answers.", most=MOST_SETS))
    db.session.add_all(trial_rules.sample_responses(version, begun, at=now()))
    db.session.commit()
