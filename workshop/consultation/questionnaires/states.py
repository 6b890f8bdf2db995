"""The words in which a questionnaire is spoken of: who can know what, how answers came, and how far they are."""

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled


class Anonymity(Labelled):
    """What can be known of who answered."""

    NAMED = "named", _l("Named: results may say who answered what")
    CONFIDENTIAL = "confidential", _l("Confidential: only the organisers can see who answered what")
    ANONYMOUS = "anonymous", _l("Anonymous: nobody can find out who answered what")


class Publication(Labelled):
    """How a respondent's own answers may be published. It is the respondent's choice and never overridden."""

    NAMED = "named", _l("With our name")
    ANONYMOUS = "anonymous", _l("Without our name")
    TOTALS = "totals", _l("In totals only, together with others")


SAID_BY_ONE = {Publication.NAMED: _l("With my name"), Publication.ANONYMOUS: _l("Without my name")}


class Respondents(Labelled):
    """Whom a questionnaire is for, which is how its results speak of those who answered."""

    ORGANISATIONS = "organisations", _l("Organisations")
    INDIVIDUALS = "individuals", _l("Individuals")
    STATES = "states", _l("States")
    PARTICIPANTS = "participants", _l("Participants")


class ResponseState(Labelled):
    """How far a set of answers is. What was typed in by staff is `entered` until a second person has checked it."""

    BEGUN = "begun", _l("begun")
    ENTERED = "entered", _l("typed in, to be checked")
    SUBMITTED = "submitted", _l("submitted")
    WITHDRAWN = "withdrawn", _l("withdrawn")
    REFUSED = "refused", _l("refused")


ENDED = {ResponseState.WITHDRAWN, ResponseState.REFUSED}


class Channel(Labelled):
    """How answers came: typed by the respondents themselves, or by staff from paper or a mail."""

    ONLINE = "online", _l("online")
    PAPER = "paper", _l("on paper")
    EMAIL = "email", _l("by email")
