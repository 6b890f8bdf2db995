"""What the timetable says over and over: each phrase is looked up once for a page, however many sessions it has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from workshop.platform.i18n import language
from workshop.platform.rendering import comma

from ..formats import Format
from ..models import Session
from .clashes import Tally
from .plan import Entry


@dataclass(frozen=True)
class Wording:
    """The phrases and addresses of one workshop's timetable, in the language of the page."""

    slug: str
    known: dict[object, Markup] = field(default_factory=dict)
    names: dict[int, Markup] = field(default_factory=dict)

    def _once(self, key: object, write: Callable[..., str], *values: object) -> Markup:
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = escape(write(*values))
        return found

    @cached_property
    def sessions(self) -> Markup:
        """Where the pages of sessions are: their numbers follow."""
        return escape(url_for("agenda.edit_session", slug=self.slug, number=0)[:-1])

    @cached_property
    def timetable(self) -> Markup:
        return escape(url_for("agenda.timetable", slug=self.slug))

    @cached_property
    def phrases(self) -> dict[str, Markup]:
        said = {
            "move": _("Move"),
            "interpreted": _("interpreted"),
            "homeless": _("No room yet"),
            "elsewhere": _("Another time, room or length…"),
            "like": _("Another session like it…"),
        }
        return {key: escape(text) for key, text in said.items()}

    @cached_property
    def formats(self) -> dict[Format, Markup]:
        return {format: escape(str(label)) for format, label in Format.labels().items()}

    @cached_property
    def _patterns(self) -> dict[str, Markup]:
        said = {
            "session": _("Session %(number)s"),
            "pick_up": _("Pick up %(session)s"),
            "move": _("Move %(session)s"),
            "expected": _("%(number)s expected"),
        }
        return {key: escape(text) for key, text in said.items()}

    def name(self, entry: Entry) -> Markup:
        """How a sentence calls a session; the welcome, which has number 0, by its title."""
        if entry.id not in self.names:
            numbered = self._patterns["session"] % {"number": entry.number}
            self.names[entry.id] = numbered if entry.number else escape(name_of(entry))
        return self.names[entry.id]

    def pick_up(self, entry: Entry) -> Markup:
        return self._patterns["pick_up"] % {"session": self.name(entry)}

    def move(self, entry: Entry) -> Markup:
        return self._patterns["move"] % {"session": self.name(entry)}

    def total(self, entry: Entry) -> Markup:
        """What the items take of the session: 55 of 60 minutes."""
        return self._once(("total", entry.minutes, entry.length), running_total, entry.minutes, entry.length)

    def expected(self, people: int) -> Markup:
        return self._patterns["expected"] % {"number": people}

    def others(self, people: int) -> Markup:
        """How many there are beside those named."""
        return self._once(("others", people), _others, people)

    def tally(self, found: Tally) -> Markup:
        return self._once(("tally", *found), _tally, found)


def name_of(entry: Entry) -> str:
    """How a sentence calls a session; the welcome, which has number 0, by its title."""
    if entry.number:
        return str(_("Session %(number)s", number=entry.number))
    return f"“{entry.title.in_(language(), 'en')[0]}”"


def running_total(minutes: int, length: int | None) -> str:
    """What items take of their session: 55 of 60 minutes."""
    if length is None:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return ngettext("%(minutes)s of %(num)s minute", "%(minutes)s of %(num)s minutes", length, minutes=minutes)


def _others(people: int) -> str:
    return ngettext("and %(num)s more", "and %(num)s more", people)


def _tally(found: Tally) -> str:
    return comma().join(counted(found)) or _("No clashes")


def counted(found: Tally) -> list[str]:
    """How many clashes, and how many gaps; nothing of what there is none of."""
    clashes, gaps = found
    said = [ngettext("%(num)s clash", "%(num)s clashes", clashes)] if clashes else []
    return said + ([ngettext("%(num)s gap", "%(num)s gaps", gaps)] if gaps else [])


@dataclass(frozen=True)
class Total:
    """What the items of a session take, beside how long it lasts; `unknown` is how many of them have no minutes."""

    minutes: int
    length: int | None
    unknown: int

    @property
    def over(self) -> bool:
        return self.length is not None and self.minutes > self.length

    @property
    def text(self) -> str:
        return running_total(self.minutes, self.length)


def total_of(session: Session) -> Total | None:
    """Of a session with items."""
    if not session.items:
        return None
    lasts = (session.ends_at - session.starts_at).total_seconds() if session.starts_at and session.ends_at else None
    given = [item.minutes for item in session.items if item.minutes]
    return Total(sum(given), round(lasts / 60) if lasts else None, len(session.items) - len(given))
