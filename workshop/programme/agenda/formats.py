"""The words of an agenda: kinds of session, angles, and the roles in which people appear."""

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled


class Format(Labelled):
    """What kind of session it is."""

    REGISTRATION = "registration", _l("Registration")
    WELCOME = "welcome", _l("Welcome")
    KEYNOTE = "keynote", _l("Keynote")
    PANEL = "panel", _l("Panel")
    PLENARY = "plenary", _l("Plenary")
    PRESENTATION = "presentation", _l("Presentation")
    BREAKOUT = "breakout", _l("Break-out groups")
    REPORT_BACK = "report_back", _l("Report to the plenary")
    WRAP_UP = "wrap_up", _l("Wrap-up")
    COFFEE = "coffee", _l("Coffee break")
    LUNCH = "lunch", _l("Lunch")
    RECEPTION = "reception", _l("Reception")
    SIDE_EVENT = "side_event", _l("Side event")
    OTHER = "other", _l("Other")

    @property
    def is_break(self) -> bool:
        """Whether people leave the room for it: no session is counted, none is reported on."""
        return self in {Format.COFFEE, Format.LUNCH, Format.RECEPTION}


class Perspective(Labelled):
    """The angle a speaker represents, or a point is raised from."""

    ORIGIN = "origin", _l("Country of origin")
    TRANSIT = "transit", _l("Country of transit")
    DESTINATION = "destination", _l("Country of destination")
    PARTNER = "partner", _l("Partner")
    DIASPORA = "diaspora", _l("Diaspora")
    DEVELOPMENT = "development", _l("Development perspective")
    MIGRATION = "migration", _l("Migration perspective")


class Part(Labelled):
    """The role in which somebody appears on the agenda."""

    CHAIR = "chair", _l("Chair")
    CO_CHAIR = "co_chair", _l("Co-chair")
    MODERATOR = "moderator", _l("Moderator")
    KEYNOTE = "keynote", _l("Keynote speaker")
    SPEAKER = "speaker", _l("Speaker")
    PANELLIST = "panellist", _l("Panellist")
    DISCUSSANT = "discussant", _l("Discussant")
    RAPPORTEUR = "rapporteur", _l("Rapporteur")
    NOTE_TAKER = "note_taker", _l("Note-taker")
