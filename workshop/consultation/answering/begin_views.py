"""The first page behind a personal link, before anything is answered; and saying that one does not wish to."""

from contextlib import suppress
from datetime import date, timedelta

from flask import current_app, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import recipients, tally
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient
from workshop.consultation.questionnaires.states import ENDED, Channel
from workshop.consultation.questions import language_names
from workshop.consultation.questions.definition import read_published
from workshop.platform import files, links
from workshop.platform.access import by_link, limited, open_link
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import offer, reading

from . import bp, rules
from .response_by_link import lock_recipient
from .submit_views import take_back

COOKIE = "answers"
IN_THIS_BROWSER = timedelta(days=60)
asked = by_link(questionnaires_queries.recipient_by_link)  # whoever the personal link was sent to


@bp.route("/q/<token>/begin", methods=["GET", "POST"])
@asked
@limited("60 per minute")
def begin(token: str, recipient: Recipient) -> str | HttpResponse:
    if writes_online(recipient):
        return redirect(url_for(".resume", token=token))
    version: QuestionnaireVersion = db.first_or_404(questionnaires_queries.version_for(recipient.questionnaire))
    offer(language_names.names_by_code(version.definition["languages"]), recipient.language)
    anonymous = tally.is_kept_for(version.questionnaire)
    if anonymous and (own := secret_in_browser(recipient, version.questionnaire)):
        return redirect(url_for(".resume", token=own))
    refusal = ""
    if request.method == "POST":
        try:
            return (
                begin_anonymously(token, recipient, version) if anonymous else begin_by_link(token, recipient, version)
            )
        except RuleBroken as broken:
            db.session.rollback()
            refusal = str(broken.message)
    elif not recipient.opened and not anonymous:
        recipient.opened = True
        db.session.commit()
    return render_template(
        "consultation/answering/begin.html",
        definition=read_published(version.id, version.definition),
        publications=questionnaires_rules.publications(version.questionnaire),
        publication_label=questionnaires_rules.publication_label,
        anonymous=anonymous,
        least=tally.LEAST - 1,
        refusal=refusal,
        came=came_on_paper(recipient),
        closed=questionnaires_rules.closed_reason(version.questionnaire, now()),
        expired=recipients.is_expired(recipient, now()),
        used=recipients.invitation_used() if anonymous and tally.is_used(recipient) else "",
        **whose(token, recipient),
    )


def begin_by_link(token: str, recipient: Recipient, version: QuestionnaireVersion) -> HttpResponse:
    """The answers are reached by the invitation itself from now on."""
    lock_recipient(recipient)
    if not writes_online(recipient):  # by the first of two clicks, while this one waited
        response, _secret = recipients.begin(recipient, version, token, language=reading(), at=now())
        rules.choose_publication(response, request.form.get("publication"))
        db.session.add(response)
        with suppress(IntegrityError):  # a second click finds the answers of the first
            db.session.commit()
        db.session.rollback()
    return redirect(url_for(".resume", token=token))


def begin_anonymously(token: str, recipient: Recipient, version: QuestionnaireVersion) -> HttpResponse:
    """The answers get a secret of their own, drawn for this form: sent twice it begins once. The invitation is only read.

    The way from the invitation back to the answers is kept in this browser, and nowhere else.
    """
    form = request.form.get("csrf_token")
    key = current_app.config["SECRET_KEY"]
    own = questionnaires_rules.token_of_form(f"{token}:{form}", key) if form else links.new()
    response, own = recipients.begin(recipient, version, own, language=reading(), at=now())
    rules.choose_publication(response, request.form.get("publication"))
    tally.begin_once(recipient, response, own)
    answer = redirect(url_for(".resume", token=own, lang=reading()))
    answer.set_cookie(
        COOKIE,
        own,
        max_age=int(IN_THIS_BROWSER.total_seconds()),
        path=url_for(".begin", token=token),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return answer


def secret_in_browser(recipient: Recipient, questionnaire: Questionnaire) -> str:
    """The secret of answers that were begun with this invitation in this browser; nothing once they are taken back."""
    own = request.cookies.get(COOKIE, "")
    found = open_link(questionnaires_queries.response_by_link, own) if own else None
    is_mine = found and found.version.questionnaire_id == questionnaire.id and tally.is_used(recipient)
    return own if is_mine else ""


def writes_online(recipient: Recipient) -> bool:
    return recipient.response is not None and recipient.response.channel is Channel.ONLINE


@bp.route("/q/<token>/decline", methods=["GET", "POST"])
@asked
@limited("60 per minute")
def decline(token: str, recipient: Recipient) -> str | HttpResponse:
    """No answer, and no more mails. Whoever has begun takes the answers back instead, which says the same.

    What was sent on paper is erased here: its own pages are the organisers'.
    """
    response = recipient.response
    offer(language_names.names_by_code(recipient.questionnaire.title), recipient.language)
    if response and response.channel is Channel.ONLINE and not recipient.declined:
        return redirect(url_for(".withdraw", token=token))
    if tally.is_kept_for(recipient.questionnaire) and tally.is_used(recipient):
        return redirect(url_for(".begin", token=token))  # to note it now would tell when the invitation was used
    if request.method == "POST":
        recipient.declined = request.form.get("decline") == "yes"
        held = take_back(response) if response and recipient.declined else []
        db.session.commit()
        for name in held:
            files.remove(name)
        return redirect(url_for(".decline", token=token))
    return render_template(
        "consultation/answering/decline.html", came=came_on_paper(recipient), **whose(token, recipient)
    )


def came_on_paper(recipient: Recipient) -> date | None:
    """The day on which answers came another way, if they did and were not taken back."""
    response = recipient.response
    if response is None or response.state in ENDED:
        return None
    return response.transcription.received_on if response.transcription else None


def whose(token: str, recipient: Recipient) -> dict[str, object]:
    questionnaire = recipient.questionnaire
    return {"token": token, "recipient": recipient, "questionnaire": questionnaire, "zone": questionnaire.workshop.zone}
