"""Country names as the United Nations writes them, by ISO 3166-1 alpha-3 code, in the order of each alphabet.

countries.csv holds the 193 Member States, the two observer States, and the territories and others where people
live; it leaves out the few ISO codes of places without permanent residents. Names are the short names of protocol,
without articles. Its `m49` is the UN statistical code. Kosovo has no ISO code; XKX is the customary one.

former_names.csv holds what they were called before, `until` the day from which the next name counts: papers of 2005 name
Turkey and Swaziland. Where the day is not known, it is the first of the year.
"""

import csv
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from workshop.platform.labels import Labelled

SOURCE = Path(__file__).with_suffix(".csv")
FORMER = SOURCE.with_name("former_names.csv")
LANGUAGES = ("en", "fr", "es", "ar")


class Kind(Labelled):
    """Standing at the United Nations."""

    MEMBER = "member", _l("Member State")
    OBSERVER = "observer", _l("Observer State")
    TERRITORY = "territory", _l("Territory")
    OTHER = "other", _l("Other")


class RegionalGroup(Labelled):
    """The five groups in which Member States share out seats; where a State takes part in two, the one it votes in."""

    AFRICAN = "african", _l("African States")
    ASIA_PACIFIC = "asia_pacific", _l("Asia-Pacific States")
    EASTERN_EUROPEAN = "eastern_european", _l("Eastern European States")
    LATIN_AMERICAN_AND_CARIBBEAN = "latin_american_and_caribbean", _l("Latin American and Caribbean States")
    WESTERN_EUROPEAN_AND_OTHER = "western_european_and_other", _l("Western European and other States")


class Region(Labelled):
    """The regions of the United Nations' standard for statistics (M49)."""

    AFRICA = "africa", _l("Africa")
    AMERICAS = "americas", _l("Americas")
    ASIA = "asia", _l("Asia")
    EUROPE = "europe", _l("Europe")
    OCEANIA = "oceania", _l("Oceania")


@dataclass(frozen=True, slots=True)
class Country:
    alpha3: str
    alpha2: str
    m49: str
    kind: Kind
    group: RegionalGroup | None
    region: Region | None
    names: dict[str, str]


@cache
def countries() -> dict[str, Country]:
    """The whole list, by alpha-3 code."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return {row["alpha3"]: _country(row) for row in csv.DictReader(file)}


def _country(row: dict[str, str]) -> Country:
    return Country(
        alpha3=row["alpha3"],
        alpha2=row["alpha2"],
        m49=row["m49"],
        kind=Kind(row["kind"]),
        group=RegionalGroup(row["regional_group"]) if row["regional_group"] else None,
        region=Region(row["region"]) if row["region"] else None,
        names={language: row[language] for language in LANGUAGES},
    )


def name_of(code: str, language: str, on: date | None = None) -> str:
    """The short name, "Tunisie"; English where a language has none; an unknown or empty code is returned as it is.

    It is that of a day, where one is given: a programme keeps the names of its time.
    """
    names = names_on(code, on)
    return names.get(language, names["en"])


def names_on(code: str, day: date | None) -> dict[str, str]:
    """What a country was called that day, or is called today, by language; an unknown code stands for its name."""
    names = countries()[code].names if code in countries() else {"en": code}
    return next((former for until, former in former_names().get(code, ()) if day and day < until), names)


@cache
def former_names() -> dict[str, list[tuple[date, dict[str, str]]]]:
    """By alpha-3 code, the oldest first: the day on which a name ended, and that name by language."""
    found: dict[str, list[tuple[date, dict[str, str]]]] = {}
    with FORMER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = {language: row[language] for language in LANGUAGES}
            found.setdefault(row["alpha3"], []).append((date.fromisoformat(row["until"]), names))
    return {code: sorted(names, key=lambda each: each[0]) for code, names in found.items()}


def kind_of(code: str) -> Kind | None:
    """The standing of this country at the United Nations; None for an unknown code."""
    country = countries().get(code)
    return country.kind if country else None


def group_of(code: str) -> RegionalGroup | None:
    """The regional group of a Member State; None for all others."""
    country = countries().get(code)
    return country.group if country else None


def region_of(code: str) -> Region | None:
    """Where a country or territory lies; None for an unknown code."""
    country = countries().get(code)
    return country.region if country else None


def in_order(language: str) -> list[tuple[str, str]]:
    """All of them as (code, name), in the alphabetical order of the language."""
    return list(_in_order(language))


@cache
def _in_order(language: str) -> tuple[tuple[str, str], ...]:
    named = ((code, name_of(code, language)) for code in countries())
    return tuple(sorted(named, key=lambda pair: sort_key(pair[1], language)))


@lru_cache(maxsize=20_000)  # of every list by name, each time it is shown
def sort_key(name: str, language: str) -> tuple[str, str]:
    """Where a name stands in the alphabet: word by word, accents and capitals counting only between equals.

    In Spanish ñ is a letter of its own, after n. In Arabic the article counts for nothing.
    """
    letters = unicodedata.normalize("NFC", name).casefold()
    if language == "ar":
        letters = letters.removeprefix("ال")
    if language == "es":
        letters = letters.replace("ñ", "n\U0010fffd")
    letters = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() or c == "\U0010fffd" else " " for c in letters).split()
    return " ".join(words), name


def country_choices(language: str) -> list[SelectChoice]:
    none = SelectChoice("", _l("None, or an international body"))
    return [none, *(SelectChoice(code, name) for code, name in in_order(language))]
