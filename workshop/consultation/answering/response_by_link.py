"""The set of answers behind a link: reading it, changing it safely, and what every page of it shows."""

from collections.abc import Callable
from typing import TypeVar

from flask import abort, url_for
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import ServiceUnavailable

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, Channel, ResponseState
from workshop.consultation.questions import language_names
from workshop.consultation.questions.definition import Definition, published
from workshop.platform import links
from workshop.platform.db import db, now, turn
from workshop.platform.i18n import LANGUAGES, offer
from workshop.secretariat.series.membership import refuse_all_but
from workshop.secretariat.series.models import Role

from . import colleagues, rules

Outcome = TypeVar("Outcome")
TRIES = 30


def response_behind(token: str) -> Response:
    """The response of a personal link, or 404. Its page is in the language it was last written in, until one chooses."""
    found: Response = db.one_or_404(questionnaires_queries.response_behind(links.digest(token)))
    refuse_strangers(found)
    if found.channel is not Channel.ONLINE:  # staff have their own pages' languages
        offer(LANGUAGES)
        return found
    visitor = colleagues.visitor(found, token)
    offer(language_names.named(found.version.definition["languages"]), visitor.language if visitor else found.language)
    return found


def own_response(token: str) -> Response:
    """The same for what only the holder of the answers' own link may do; a colleague is told so."""
    response = response_behind(token)
    if colleagues.visitor(response, token):
        abort(403)
    return response


def refuse_strangers(response: Response) -> None:
    """What staff type in from paper is open to the organisers alone, whoever holds the link."""
    if response.channel is not Channel.ONLINE:
        refuse_all_but(Role.ORGANISER, response.version.questionnaire.workshop)


def definition_of(response: Response) -> Definition:
    return published(response.version_id, response.version.definition)


def keep(token: str, response: Response, change: Callable[[Response], Outcome]) -> Outcome:
    """Change a response, as it was read, and commit. Where another request was faster, read what it left and change that.

    Returns what the change returned; RuleBroken passes through, with nothing kept.
    """
    for _attempt in range(TRIES):
        try:
            with turn():
                outcome = change(response)
                if response.channel is not Channel.ONLINE and response.state is ResponseState.BEGUN:
                    rules.note_typist(response, current_user.id)
                db.session.commit()
        except StaleDataError:
            db.session.rollback()
            response = response_behind(token)
        else:
            return outcome
    raise ServiceUnavailable


def hold(recipient: Recipient) -> None:
    """Keep a recipient to oneself until the commit: who begins or types in at the same time waits, then sees what was done."""
    db.session.execute(questionnaires_queries.hold_recipient(recipient))
    db.session.refresh(recipient)


def closed_to(response: Response) -> str:
    """Why no answers are taken just now; staff type in what came on paper at any time."""
    return (
        questionnaires_rules.closed_words(response.version.questionnaire, now())
        if response.channel is Channel.ONLINE
        else ""
    )


def received(response: Response) -> str:
    """Where the organisers see what came."""
    asked = response.version.questionnaire
    return url_for("transcription.received", slug=asked.workshop.slug, questionnaire=asked.slug)


def about(token: str, response: Response) -> dict[str, object]:
    """What every page behind a link shows."""
    return {
        "token": token,
        "response": response,
        "visitor": colleagues.visitor(response, token),
        "may_write": colleagues.may_write,
        "questionnaire": response.version.questionnaire,
        "publications": questionnaires_rules.publications(response.version.questionnaire),
        "typed_in": response.channel is not Channel.ONLINE,
        "anonymous": response.version.questionnaire.anonymity is Anonymity.ANONYMOUS,
        "zone": response.version.questionnaire.workshop.zone,
        "link": url_for(".resume", token=token, _external=True),
    }
