"""Answers that came on paper: one types them in, another checks, then they count. No database, no request, no clock."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.consultation.answering import colleagues
from workshop.consultation.answering.rules import choose_publication, complete, withdraw
from workshop.consultation.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Recipient,
    Response,
    Transcription,
)
from workshop.consultation.questionnaires.rules import empty, is_late, recorded_time
from workshop.consultation.questionnaires.states import ENDED, Anonymity, Channel, Publication, ResponseState
from workshop.consultation.questions.definition import Definition, FileAnswer
from workshop.platform.errors import RuleBroken
from workshop.platform.links import derived

LONGEST = 2000
FEWEST = 5  # anonymous sets are not read before there are so many
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Received:
    """What came, as the secretariat holds it: how, when, in which language, from whom where that is known."""

    channel: Channel
    received_on: date
    language: str
    recipient: Recipient | None = None
    publication: Publication = Publication.TOTALS
    scan: FileAnswer | None = None


def transcribe(version: QuestionnaireVersion, came: Received, *, by: int, key: str, at: datetime) -> Response:
    """A response to be filled from a paper. `by` is the account that types, `key` the secret of the installation."""
    zone = ZoneInfo(version.questionnaire.workshop.zone)
    if came.received_on > at.astimezone(zone).date():
        raise RuleBroken(_("That day has not come yet."), "received_on")
    if came.received_on < EARLIEST:
        raise RuleBroken(_("That day is too long ago. Write the year in four digits."), "received_on")
    if came.language not in version.definition["languages"]:
        raise RuleBroken(_("This version is not written in that language."), "language")
    _refuse_second_answer(version, came.recipient)
    transcription = Transcription(received_on=came.received_on, scan=dict(came.scan or {}), typed_by=[by])
    token = token_of(transcription, key)
    response = empty(version, token, language=came.language, at=at)
    response.channel, response.language, response.transcription = came.channel, came.language, transcription
    choose_publication(response, came.publication)
    if came.recipient:
        came.recipient.response, came.recipient.declined = response, False
    return response


def _refuse_second_answer(version: QuestionnaireVersion, recipient: Recipient | None) -> None:
    if recipient is None:
        return
    if version.questionnaire.anonymity is Anonymity.ANONYMOUS:
        raise RuleBroken(_("Answers are anonymous here: no one may know whom a paper came from."), "recipient")
    if recipient.response and recipient.response.state not in ENDED:
        raise RuleBroken(
            _(
                "There are already answers of %(name)s. They must be erased before others can replace them.",
                name=recipient.name,
            ),
            "recipient",
        )


def token_of(transcription: Transcription, key: str) -> str:
    """The secret behind which the answers are typed in."""
    return derived(f"transcription:{transcription.key}", key)


def may_read(questionnaire: Questionnaire, *, sent: int, at: datetime) -> bool:
    """Whether sets of answers may be read one by one.

    Anonymous ones not before all are in: whoever looks daily would see whose link was used and which set is new.
    """
    if questionnaire.anonymity is not Anonymity.ANONYMOUS:
        return True
    closed = questionnaire.closes_at is not None and questionnaire.closes_at <= at
    return closed and sent >= FEWEST


def take_out(response: Response, recipient: Recipient | None, *, at: datetime) -> None:
    """Erase a set of answers. One from paper that never counted was perhaps typed for somebody else: then whoever was
    asked is asked as before.
    """
    counted = response.state is ResponseState.SUBMITTED
    withdraw(response, at=at)
    if recipient and response.channel is not Channel.ONLINE and not counted:
        recipient.response = None


def hand_over(response: Response, definition: Definition, *, note: str, publication: str | None, at: datetime) -> None:
    """Typing is done; from now on somebody else looks at it. `note` tells them what could not be typed as it stood."""
    if response.state is not ResponseState.BEGUN or response.channel is Channel.ONLINE:
        raise RuleBroken(_("There is nothing to submit here."))
    choose_publication(response, publication)
    complete(response, definition, at=at)
    response.state = ResponseState.ENTERED
    if response.transcription:
        response.transcription.note, response.transcription.returned = note.strip()[:LONGEST], ""


def may_check(response: Response, account: int) -> bool:
    """Whether this person may say that it is as on the paper: none of those who typed it."""
    typed = response.transcription
    return response.state is ResponseState.ENTERED and typed is not None and account not in typed.typed_by


def confirm(response: Response, *, by: int, at: datetime) -> None:
    """It is as on the paper, and counts from now on, as sent on the day it came."""
    typed = _to_check(response, by)
    typed.checked_by, typed.checked_at = by, recorded_time(response.version.questionnaire, at)
    questionnaire = response.version.questionnaire
    arrived = datetime.combine(typed.received_on, time.min, ZoneInfo(questionnaire.workshop.zone))
    response.state, response.submitted_at = ResponseState.SUBMITTED, recorded_time(questionnaire, arrived)
    response.is_late = is_late(questionnaire, arrived)
    colleagues.sign(response, "")


def send_back(response: Response, *, found: str, by: int) -> None:
    """It is not as on the paper: whoever types mends it, and it is checked anew."""
    typed = _to_check(response, by)
    if not found.strip():
        raise RuleBroken(_("Write what differs from the paper, so that it can be corrected."), "found")
    typed.returned = found.strip()[:LONGEST]
    response.state = ResponseState.BEGUN


def _to_check(response: Response, by: int) -> Transcription:
    if response.state is not ResponseState.ENTERED or response.transcription is None:
        raise RuleBroken(_("These answers are no longer waiting to be checked."))
    if not may_check(response, by):
        raise RuleBroken(_("You typed these answers in, so someone else must check them."))
    return response.transcription
