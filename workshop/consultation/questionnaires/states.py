"""The words in which a questionnaire is spoken of: who can know what, how answers came, and how far they are."""

import enum
from typing import Any

from flask_babel import lazy_gettext as _l


class Anonymity(enum.StrEnum):
    """What can be known of who answered."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"

    @property
    def label(self) -> Any:
        return ANONYMITY_LABELS[self]


ANONYMITY_LABELS = {
    Anonymity.NAMED: _l("Named: results may say who answered what"),
    Anonymity.CONFIDENTIAL: _l("Confidential: only the organisers can see who answered what"),
    Anonymity.ANONYMOUS: _l("Anonymous: nobody can find out who answered what"),
}


class Publication(enum.StrEnum):
    """How a respondent's own answers may be published. It is the respondent's choice and never overridden."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    TOTALS = "totals"

    @property
    def label(self) -> Any:
        return PUBLICATION_LABELS[self]


PUBLICATION_LABELS = {
    Publication.NAMED: _l("With our name"),
    Publication.ANONYMOUS: _l("Without our name"),
    Publication.TOTALS: _l("In totals only, together with others"),
}


class ResponseState(enum.StrEnum):
    """How far a set of answers is. What was typed in by staff is `entered` until a second person has checked it."""

    BEGUN = "begun"
    ENTERED = "entered"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"

    @property
    def label(self) -> Any:
        return RESPONSE_STATE_LABELS[self]


ENDED = {ResponseState.WITHDRAWN, ResponseState.REFUSED}
RESPONSE_STATE_LABELS = {
    ResponseState.BEGUN: _l("begun"),
    ResponseState.ENTERED: _l("typed in, to be checked"),
    ResponseState.SUBMITTED: _l("submitted"),
    ResponseState.WITHDRAWN: _l("withdrawn"),
    ResponseState.REFUSED: _l("refused"),
}


class Channel(enum.StrEnum):
    """How answers came: typed by the respondents themselves, or by staff from paper or a mail."""

    ONLINE = "online"
    PAPER = "paper"
    EMAIL = "email"

    @property
    def label(self) -> Any:
        return CHANNEL_LABELS[self]


CHANNEL_LABELS = {Channel.ONLINE: _l("online"), Channel.PAPER: _l("on paper"), Channel.EMAIL: _l("by e-mail")}
