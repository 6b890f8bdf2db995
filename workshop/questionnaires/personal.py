"""The first page behind a personal link, before anything is answered; and saying that one does not wish to."""

from datetime import date
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as Answer

from workshop import files
from workshop.access import by_link, limited
from workshop.db import db, now
from workshop.errors import RuleBroken
from workshop.i18n import offer, reading

from . import invited, languages, queries, rules
from .behind import hold
from .definition import published
from .models import QuestionnaireVersion, Recipient
from .sending_in import take_back
from .tasks import stirring
from .views import bp
from .vocabulary import ENDED, Anonymity, Channel

__all__ = ["bp"]


@bp.route("/q/<token>/begin", methods=["GET", "POST"])
@by_link
@limited("60 per minute")
def begin(token: str) -> str | Answer:
    recipient = recipient_behind(token)
    if recipient.response and recipient.response.channel is Channel.ONLINE:
        return redirect(url_for(".resume", token=token))
    version: QuestionnaireVersion = db.first_or_404(queries.version_for(recipient.questionnaire))
    offer(languages.named(version.definition["languages"]), recipient.language)
    refusal = ""
    if request.method == "POST":
        hold(recipient)
        try:
            response, secret = invited.begin(recipient, version, token, language=reading(), at=now())
        except RuleBroken as broken:
            db.session.rollback()
            refusal = str(broken.message)
        else:
            rules.choose_publication(response, request.form.get("publication"))
            db.session.add_all([response, *stirring(version.questionnaire)])
            return redirect(url_for(".resume", token=kept(token, secret)))
    elif not recipient.opened:
        recipient.opened = True
        db.session.commit()
    return render_template(
        "questionnaires/begin.html",
        definition=published(version.id, version.definition),
        publications=rules.publications(version.questionnaire),
        anonymous=version.questionnaire.anonymity is Anonymity.ANONYMOUS,
        refusal=refusal,
        came=came_on_paper(recipient),
        closed=rules.closed_words(version.questionnaire, now()),
        expired=invited.is_expired(recipient, now()),
        **whose(token, recipient),
    )


def kept(token: str, secret: str) -> str:
    """The secret that leads to the answers, once they are kept; a second click finds those of the first."""
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return token
    return secret


@bp.route("/q/<token>/decline", methods=["GET", "POST"])
@by_link
@limited("60 per minute")
def decline(token: str) -> str | Answer:
    """No answer, and no more mails. Whoever has begun takes the answers back instead, which says the same.

    What was sent on paper is erased here: its own pages are the organisers'.
    """
    recipient = recipient_behind(token)
    response = recipient.response
    offer(languages.named(recipient.questionnaire.title), recipient.language)
    if response and response.channel is Channel.ONLINE and not recipient.declined:
        return redirect(url_for(".withdraw", token=token))
    if request.method == "POST":
        recipient.declined = request.form.get("decline") == "yes"
        held = take_back(response) if response and recipient.declined else []
        db.session.commit()
        for name in held:
            files.remove(name)
        return redirect(url_for(".decline", token=token))
    return render_template("questionnaires/decline.html", came=came_on_paper(recipient), **whose(token, recipient))


def came_on_paper(recipient: Recipient) -> date | None:
    """The day on which answers came another way, if they did and were not taken back."""
    response = recipient.response
    if response is None or response.state in ENDED:
        return None
    return response.transcription.received_on if response.transcription else None


def recipient_behind(token: str) -> Recipient:
    """Whoever the personal link was sent to, or 404."""
    recipient: Recipient | None = db.session.scalars(queries.recipient_behind(rules.hash_of(token))).one_or_none()
    return recipient or abort(404)


def whose(token: str, recipient: Recipient) -> dict[str, Any]:
    questionnaire = recipient.questionnaire
    return {"token": token, "recipient": recipient, "questionnaire": questionnaire, "zone": questionnaire.workshop.zone}
