"""The order of protocol: States, observer States, the European Union, the United Nations, other bodies, the rest.

Within each, the alphabetical order of the language in which the list is printed.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled

from .countries import Kind, kind_of, name_of, sort_key
from .models import Category

Entry = TypeVar("Entry")
UNION = {
    "european union",
    "union européenne",
    "unión europea",
    "european commission",
    "commission européenne",
    "comisión europea",
    "eu",
    "ue",
}


class Rank(Labelled):
    """The groups of a list in order of protocol, the first of them first."""

    STATE = "state", _l("States")
    OBSERVER = "observer", _l("Observer States")
    UNION = "union", _l("European Union")
    UN = "un", _l("United Nations")
    IGO = "igo", _l("Other intergovernmental organisations")
    OTHER = "other", _l("Non-governmental organisations and others")


RANKS = {Category.UN: Rank.UN, Category.IGO: Rank.IGO}
OF_A_STATE = {None, Category.STATE_MEMBER, Category.STATE_OBSERVER}


def rank(country: str, category: Category | None, names: Sequence[str] = ()) -> Rank:
    """Where somebody stands who speaks for an organisation of this category, country (alpha-3) and these names."""
    if any(name.casefold() in UNION for name in names):
        return Rank.UNION
    if category not in OF_A_STATE or not (country or category):
        return RANKS.get(category, Rank.OTHER) if category else Rank.OTHER
    if kind_of(country) is Kind.OBSERVER or category is Category.STATE_OBSERVER:
        return Rank.OBSERVER
    return Rank.STATE


def place(
    country: str, category: Category | None, names: dict[str, str], language: str, on: date | None = None
) -> tuple[object, ...]:
    """What to sort by: the rank, then the State or the organisation by its name in this language.

    Whoever has neither comes last of their rank.
    """
    standing = rank(country, category, list(names.values()))
    name = listed_as(standing, country, names, language, on)
    return [*Rank].index(standing), not name, sort_key(name, language)


def listed_as(standing: Rank, country: str, names: dict[str, str], language: str, on: date | None = None) -> str:
    """Under which name they are listed: States by their own, as it was that day, others by their organisation's."""
    if standing in {Rank.STATE, Rank.OBSERVER} and country:
        return name_of(country, language, on)
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def put_in_place(entries: Sequence[Entry], wanted: Callable[[Entry], int | None]) -> list[Entry]:
    """The same order, but each entry for which a place (from 1) is wanted stands there."""
    rest = [each for each in entries if not wanted(each)]
    for each in sorted((each for each in entries if wanted(each)), key=lambda each: wanted(each) or 0):
        rest.insert((wanted(each) or 1) - 1, each)
    return rest
