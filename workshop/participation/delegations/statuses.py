"""The kinds and states of delegations, letters and participants. No database, no request, no clock."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled
from workshop.secretariat.register.models import Category

LINK_GOOD_FOR = timedelta(days=30)  # after the workshop
STATES = (Category.STATE_MEMBER, Category.STATE_OBSERVER)


class DelegationStatus(Labelled):
    """How far a delegation has come."""

    LISTED = "listed", _l("not invited yet")
    INVITED = "invited", _l("invited"), "warn"
    ACKNOWLEDGED = "acknowledged", _l("acknowledged"), "warn"
    NOMINATED = "nominated", _l("nominated"), "good"
    DECLINED = "declined", _l("declined"), "bad"


class DelegationPart(Labelled):
    """What somebody is in a delegation, in the order of a list. A functional title is another thing, and never translated."""

    HEAD = "head", _l("Head of delegation")
    DEPUTY = "deputy", _l("Deputy head")
    REPRESENTATIVE = "rep", _l("Representative")
    ALTERNATE = "alt", _l("Alternate")
    ADVISER = "adv", _l("Adviser")
    EXPERT = "exp", _l("Expert")
    OBSERVER = "obs", _l("Observer")
    INTERPRETER = "int", _l("Interpreter")
    ASSISTANT = "ast", _l("Personal assistant")


SUPPORT = (DelegationPart.INTERPRETER, DelegationPart.ASSISTANT)  # those who count for a quota or not, by setting


class Interpreter(Labelled):
    NONE = "none", _l("No interpreter")
    NEEDED = "needed", _l("Interpretation needed")
    BROUGHT = "brought", _l("Brings an interpreter")


class ParticipantStatus(Labelled):
    """How far somebody's registration has come. Who gave up a seat to somebody else is a former holder of it."""

    DRAFT = "draft", _l("not complete yet")
    SUBMITTED = "submitted", _l("to be decided"), "warn"
    APPROVED = "approved", _l("approved"), "good"
    WAITING = "waiting", _l("on the waiting list"), "warn"
    REFUSED = "refused", _l("turned down"), "bad"
    WITHDRAWN = "withdrawn", _l("withdrawn")


class Source(Labelled):
    """How somebody came to be registered."""

    NOMINATION = "nomination", _l("Nominated")
    OPEN = "open", _l("Registered themselves")
    PROGRAMME = "programme", _l("On the programme")
    SECRETARIAT = "secretariat", _l("Entered by the secretariat")
    WALK_IN = "walk_in", _l("Came without registration")


class RegistrationMode(Labelled):
    CLOSED = "closed", _l("Closed")
    INVITED = "invited", _l("By invitation and nomination only")
    OPEN = "open", _l("Open to anyone, with approval")


class LetterForm(Labelled):
    """Notes verbales go to States alone; everybody else is written a letter."""

    NOTE_VERBALE = "note_verbale", _l("Note verbale")
    LETTER = "letter", _l("Letter")


class Addressee(Labelled):
    """Which office of a State a note verbale goes to."""

    MISSION = "mission", _l("Permanent mission")
    EMBASSY = "embassy", _l("Embassy")
    MINISTRY = "ministry", _l("Ministry of foreign affairs")


class Purpose(Labelled):
    """Why a delegation is written to."""

    INVITATION = "invitation", _l("Invitation")
    REMINDER = "reminder", _l("Reminder")
    LINK = "link", _l("New link")


class RegistrationDetail(Labelled):
    """What a registration asks for beside a name."""

    SEX = "sex", _l("Sex, for counts only, never required")
    DIET = "diet", _l("Diet")
    ACCESS = "access", _l("Accessibility")
    PHONE = "phone", _l("Telephone on site")
    DATES = "dates", _l("Days of arrival and departure")
