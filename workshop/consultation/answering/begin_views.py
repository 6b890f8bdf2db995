"""The first page behind a personal link, before anything is answered; and saying that one does not wish to."""

from datetime import date

from flask import redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import recipients
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Recipient
from workshop.consultation.questionnaires.states import ENDED, Anonymity, Channel
from workshop.consultation.questions import language_names
from workshop.consultation.questions.definition import read_published
from workshop.platform import files
from workshop.platform.access import by_link, limited
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import offer, reading

from . import bp, rules
from .response_by_link import lock_recipient
from .submit_views import take_back
from .tasks import ask_to_shuffle

asked = by_link(questionnaires_queries.recipient_by_link)  # whoever the personal link was sent to


@bp.route("/q/<token>/begin", methods=["GET", "POST"])
@asked
@limited("60 per minute")
def begin(token: str, recipient: Recipient) -> str | HttpResponse:
    if writes_online(recipient):
        return redirect(url_for(".resume", token=token))
    version: QuestionnaireVersion = db.first_or_404(questionnaires_queries.version_for(recipient.questionnaire))
    offer(language_names.names_by_code(version.definition["languages"]), recipient.language)
    refusal = ""
    if request.method == "POST":
        lock_recipient(recipient)
        if writes_online(recipient):  # by the first of two clicks, while this one waited
            return redirect(url_for(".resume", token=token))
        try:
            response, secret = recipients.begin(recipient, version, token, language=reading(), at=now())
        except RuleBroken as broken:
            db.session.rollback()
            refusal = str(broken.message)
        else:
            rules.choose_publication(response, request.form.get("publication"))
            ask_to_shuffle(version.questionnaire)
            db.session.add(response)
            return redirect(url_for(".resume", token=find_secret(token, secret)))
    elif not recipient.opened:
        recipient.opened = True
        db.session.commit()
    return render_template(
        "consultation/answering/begin.html",
        definition=read_published(version.id, version.definition),
        publications=questionnaires_rules.publications(version.questionnaire),
        anonymous=version.questionnaire.anonymity is Anonymity.ANONYMOUS,
        refusal=refusal,
        came=came_on_paper(recipient),
        closed=questionnaires_rules.closed_reason(version.questionnaire, now()),
        expired=recipients.is_expired(recipient, now()),
        used=recipients.invitation_used(),
        **whose(token, recipient),
    )


def writes_online(recipient: Recipient) -> bool:
    return recipient.response is not None and recipient.response.channel is Channel.ONLINE


def find_secret(token: str, secret: str) -> str:
    """The secret that leads to the answers, once they are kept; a second click finds those of the first."""
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return token
    return secret


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
