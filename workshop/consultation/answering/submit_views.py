"""The end of answering: looking through, sending, and taking everything back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import quotas, resubmission
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import Channel, ResponseState
from workshop.consultation.questions.definition import Definition
from workshop.platform import audit, files
from workshop.platform.access import even_if_archived, limited, open_link
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal

from . import answer_files, bp, colleagues, question_display, retention, rules, section_paging
from .response_by_link import (
    about,
    address_for_copy,
    address_for_organisers,
    closed_to,
    definition_of,
    is_quota_full,
    keep,
    owner,
    public_afterwards,
    respondent,
    response_by_link,
)


@bp.get("/q/<token>/summary")
@respondent
def summary(token: str, response: Response) -> str | HttpResponse:
    if response.state not in {ResponseState.BEGUN, ResponseState.SUBMITTED}:
        return redirect(url_for(".thanks", token=token))
    return summary_page(token, response)


def summary_page(token: str, response: Response, refusal: str = "") -> str:
    definition = definition_of(response)
    problems = rules.problems(definition, response, at=now())
    return render_template(
        "consultation/answering/summary.html",
        sections=question_display.summary(definition, response, problems),
        left_out=rules.left_out(definition, response),
        refusal=refusal,
        closed=closed_to(response),
        **about(token, response),
    )


@bp.post("/q/<token>/submit")
@owner
@limited("120 per minute")
def submit(token: str, response: Response) -> str | HttpResponse:
    definition = definition_of(response)
    try:
        keep(token, response, lambda response: send_in(response, definition))
    except RuleBroken as refusal:
        return summary_page(token, response_by_link(token), str(refusal.message))
    return redirect(url_for(".thanks", token=token))


def send_in(response: Response, definition: Definition) -> None:
    if response.state is not ResponseState.BEGUN:
        return rules.submit(response, definition, at=now())
    if is_quota_full(response, response.answers):
        raise RuleBroken(quotas.enough())
    name = colleagues.signatory(response, request.form.get("signed", ""))
    rules.choose_publication(response, request.form.get("publication"))
    rules.submit(response, definition, at=now())
    colleagues.sign(response, name)
    questionnaires_queries.answers_sent(db.session, response)
    return None


@bp.post("/q/<token>/change")
@owner
@limited("30 per minute")
def change(token: str, response: Response) -> HttpResponse:
    """Open what was sent again, or leave it as it was."""
    with flashing_refusal():
        if request.form.get("go") == "discard":
            keep(token, response, resubmission.discard_changes)
            flash(_("Nothing was changed: your answers count as you submitted them before."))
        else:
            keep(token, response, lambda response: resubmission.change(response, at=now()))
    return redirect(url_for(".summary", token=token))


@bp.get("/q/<token>/thanks")
@respondent
def thanks(token: str, response: Response) -> str | HttpResponse:
    if response.state is ResponseState.BEGUN:
        return redirect(url_for(".resume", token=token))
    if response.channel is not Channel.ONLINE:
        return redirect(address_for_organisers(response))
    recipient = open_link(questionnaires_queries.recipient_by_link, token)
    return render_template(
        "consultation/answering/thanks.html",
        recipient=recipient,
        copy_to=address_for_copy(token, response),
        afterwards=[way for ways in public_afterwards(token, response) for way in ways],
        **about(token, response),
    )


@bp.route("/q/<token>/withdraw", methods=["GET", "POST"])
@owner
@even_if_archived
@limited("60 per minute")
def withdraw(token: str, response: Response) -> str | HttpResponse:
    if request.method == "POST":
        for name in keep(token, response, take_back):
            files.remove(name)
        return redirect(url_for(".thanks", token=token))
    if response.state not in {ResponseState.BEGUN, ResponseState.SUBMITTED}:
        return redirect(url_for(".thanks", token=token))
    definition = definition_of(response)
    return render_template(
        "consultation/answering/withdraw.html",
        erased=rules.questions_with_entries(definition, response),
        refused=any(section_paging.is_refused(page, response) for page in definition.sections),
        **about(token, response),
    )


def take_back(response: Response) -> list[str]:
    """Erase the answers, and note that it was done but not whose they were. The files to remove after the commit."""
    held = answer_files.held_by(response)
    if response.state in {ResponseState.BEGUN, ResponseState.ENTERED, ResponseState.SUBMITTED}:
        retention.note_erased(response)
        db.session.add(
            audit.record("withdraw", f"questionnaire {response.version.questionnaire_id}", who=None, at=now())
        )
    rules.withdraw(response, at=now())
    return held
