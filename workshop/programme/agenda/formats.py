"""The words of an agenda: kinds of session, angles, and the roles in which people appear."""

import enum
from typing import Any

from flask_babel import lazy_gettext as _l


class Format(enum.StrEnum):
    """What kind of session it is."""

    REGISTRATION = "registration"
    WELCOME = "welcome"
    KEYNOTE = "keynote"
    PANEL = "panel"
    PLENARY = "plenary"
    PRESENTATION = "presentation"
    BREAKOUT = "breakout"
    REPORT_BACK = "report_back"
    WRAP_UP = "wrap_up"
    COFFEE = "coffee"

    @property
    def label(self) -> Any:
        return FORMAT_LABELS[self]


FORMAT_LABELS = {
    Format.REGISTRATION: _l("Registration"),
    Format.WELCOME: _l("Welcome"),
    Format.KEYNOTE: _l("Keynote"),
    Format.PANEL: _l("Panel"),
    Format.PLENARY: _l("Plenary"),
    Format.PRESENTATION: _l("Presentation"),
    Format.BREAKOUT: _l("Break-out groups"),
    Format.REPORT_BACK: _l("Report to the plenary"),
    Format.WRAP_UP: _l("Wrap-up"),
    Format.COFFEE: _l("Coffee break"),
}


class Perspective(enum.StrEnum):
    """The angle a speaker represents, or a point is raised from."""

    ORIGIN = "origin"
    TRANSIT = "transit"
    DESTINATION = "destination"
    PARTNER = "partner"
    DIASPORA = "diaspora"
    DEVELOPMENT = "development"
    MIGRATION = "migration"

    @property
    def label(self) -> Any:
        return PERSPECTIVE_LABELS[self]


PERSPECTIVE_LABELS = {
    Perspective.ORIGIN: _l("Country of origin"),
    Perspective.TRANSIT: _l("Country of transit"),
    Perspective.DESTINATION: _l("Country of destination"),
    Perspective.PARTNER: _l("Partner"),
    Perspective.DIASPORA: _l("Diaspora"),
    Perspective.DEVELOPMENT: _l("Development"),
    Perspective.MIGRATION: _l("Migration"),
}


class Part(enum.StrEnum):
    """The role in which somebody appears on the agenda."""

    CHAIR = "chair"
    CO_CHAIR = "co_chair"
    MODERATOR = "moderator"
    KEYNOTE = "keynote"
    SPEAKER = "speaker"
    PANELLIST = "panellist"
    DISCUSSANT = "discussant"
    RAPPORTEUR = "rapporteur"
    NOTE_TAKER = "note_taker"

    @property
    def label(self) -> Any:
        return PART_LABELS[self]


PART_LABELS = {
    Part.CHAIR: _l("Chair"),
    Part.CO_CHAIR: _l("Co-chair"),
    Part.MODERATOR: _l("Moderator"),
    Part.KEYNOTE: _l("Keynote speaker"),
    Part.SPEAKER: _l("Speaker"),
    Part.PANELLIST: _l("Panellist"),
    Part.DISCUSSANT: _l("Discussant"),
    Part.RAPPORTEUR: _l("Rapporteur"),
    Part.NOTE_TAKER: _l("Note-taker"),
}
