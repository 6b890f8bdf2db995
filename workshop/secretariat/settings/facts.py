"""What the settings of a workshop may say: facts, dates and place, conduct, contact. No database, no request, no clock."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import MeetingMode, Workshop
from workshop.secretariat.series.rules import refuse_impossible_days, refuse_unknown_zone

from .rescheduling import Moved

UNTRANSLATED = "–"


@dataclass(frozen=True)
class About:
    """What the workshop is for. `objectives` and `outcomes` hold one a line, in the same order in each language."""

    title: Words
    short_title: Words
    introduction: Words = field(default_factory=Words)
    objectives: Words = field(default_factory=Words)
    outcomes: Words = field(default_factory=Words)
    themes: str = ""
    goals: Sequence[str] = ()
    session_before: Words = field(default_factory=Words)
    session_after: Words = field(default_factory=Words)


@dataclass(frozen=True)
class DatesAndPlace:
    starts_on: date
    ends_on: date
    opens_at: str
    closes_at: str
    place: Words
    venue: Words
    zone: str


@dataclass(frozen=True)
class Contact:
    """Who pays and who answers. `funders` holds one a line."""

    funders: str
    disclaimer: Words
    contact_name: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class Conduct:
    mode: MeetingMode
    notice: Words
    retention_months: int | None


Part = About | DatesAndPlace | Contact | Conduct


def write_about(workshop: Workshop, text: About) -> None:
    """Raises RuleBroken where there is no title in the working language."""
    working = workshop.languages[0]
    if not text.title.get(working):
        raise RuleBroken(_("Give the title in the working language."), "title")
    workshop.title, workshop.short_title = text.title, text.short_title or text.title
    workshop.introduction = text.introduction
    workshop.objectives, workshop.outcomes = each_line(text.objectives), each_line(text.outcomes)
    workshop.themes = [theme for each in re.split(r"[,;\n]", text.themes) if (theme := each.strip())]
    workshop.goals = list(text.goals)
    workshop.session_before, workshop.session_after = text.session_before, text.session_after
    workshop.changed_in_public()


def write_dates(workshop: Workshop, text: DatesAndPlace, *, used: Collection[date], move: bool) -> Moved:
    """Put the days in place of those before; `used` are days on which something is planned now.

    With `move` what is planned goes along. Raises RuleBroken where it would stay outside the new days.
    """
    refuse_impossible_days(text.starts_on, text.ends_on)
    refuse_unknown_zone(text.zone)
    for name in ("opens_at", "closes_at"):
        refuse_no_time(getattr(text, name), name)
    if text.opens_at and text.closes_at and text.closes_at <= text.opens_at:
        raise RuleBroken(_("The day closes before it opens."), "closes_at")
    days = text.starts_on - workshop.starts_on if move else timedelta()
    outside = [each for each in used if not text.starts_on <= each + days <= text.ends_on]
    if outside:
        message = _("Sessions are planned on days outside these dates. Move them along, or change them first.")
        raise RuleBroken(message, "ends_on" if move else "move_along")
    moved = Moved(days, workshop.zone if text.zone != workshop.zone else "")
    for name in ("starts_on", "ends_on", "opens_at", "closes_at", "place", "venue", "zone"):
        setattr(workshop, name, getattr(text, name))
    workshop.changed_in_public()
    return moved


def write_contact(workshop: Workshop, text: Contact) -> None:
    workshop.funders = [line for each in text.funders.splitlines() if (line := each.strip())]
    for name in ("disclaimer", "contact_name", "contact_email", "contact_phone"):
        setattr(workshop, name, getattr(text, name))
    workshop.changed_in_public()


def write_conduct(workshop: Workshop, text: Conduct) -> None:
    workshop.mode, workshop.notice, workshop.retention_months = text.mode, text.notice, text.retention_months
    workshop.changed_in_public()


def each_line(words: Words) -> list[Words]:
    """One text for each line, with what the same line says in the other languages.

    Empty lines do not count; a dash keeps the place of a line that is not translated.
    """
    lines = {code: [line.strip() for line in text.splitlines() if line.strip()] for code, text in words.items()}
    count = max((len(each) for each in lines.values()), default=0)
    rows = ({code: each[n] for code, each in lines.items() if n < len(each)} for n in range(count))
    return [Words({code: text for code, text in row.items() if text != UNTRANSLATED}) for row in rows]


def on_lines(texts: Sequence[Words]) -> Words:
    """The opposite of `each_line`."""
    codes = dict.fromkeys(code for each in texts for code in each)
    return Words({code: "\n".join(each.get(code, UNTRANSLATED) for each in texts) for code in codes})


def refuse_no_time(written: str, field: str) -> None:
    if written and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", written):
        raise RuleBroken(_("“%(text)s” is not a time of day such as 09:00.", text=written), field)
