"""Changing what was sent, where the organiser allows it: open again, change, send again, or leave it as it was.

No database, no request, no clock.
"""

from datetime import datetime
from typing import TypedDict, cast

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

from . import rules
from .models import Response
from .states import Anonymity, Channel, ResponseState


class SentEarlier(TypedDict):
    """What was sent before the answers were opened again; `at` in ISO format."""

    at: str
    answers: dict[str, object]
    signed: dict[str, str]
    is_late: bool


def may_change(response: Response, at: datetime) -> bool:
    """Whether whoever sent these answers may open them again."""
    asked = response.version.questionnaire
    return (
        asked.allows_changes
        and asked.anonymity is not Anonymity.ANONYMOUS
        and response.state is ResponseState.SUBMITTED
        and response.channel is Channel.ONLINE
        and rules.is_open(asked, at)
    )


def change(response: Response, *, at: datetime) -> None:
    """Open one's own answers again. Asked twice it is done once."""
    if response.state is ResponseState.BEGUN:
        return
    if not may_change(response, at):
        raise RuleBroken(_("These answers can no longer be changed."))
    reopen(response, at=at)


def reopen(response: Response, *, at: datetime) -> None:
    """Let what was sent be changed and sent again; what came on paper is typed and checked again. What was sent is kept."""
    if response.state is not ResponseState.SUBMITTED:
        raise RuleBroken(_("Only answers that were submitted can be reopened."))
    if response.channel is Channel.ONLINE and not rules.is_open(response.version.questionnaire, at):
        raise RuleBroken(
            _("Nothing can be submitted at the moment, so these answers would be lost. Change the closing date first.")
        )
    if response.channel is not Channel.ONLINE and response.transcription:
        response.transcription.checked_by = response.transcription.checked_at = None
    sent = SentEarlier(
        at=response.submitted_at.isoformat() if response.submitted_at else "",
        answers=response.answers,
        signed=response.signed,
        is_late=response.is_late,
    )
    response.earlier = [*response.earlier, cast("dict[str, object]", sent)]
    response.state, response.submitted_at, response.signed, response.is_late = ResponseState.BEGUN, None, {}, False


def sent_earlier(response: Response) -> list[SentEarlier]:
    """What was sent before, the newest first."""
    return [cast("SentEarlier", each) for each in reversed(response.earlier)]


def is_being_changed(response: Response) -> bool:
    """Whether these answers were sent, and have been open again since."""
    return response.state is ResponseState.BEGUN and bool(response.earlier)


def discard_changes(response: Response) -> None:
    """Leave everything as it was sent last, as of that day."""
    if not is_being_changed(response):
        raise RuleBroken(_("There are no changes to discard."))
    sent = sent_earlier(response)[0]
    response.earlier = response.earlier[:-1]
    response.answers, response.drafts = sent["answers"], {}
    response.signed, response.is_late = sent["signed"], sent["is_late"]
    response.state, response.submitted_at = ResponseState.SUBMITTED, sent_at(sent)


def sent_at(sent: SentEarlier) -> datetime | None:
    return datetime.fromisoformat(sent["at"]) if sent["at"] else None
