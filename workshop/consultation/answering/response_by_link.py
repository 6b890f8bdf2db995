"""The set of answers behind a link: reading it, changing it safely, and what every page of it shows."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from flask import abort, url_for
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import ServiceUnavailable

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import quotas, resubmission
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, Channel, ResponseState
from workshop.consultation.questions import language_names
from workshop.consultation.questions.definition import Definition, read_published
from workshop.platform.access import by_link, open_link
from workshop.platform.db import db, now, write_lock
from workshop.platform.i18n import LANGUAGES, offer, reading
from workshop.platform.providers import Provided
from workshop.secretariat.series.membership import refuse_all_but
from workshop.secretariat.series.models import Role

from . import colleagues, rules

Outcome = TypeVar("Outcome")
TRIES = 30
public_afterwards = Provided[[str, Response], Iterable[tuple[str, str]]](
    "What respondents can read once their answers have arrived: words and address. Given the secret of their link."
)


def refuse_strangers(response: Response, _token: str = "") -> None:
    """What staff type in from paper is open to the organisers alone, whoever holds the link."""
    if response.channel is not Channel.ONLINE:
        refuse_all_but(Role.ORGANISER, response.version.questionnaire.workshop)


def offer_languages(response: Response, token: str) -> None:
    """A page is in the language its answers were last written in, until one chooses."""
    if response.channel is not Channel.ONLINE:  # staff have their own pages' languages
        return offer(LANGUAGES)
    visitor = colleagues.visitor(response, token)
    names = language_names.names_by_code(response.version.definition["languages"])
    return offer(names, visitor.language if visitor else response.language)


def refuse_colleagues(response: Response, token: str) -> None:
    """What only the holder of the answers' own link may do; a colleague is told so."""
    if colleagues.visitor(response, token):
        abort(403)


# Marks of views: whoever holds a link to these answers, and whoever holds their own.
respondent = by_link(questionnaires_queries.response_by_link, refuse_strangers, offer_languages)
owner = by_link(questionnaires_queries.response_by_link, refuse_strangers, offer_languages, refuse_colleagues)


def response_by_link(token: str) -> Response:
    """The response as it stands now, or 404: for a page that has just changed it."""
    response = open_link(questionnaires_queries.response_by_link, token) or abort(404)
    refuse_strangers(response)
    return response


def definition_of(response: Response) -> Definition:
    return read_published(response.version_id, response.version.definition)


def keep(token: str, response: Response, change: Callable[[Response], Outcome]) -> Outcome:
    """Change a response, as it was read, and commit. Where another request was faster, read what it left and change that.

    Returns what the change returned; RuleBroken passes through, with nothing kept.
    """
    for _attempt in range(TRIES):
        try:
            with write_lock():
                outcome = change(response)
                if response.channel is not Channel.ONLINE and response.state is ResponseState.BEGUN:
                    rules.note_typist(response, current_user.id)
                db.session.commit()
        except StaleDataError:
            db.session.rollback()
            response = response_by_link(token)
        else:
            return outcome
    raise ServiceUnavailable


def is_quota_full(response: Response, answers: Mapping[str, object]) -> bool:
    """Whether enough others have answered as these answers do. Nothing is read where no quota is touched."""
    asked = response.version.questionnaire
    touched = quotas.touched_quotas(asked.quotas, answers)
    if not touched:
        return False
    given = db.session.execute(questionnaires_queries.answers_for_quotas(asked, touched)).all()
    counts = [sum(quotas.is_so(row[place], each["option"]) for row in given) for place, each in enumerate(touched)]
    return any(count >= each["most"] for count, each in zip(counts, touched, strict=True))


def lock_recipient(recipient: Recipient) -> None:
    """Keep a recipient to oneself until the commit: who begins or types in at the same time waits, then sees what was done."""
    db.session.execute(questionnaires_queries.lock_recipient(recipient))
    db.session.refresh(recipient)


def closed_to(response: Response) -> str:
    """Why no answers are taken just now; staff type in what came on paper at any time."""
    return (
        questionnaires_rules.closed_reason(response.version.questionnaire, now())
        if response.channel is Channel.ONLINE
        else ""
    )


def address_for_organisers(response: Response) -> str:
    """Where the organisers see what came."""
    asked = response.version.questionnaire
    return url_for("transcription.received", slug=asked.workshop.slug, questionnaire=asked.slug)


def address_for_copy(token: str, response: Response) -> str:
    """Where a copy of the answers may go by mail: to whoever was invited by this link. Nowhere, where nobody was, or where
    nobody may know who answered.
    """
    if response.version.questionnaire.anonymity is Anonymity.ANONYMOUS:
        return ""
    invited = colleagues.visitor(response, token) or open_link(questionnaires_queries.recipient_by_link, token)
    return invited.email if invited else ""


def about(token: str, response: Response) -> dict[str, object]:
    """What every page behind a link shows. Of anonymous answers the language is written down nowhere but in their link."""
    anonymous = response.version.questionnaire.anonymity is Anonymity.ANONYMOUS
    return {
        "token": token,
        "response": response,
        "visitor": colleagues.visitor(response, token),
        "may_write": colleagues.may_write,
        "questionnaire": response.version.questionnaire,
        "publications": questionnaires_rules.publications(response.version.questionnaire),
        "typed_in": response.channel is not Channel.ONLINE,
        "anonymous": anonymous,
        "may_change": resubmission.may_change(response, now()),
        "is_being_changed": resubmission.is_being_changed(response),
        "earlier": resubmission.sent_earlier(response),
        "sent_at": resubmission.sent_at,
        "publication_label": questionnaires_rules.publication_label,
        "zone": response.version.questionnaire.workshop.zone,
        "link": url_for("answering.resume", token=token, lang=reading() if anonymous else None, _external=True),
    }
