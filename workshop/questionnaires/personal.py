"""The first page behind a personal link, before anything is answered; and saying that one does not wish to."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as Answer

from workshop.access import by_link, limited
from workshop.db import db, now
from workshop.errors import RuleBroken
from workshop.i18n import language

from . import invited, queries, rules
from .definition import published
from .models import Anonymity, QuestionnaireVersion, Recipient
from .tasks import stirring
from .views import bp

__all__ = ["bp"]


@bp.route("/q/<token>/begin", methods=["GET", "POST"])
@by_link
@limited("60 per minute")
def begin(token: str) -> str | Answer:
    recipient = recipient_behind(token)
    if recipient.response:
        return redirect(url_for(".resume", token=token))
    version: QuestionnaireVersion = db.first_or_404(queries.version_for(recipient.questionnaire))
    refusal = ""
    if request.method == "POST":
        try:
            response, secret = invited.begin(recipient, version, token, language=language(), at=now())
        except RuleBroken as broken:
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
    """No answer, and no more mails. Whoever has begun takes the answers back instead, which says the same."""
    recipient = recipient_behind(token)
    if recipient.response and not recipient.declined:
        return redirect(url_for(".withdraw", token=token))
    if request.method == "POST":
        recipient.declined = request.form.get("decline") == "yes"
        db.session.commit()
        return redirect(url_for(".decline", token=token))
    return render_template("questionnaires/decline.html", **whose(token, recipient))


def recipient_behind(token: str) -> Recipient:
    """Whoever the personal link was sent to, or 404."""
    recipient: Recipient | None = db.session.scalars(queries.recipient_behind(rules.hash_of(token))).one_or_none()
    return recipient or abort(404)


def whose(token: str, recipient: Recipient) -> dict[str, Any]:
    questionnaire = recipient.questionnaire
    return {"token": token, "recipient": recipient, "questionnaire": questionnaire, "zone": questionnaire.workshop.zone}
