"""Personal links: how one is made, whom it belongs to, and beginning to answer by it. No database, no request, no clock."""

from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.errors import RuleBroken
from workshop.platform.labels import Labelled
from workshop.platform.mail import MessageState

from . import rules
from .models import QuestionnaireVersion, Recipient, Response
from .states import ENDED, Anonymity, Channel, ResponseState

GOOD_AFTER_CLOSING = timedelta(days=30)


class Progress(Labelled):
    """How far whoever was asked has come."""

    LISTED = "listed", _l("not invited yet")
    WAITING = "waiting", _l("invitation waiting to be sent"), "warn"
    INVITED = "invited", _l("invited")
    UNREACHED = "unreached", _l("email did not arrive"), "bad"
    OPENED = "opened", _l("opened")
    BEGUN = "begun", _l("part done"), "warn"
    STARTED = "started", _l("started")  # anonymously: more is not known
    RECEIVED = "received", _l("received, not counted yet"), "warn"
    SUBMITTED = "submitted", _l("submitted"), "good"
    DECLINED = "declined", _l("does not wish to answer")

    @property
    def is_owed(self) -> bool:
        """Whether an answer may still come, so that a reminder makes sense."""
        return self in {Progress.INVITED, Progress.OPENED, Progress.BEGUN}


def email_of(typed: str) -> str:
    """The address in its usual form. Raises RuleBroken where nothing could be sent to it."""
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise RuleBroken(_("“%(typed)s” is not an email address.", typed=typed[:100]), "email") from error


def good_until(recipient: Recipient) -> datetime | None:
    """When the link expires: some time after closing, however often that was moved since the link was made."""
    closes_at = recipient.questionnaire.closes_at
    return closes_at + GOOD_AFTER_CLOSING if closes_at else None


def is_expired(recipient: Recipient, at: datetime) -> bool:
    until = good_until(recipient)
    return until is not None and until <= at


def invitation_used() -> str:
    """What an invitation to an anonymous questionnaire says when it is opened again."""
    return _(
        "Answers were already begun with this invitation, and they are kept. Continue with the link you received when you "
        "began. If you no longer have it, ask the organisers what to do. They cannot look for your answers, because this "
        "questionnaire is anonymous."
    )


def begin(
    recipient: Recipient, version: QuestionnaireVersion, token: str, *, language: str, at: datetime
) -> tuple[Response, str]:
    """The response behind a personal link, and the secret it is reached by from now on.

    `token` is the link itself, so that one can go on from anywhere; except in an anonymous questionnaire, where it is a
    secret of the answers' own that nothing connects with the link, and nothing is written down on the invitation.
    """
    if recipient.answered:
        raise RuleBroken(invitation_used())
    if is_expired(recipient, at):
        raise RuleBroken(_("This link has expired. Please ask the organisers for a new one."))
    if recipient.response and recipient.response.state not in ENDED:
        raise RuleBroken(_("Your answers have reached the organisers already."))
    response, own = rules.begin(version, language=language, at=at, token=token)
    if version.questionnaire.anonymity is not Anonymity.ANONYMOUS:
        recipient.response = response
    return response, own


def progress(recipient: Recipient, *, mail: MessageState | None = None) -> Progress:
    """How far. `mail` is the state of the newest mail, if that has not left or did not arrive."""
    response = recipient.response
    state = response.state if response else None
    if recipient.declined or state in ENDED:
        return Progress.DECLINED
    if recipient.answered:
        return Progress.STARTED
    if state is ResponseState.SUBMITTED:
        return Progress.SUBMITTED
    if response and state in {ResponseState.BEGUN, ResponseState.ENTERED}:
        return Progress.BEGUN if response.channel is Channel.ONLINE else Progress.RECEIVED
    if mail and mail.has_failed:
        return Progress.UNREACHED
    if recipient.opened:
        return Progress.OPENED
    if mail and mail.is_on_its_way:
        return Progress.WAITING
    return Progress.INVITED if recipient.invited else Progress.LISTED
