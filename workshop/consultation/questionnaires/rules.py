"""When a questionnaire is open, and how a response begins. No database, no request, no clock."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _

from workshop.platform import links
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import moment

from .models import Questionnaire, QuestionnaireVersion, Response
from .states import SAID_BY_ONE, Anonymity, Publication, Respondents, ResponseState

# The numbers among which an anonymous response draws its own; a counted one never comes so far.
RANDOM_IDS = (2**20, 2**31 - 1)
A_MOMENT = timedelta(seconds=1)


def is_open(questionnaire: Questionnaire, at: datetime) -> bool:
    """Whether answers may be begun and sent at that time."""
    begun = questionnaire.opens_at is None or questionnaire.opens_at <= at
    return begun and (questionnaire.accepts_late or not is_late(questionnaire, at))


def is_late(questionnaire: Questionnaire, at: datetime) -> bool:
    return questionnaire.closes_at is not None and questionnaire.closes_at <= at


def token_of_form(form: str, key: str) -> str:
    """The secret (192 bit) that one form begins with, sent twice or not; `key` is the secret of the installation."""
    return links.derived(f"begin:{form}", key)


def is_untouched(response: Response) -> bool:
    return response.state is ResponseState.BEGUN and response.saved_at is None


def begin(version: QuestionnaireVersion, *, language: str, at: datetime, token: str = "") -> tuple[Response, str]:
    """A new, empty response and the secret of its link, which is not kept anywhere else."""
    if not is_open(version.questionnaire, at):
        raise RuleBroken(_("This questionnaire is not accepting answers at the moment."))
    token = token or links.new()
    response = empty(version, token, language=language, at=at)
    kept, said = response.begun_at.isoformat(), response.language
    response.notice = {"text": notice_mark(version.questionnaire, said), "language": said, "at": kept}
    return response, token


def empty(version: QuestionnaireVersion, token: str, *, language: str, at: datetime) -> Response:
    """A response without answers, reached by that secret."""
    kept = recorded_time(version.questionnaire, at)
    response = Response(version=version, language=recorded_language(version, language), begun_at=kept)
    response.issue_link(token)
    if version.questionnaire.anonymity is Anonymity.ANONYMOUS:
        response.id = RANDOM_IDS[0] + secrets.randbelow(RANDOM_IDS[1] - RANDOM_IDS[0])
    return response


def recorded_time(questionnaire: Questionnaire, at: datetime) -> datetime:
    """The time that is written down. Of an anonymous answer it is the last moment that everybody knows: opening, the
    cut-off of the interim results or closing; where none has come yet, the first day of the month.
    """
    if questionnaire.anonymity is not Anonymity.ANONYMOUS:
        return at
    at = at.astimezone(UTC)
    known = (questionnaire.opens_at, questionnaire.interim_at, questionnaire.closes_at)
    passed = [each + A_MOMENT for each in known if each and each < at]
    return max(passed, default=at.replace(day=1, hour=0, minute=0, second=0, microsecond=0))


def recorded_language(version: QuestionnaireVersion, language: str) -> str:
    """The language that is written down: of an anonymous answer always the first, since a rare one could give it away."""
    anonymous = version.questionnaire.anonymity is Anonymity.ANONYMOUS
    return str(version.definition["languages"][0]) if anonymous else language


def notice_mark(questionnaire: Questionnaire, language: str) -> str:
    """A short mark of what respondents are told before they begin, in that language."""
    kept_until = questionnaire.kept_until.isoformat() if questionnaire.kept_until else ""
    texts = [
        words.in_(language)[0]
        for words in (questionnaire.introduction, questionnaire.asked_by, questionnaire.purpose, questionnaire.readers)
    ]
    said = "\n".join([*texts, kept_until, questionnaire.anonymity.value])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def publications(questionnaire: Questionnaire) -> list[Publication]:
    """What a respondent may choose, if anything; who is anonymous has no name to publish."""
    if not questionnaire.asks_publication:
        return []
    return [p for p in Publication if p is not Publication.NAMED or questionnaire.anonymity is not Anonymity.ANONYMOUS]


def publication_said(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Publication:
    """How these answers may be published, by the question that asks it. Whoever said nothing of it is counted only."""
    by = questionnaire.publication_by
    said = answers.get(by.get("question", ""))
    found = next((each for each in Publication if said is not None and by.get(each.value) == said), Publication.TOTALS)
    if found is Publication.NAMED and questionnaire.anonymity is Anonymity.ANONYMOUS:
        return Publication.ANONYMOUS
    return found


def publication_label(questionnaire: Questionnaire, publication: Publication) -> str:
    """The choice in the words of whoever answers: an organisation, or one person."""
    if questionnaire.respondents is Respondents.INDIVIDUALS and publication in SAID_BY_ONE:
        return str(SAID_BY_ONE[publication])
    return str(publication.label)


def closed_reason(questionnaire: Questionnaire, at: datetime) -> str:
    """Why a questionnaire takes no answers at that time, as text; nothing when it does."""
    zone = questionnaire.workshop.zone
    if questionnaire.opens_at and at < questionnaire.opens_at:
        return _(
            "This questionnaire opens on %(when)s (%(zone)s).", when=moment(questionnaire.opens_at, zone), zone=zone
        )
    if questionnaire.closes_at and not is_open(questionnaire, at):
        return _(
            "This questionnaire closed on %(when)s (%(zone)s).", when=moment(questionnaire.closes_at, zone), zone=zone
        )
    return ""
