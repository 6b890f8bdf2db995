"""Writing a practice or a gap, consent, and the decision that it is public. No database, no request, no clock."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import gettext as _

from workshop.follow_up.publications.identifiers import sound_address
from workshop.follow_up.publications.rules import lines, slug_base
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.search_normalise import words
from workshop.secretariat.register.countries import countries
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.settings.goals import is_goal

from .models import ConsentKind, Gap, SharedPractice


@dataclass
class Described:
    """A practice as it is typed."""

    title: Words
    what: Words
    who: Words = field(default_factory=Words)
    place: Words = field(default_factory=Words)
    countries: Sequence[str] = ()
    partners: str = ""
    themes: str = ""
    goals: Sequence[str] = ()
    source: str = ""
    link: str = ""
    contact: str = ""
    giver: str = ""
    giver_email: str = ""


@dataclass
class Missing:
    """A gap as it is typed."""

    theme: str
    text: Words
    rests_on: str = ""
    countries: Sequence[str] = ()
    goals: Sequence[str] = ()


def write(practice: SharedPractice, text: Described, meeting: Workshop | None) -> None:
    """Country and source are required. A change of what it says asks for consent anew, as does another giver."""
    chosen = [code for code in text.countries if code in countries()]
    if not chosen:
        raise RuleBroken(_("Choose at least one country."), "countries")
    if not text.source and meeting is None:
        raise RuleBroken(_("Say where it is known from: a document, a statement, a meeting."), "source")
    link, email = sound_address(text.link, "link"), text.giver_email.lower()
    before = _agreed_to(practice)
    practice.title, practice.what, practice.who, practice.place = text.title, text.what, text.who, text.place
    practice.countries, practice.partners, practice.themes = chosen, lines(text.partners), split_themes(text.themes)
    practice.goals = [code for code in text.goals if is_goal(code)]
    practice.source, practice.meeting, practice.link, practice.contact = text.source, meeting, link, text.contact
    practice.giver, practice.giver_email = text.giver, email
    if practice.consented_on and _agreed_to(practice) != before:
        withdraw_consent(practice)
    refold(practice)


def _agreed_to(practice: SharedPractice) -> tuple[object, ...]:
    """What a giver has read when she agrees."""
    said = (practice.title, practice.what, practice.who, practice.place, practice.countries, practice.partners)
    return (*said, practice.contact, practice.giver_email)


def split_themes(text: str) -> list[str]:
    return [theme for each in re.split(r"[,;\n]", text) if (theme := each.strip())]


def refold(practice: SharedPractice) -> None:
    """What a search looks through, the names of its countries in every language among it."""
    said = [
        *(text for each in (practice.title, practice.what, practice.who, practice.place) for text in each.values()),
        *(name for code in practice.countries for name in countries()[code].names.values()),
        *practice.partners,
        *practice.themes,
        practice.source,
    ]
    practice.folded = " " + " ".join(words(" ".join(said)))


def slug_for(title: Words, taken: Collection[str]) -> str:
    base = slug_base(title)
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def record_consent(practice: SharedPractice, *, on: date, today: date, note: str) -> None:
    """An organiser writes down when and how she agreed. Raises RuleBroken."""
    if not note.strip():
        raise RuleBroken(_("Say how the consent was given: by letter, by email, in the room."), "consent_note")
    if on > today:
        raise RuleBroken(_("The date of the consent is in the future."), "consented_on")
    practice.consented_on, practice.consent_kind, practice.consent_note = on, ConsentKind.RECORDED, note.strip()


def consent_by_link(practice: SharedPractice, *, today: date) -> None:
    practice.consented_on, practice.consent_kind, practice.consent_note = today, ConsentKind.LINK, ""


def withdraw_consent(practice: SharedPractice) -> None:
    """From now on nobody reads it; an organiser decides anew once there is consent again."""
    practice.consented_on = practice.consent_kind = practice.published_at = practice.published_by = None
    practice.consent_note = ""


def publish(practice: SharedPractice, *, by: int, at: datetime) -> None:
    if practice.consented_on is None:
        raise RuleBroken(
            _("The person who gave this practice has not agreed yet. Ask for consent, or record it, first.")
        )
    practice.published_at, practice.published_by = practice.published_at or at, by


def withdraw(practice: SharedPractice) -> None:
    practice.published_at = practice.published_by = None


def write_gap(gap: Gap, text: Missing) -> None:
    """What a gap rests on is named: without a source it is an opinion. Raises RuleBroken, naming the line."""
    sources = [_source(line, number) for number, line in enumerate(lines(text.rests_on), 1)]
    if not sources:
        raise RuleBroken(_("Name at least one source for this gap."), "rests_on")
    gap.theme, gap.text, gap.rests_on = " ".join(text.theme.split()), text.text, sources
    gap.countries = [code for code in text.countries if code in countries()]
    gap.goals = [code for code in text.goals if is_goal(code)]


def _source(line: str, number: int) -> dict[str, str]:
    """ "What it is | address", of which the address may be left out."""
    text, _bar, address = (part.strip() for part in line.partition("|"))
    if not text:
        raise RuleBroken(
            _("Line %(number)s: write what the source is, then | and its address.", number=number), "rests_on"
        )
    try:
        return {"text": text} | ({"link": sound_address(address, "rests_on")} if address else {})
    except RuleBroken as fault:
        raise RuleBroken(_("Line %(number)s: %(fault)s", number=number, fault=fault.message), "rests_on") from fault


def source_line(source: dict[str, str]) -> str:
    return " | ".join(part for part in (source["text"], source.get("link", "")) if part)


def by_theme(gaps: Iterable[Gap]) -> dict[str, list[Gap]]:
    """The gaps under each theme; a theme written in small and in capital letters is one."""
    found: dict[str, list[Gap]] = {}
    named: dict[str, str] = {}
    for gap in gaps:
        found.setdefault(named.setdefault(gap.theme.casefold(), gap.theme), []).append(gap)
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))
