"""For whom a sentence about the agenda is written, and what such a sentence tells of."""

from dataclasses import dataclass, field
from datetime import date, datetime

import babel.dates
from flask_babel import get_locale
from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.i18n import LOCALES, clock, day, on_day
from workshop.platform.rendering import comma
from workshop.programme.agenda.formats import Part

from .people_changes import name_in_sentence
from .released import ReleasedItem, ReleasedSession

SERVING = (Part.CHAIR, Part.CO_CHAIR, Part.MODERATOR)


@dataclass(frozen=True)
class Change:
    """One sentence on what differs. `session` is the session it is about, as released, or None where it is about
    several; `touches` holds the ids of the people whom it concerns.
    """

    text: str
    session: ReleasedSession | None = None
    touches: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Reader:
    """Times in the zone of the workshop, texts in `language` where they have it."""

    zone: str
    language: str

    def text(self, words: dict[str, str]) -> str:
        return Words(words).in_(self.language)[0]

    def quoted(self, words: dict[str, str]) -> str:
        return str(_("“%(title)s”", title=self.text(words)))

    def span(self, was: datetime, now: datetime) -> tuple[str, str]:
        """Two moments, each told as far as they differ: the day, the time of day, or both."""
        days = [on_day(was, self.zone), on_day(now, self.zone)]
        if days[0] == days[1]:
            return clock(was, self.zone), clock(now, self.zone)
        near = abs(days[1] - days[0]).days < 7
        told = [weekday(each) if near else day(each, "medium") for each in days]
        if clock(was, self.zone) == clock(now, self.zone):
            return told[0], told[1]
        between = " " if near else ", "
        return f"{told[0]}{between}{clock(was, self.zone)}", f"{told[1]}{between}{clock(now, self.zone)}"

    def moment(self, at: datetime) -> str:
        return f"{day(on_day(at, self.zone), 'medium')}, {clock(at, self.zone)}"

    def clock(self, at: datetime) -> str:
        return clock(at, self.zone)

    def session(self, session: ReleasedSession) -> str:
        """How a sentence calls a session; the welcome, which has number 0, by its title."""
        return str(_("Session %(number)s", number=session.number)) if session.number else self.quoted(session.title)

    def item(self, item: ReleasedItem) -> str:
        """How a sentence calls an item: by its title or role, with whoever speaks."""
        names = comma().join(name_in_sentence(who) for who in item.people)
        said = self.text(item.title) or self.text(item.role_label)
        return f"{said} ({names})" if said and names else said or names


def weekday(when: date) -> str:
    return babel.dates.format_date(when, "EEEE", locale=get_locale() or LOCALES["en"])


def everybody(*sessions: ReleasedSession) -> frozenset[int]:
    """All who appear in these sessions or in one of their items."""
    return frozenset(who.id for session in sessions for who in session.everyone)


def serving(*sessions: ReleasedSession) -> frozenset[int]:
    """Those who chair or moderate these sessions: whatever changes inside concerns them."""
    return frozenset(who.id for session in sessions for who in session.people if who.part in SERVING)
