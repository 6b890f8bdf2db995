"""Answering: begin, save, check, submit once, refuse, withdraw. No database, no request, no clock."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from workshop.errors import RuleBroken
from workshop.i18n import moment

from . import wording
from .answers import Answers, accept
from .definition import Definition, Question
from .entries import Entry
from .expressions import ITSELF, evaluate
from .models import Questionnaire, QuestionnaireVersion, Response
from .vocabulary import Anonymity, Channel, Publication, ResponseState

_: Callable[..., str] = gettext  # the library ships no types
# The numbers among which an anonymous response draws its own; a counted one never comes so far.
LOTS = (2**20, 2**31 - 1)


def hash_of(token: str) -> str:
    """What is stored of the secret in a personal link."""
    return hashlib.sha256(token.encode()).hexdigest()


def secret_from(told: str, key: str) -> str:
    """A link's secret (192 bit) that is made anew whenever it is needed, and stored nowhere.

    `key` is the secret of the installation; without it nothing in the database leads back to the link.
    """
    return base64.urlsafe_b64encode(hmac.new(key.encode(), told.encode(), hashlib.sha256).digest()[:24]).decode()


def is_open(questionnaire: Questionnaire, at: datetime) -> bool:
    """Whether answers may be begun and sent at that time."""
    begun = questionnaire.opens_at is None or questionnaire.opens_at <= at
    return begun and (questionnaire.accepts_late or not is_late(questionnaire, at))


def is_late(questionnaire: Questionnaire, at: datetime) -> bool:
    return questionnaire.closes_at is not None and questionnaire.closes_at <= at


def token_of_form(form: str, key: str) -> str:
    """The secret (192 bit) that one form begins with, sent twice or not; `key` is the secret of the installation."""
    return secret_from(f"begin:{form}", key)


def is_untouched(response: Response) -> bool:
    return response.state is ResponseState.BEGUN and response.saved_at is None


def begin(version: QuestionnaireVersion, *, language: str, at: datetime, token: str = "") -> tuple[Response, str]:
    """A new, empty response and the secret of its link (192 bit), which is not kept anywhere else."""
    if not is_open(version.questionnaire, at):
        raise RuleBroken(_("This questionnaire does not take answers just now."))
    token = token or secrets.token_urlsafe(24)
    response = empty(version, token, language=language, at=at)
    kept = response.begun_at.isoformat()
    response.notice = {"text": told(version.questionnaire, language), "language": language, "at": kept}
    return response, token


def empty(version: QuestionnaireVersion, token: str, *, language: str, at: datetime) -> Response:
    """A response without answers, reached by that secret."""
    kept = kept_time(version.questionnaire, at)
    response = Response(version=version, token_hash=hash_of(token), language=language, begun_at=kept)
    if version.questionnaire.anonymity is Anonymity.ANONYMOUS:
        response.id = LOTS[0] + secrets.randbelow(LOTS[1] - LOTS[0])
    return response


def kept_time(questionnaire: Questionnaire, at: datetime) -> datetime:
    """The time that is written down: of an anonymous answer only the day, since the minute could give it away."""
    anonymous = questionnaire.anonymity is Anonymity.ANONYMOUS
    return at.replace(hour=0, minute=0, second=0, microsecond=0) if anonymous else at


def told(questionnaire: Questionnaire, language: str) -> str:
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


def choose_publication(response: Response, said: str | None) -> None:
    """Keep how the answers may be published, until they are sent; only what is offered can be chosen."""
    if response.state is ResponseState.BEGUN and said in {
        each.value for each in publications(response.version.questionnaire)
    }:
        response.publication = Publication(said)


def save(
    response: Response, definition: Definition, entries: Mapping[str, Entry], *, language: str, at: datetime
) -> None:
    """Keep what was typed for these questions, and nothing else: an answer where it can be taken, else a draft as typed.

    Saving goes on after the questionnaire has closed, so that nothing typed is lost; only sending is refused then.
    """
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers can no longer be changed."))
    language = language if response.channel is Channel.ONLINE else response.language  # staff read it in their own
    answers, drafts = dict(response.answers), dict(response.drafts)
    for code, entry in entries.items():
        if not (question := definition.question(code)):
            continue
        for key in (code, *question.keys):
            answers.pop(key, None)
        drafts.pop(code, None)
        try:
            answers |= accept(question, entry, at=at)
        except RuleBroken:
            drafts[code] = entry
    response.answers, response.drafts = answers, drafts
    response.consent = _consent(response, definition, language, at)
    response.language, response.saved_at = language, kept_time(response.version.questionnaire, at)


def _consent(response: Response, definition: Definition, language: str, at: datetime) -> dict[str, Any]:
    """Which wording was agreed to, in which language and when; kept as first given, empty as soon as it is taken back."""
    needed = [question.code for question in definition.questions if question.ends_on_no]
    if not needed or not all(response.answers.get(code) is True for code in needed):
        return {}
    kept = kept_time(response.version.questionnaire, at)
    return response.consent or {"version": response.version.number, "language": language, "at": kept.isoformat()}


def note_typist(response: Response, account: int) -> None:
    """Remember who of the staff typed, so that somebody else checks."""
    if response.transcription and account not in response.transcription.typed_by:
        response.transcription.typed_by = [*response.transcription.typed_by, account]


def problems(definition: Definition, response: Response, *, at: datetime) -> dict[str, str]:
    """What must be mended before sending: question code to message. Questions that are not asked have no problems."""
    asked = definition.asked(response.answers)
    counted = {code: answer for code, answer in response.answers.items() if code in asked}
    found = {q.code: _problem(q, response, counted, at) for q in definition.answerable if q.code in asked}
    return {code: message for code, message in found.items() if message}


def _problem(question: Question, response: Response, counted: Mapping[str, Any], at: datetime) -> str:
    try:
        answers = accept(question, response.drafts.get(question.code, {}), at=at) or response.answers
    except RuleBroken as refusal:
        return str(refusal.message)
    if question.ends_on_no and answers.get(question.code) is False:
        return _("You answered no. Your answers can only be sent if you answer yes.")
    if not _answered(question, answers):
        return wording.missing(question) if is_needed(question, response) else ""
    if question.limit and not evaluate(question.limit, {**counted, ITSELF: answers[question.code]}):
        return wording.beyond_limit(question)
    return ""


def is_needed(question: Question, response: Response) -> bool:
    """Whether there must be an answer. Nobody on paper is kept from leaving a line open, but consent is always needed."""
    return question.required and (response.channel is Channel.ONLINE or question.ends_on_no)


def _answered(question: Question, answers: Mapping[str, Any]) -> bool:
    return answers.get(question.code) not in (None, "", [], {})


def attach(response: Response, code: str, answer: Mapping[str, Any], *, at: datetime) -> None:
    """Keep a file that was checked and stored, in place of an earlier one."""
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers can no longer be changed."))
    response.answers = {**response.answers, code: dict(answer)}
    response.saved_at = kept_time(response.version.questionnaire, at)


def cleared(definition: Definition, answers: Answers) -> Answers:
    """The answers without those to questions that these very answers do not lead to."""
    asked = definition.asked(answers)
    return {key: answers[key] for q in definition.questions if q.code in asked for key in q.keys if key in answers}


def written(definition: Definition, response: Response) -> list[Question]:
    """The questions to which something was written, taken or not."""
    held = response.answers.keys() | response.drafts.keys()
    return [question for question in definition.questions if question.code in held]


def left_out(definition: Definition, response: Response) -> list[Question]:
    """Questions with something written that will not be sent, because another answer leads past them."""
    asked = definition.asked(response.answers)
    return [question for question in written(definition, response) if question.code not in asked]


def refuse(response: Response, *, at: datetime) -> None:
    """End with a refusal: that it was given is all that is kept."""
    _erase(response, at)
    response.state = ResponseState.REFUSED


def submit(response: Response, definition: Definition, *, at: datetime) -> None:
    """Send the answers. Sending again, however often, changes nothing.

    Raises RuleBroken when the questionnaire is closed, the answers were withdrawn, or something needs mending.
    """
    if response.state is ResponseState.SUBMITTED:
        return
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers were erased. There is nothing to send."))
    if response.channel is not Channel.ONLINE:
        raise RuleBroken(_("What was typed in from paper is handed over for a check; it is not sent."))
    if not is_open(response.version.questionnaire, at):
        raise RuleBroken(closed_words(response.version.questionnaire, at))
    complete(response, definition, at=at)
    response.state, response.submitted_at = ResponseState.SUBMITTED, kept_time(response.version.questionnaire, at)
    response.is_late = is_late(response.version.questionnaire, at)


def complete(response: Response, definition: Definition, *, at: datetime) -> None:
    """Make the answers ready: those not asked for go, nothing is left as a draft. Raises RuleBroken for any problem."""
    if found := problems(definition, response, at=at):
        raise RuleBroken(
            ngettext("One answer needs another look first.", "%(num)s answers need another look first.", len(found))
        )
    asked = definition.asked(response.answers)
    mended = [
        accept(q, response.drafts[q.code], at=at)
        for q in definition.questions
        if q.code in response.drafts and q.code in asked
    ]
    response.answers = cleared(
        definition, {key: value for each in [response.answers, *mended] for key, value in each.items()}
    )
    response.drafts = {}


def withdraw(response: Response, *, at: datetime) -> None:
    """Take everything back: the answers are erased, whether they were sent or not. Doing it again changes nothing."""
    if response.state in {ResponseState.BEGUN, ResponseState.ENTERED, ResponseState.SUBMITTED}:
        _erase(response, at)
        response.state = ResponseState.WITHDRAWN


def _erase(response: Response, at: datetime) -> None:
    response.answers, response.drafts, response.done, response.consent, response.signed = {}, {}, [], {}, {}
    response.colleagues, response.is_shared, response.at_section, response.seen_at = [], False, "", None
    response.saved_at, response.submitted_at = kept_time(response.version.questionnaire, at), None
    if response.channel is not Channel.ONLINE and response.transcription:
        response.transcription.scan, response.transcription.note, response.transcription.returned = {}, "", ""


def closed_words(questionnaire: Questionnaire, at: datetime) -> str:
    """Why a questionnaire takes no answers at that time; nothing when it does."""
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


def set_up(
    questionnaire: Questionnaire, *, opens_at: datetime | None, closes_at: datetime | None, open_to_all: bool,
    needs_all_texts: bool,
) -> None:  # fmt: skip
    """When it takes answers, and from whom."""
    if opens_at and closes_at and closes_at <= opens_at:
        raise RuleBroken(_("It closes before it opens."), field="closes_at")
    questionnaire.opens_at, questionnaire.closes_at = opens_at, closes_at
    questionnaire.open_to_all, questionnaire.needs_all_texts = open_to_all, needs_all_texts
