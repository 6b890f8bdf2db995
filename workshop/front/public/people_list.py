"""Everyone on the agenda once, by name or by country, with what they allow the public to see of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Protocol

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.releases.released import ReleasedName, ReleasedPerson, ReleasedSession
from workshop.programme.speakers import rules
from workshop.programme.speakers.models import Use
from workshop.secretariat.register import protocol
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.person_names import named, order_of

Appearances = list[tuple[str | Words, ReleasedSession]]


class ProfileRow(rules.Granting, rules.Answering, Protocol):
    """A row of `queries.SHOWN_PROFILES`."""

    @property
    def person_id(self) -> int: ...
    @property
    def biography(self) -> Words: ...
    @property
    def photo_key(self) -> str | None: ...
    @property
    def place(self) -> int | None: ...


@dataclass
class Listed:
    """Somebody of a release, with the role and session of each appearance. Who only reads out a statement has no
    `entry` of an organisation or a country.
    """

    who: ReleasedName
    entry: ReleasedPerson | None
    appearances: Appearances
    biography: Words = field(default_factory=Words)
    photo: str | None = None
    place: int | None = None


def people(agenda: Sequence[ReleasedSession], profiles: Iterable[ProfileRow], language: str) -> list[Listed]:
    """By family name. `profiles` are rows of `queries.SHOWN_PROFILES`."""
    found: dict[int, ReleasedName] = {}
    appearances: dict[int, Appearances] = defaultdict(list)
    for session in agenda:
        for who in session.everyone:
            found.setdefault(who.id, who)
            appearances[who.id].append((who.role_label or who.part.label, session))
    for session in agenda:
        for who in session.everyone:
            if reader := who.delivered_by:
                found.setdefault(reader.id, reader)
                said = _("delivers the statement of %(person)s", person=named(who, language))
                appearances[reader.id].append((said, session))
    listed = [
        Listed(who, who if isinstance(who, ReleasedPerson) else None, appearances[id]) for id, who in found.items()
    ]
    given = {row.person_id: row for row in profiles}
    for each in listed:
        if row := given.get(each.who.id):
            each.place = row.place
            if rules.is_shown(row, row, Use.BIOGRAPHY):
                each.biography = row.biography
            if rules.is_shown(row, row, Use.PHOTO):
                each.photo = row.photo_key
    return sorted(listed, key=lambda each: order_of(each.who, language))


def by_country(listed: Sequence[Listed], language: str, on: date) -> list[tuple[str, list[Listed]]]:
    """The same people in the order of protocol, under the name of their State, as it was that day, or organisation."""
    order = sorted(listed, key=lambda each: (_place(each, language, on), order_of(each.who, language)))
    placed = protocol.put_in_place(order, lambda each: each.place)
    return [(label, list(group)) for label, group in groupby(placed, key=lambda each: _heading(each, language, on))]


def _facts(each: Listed) -> tuple[str, Category | None, dict[str, str]]:
    return (each.entry.country, each.entry.category, each.entry.organisation) if each.entry else ("", None, {})


def _place(each: Listed, language: str, on: date) -> tuple[object, ...]:
    return protocol.place(*_facts(each), language, on)


def _heading(each: Listed, language: str, on: date) -> str:
    country, category, names = _facts(each)
    standing = protocol.rank(country, category, list(names.values()))
    return protocol.listed_as(standing, country, names, language, on) or standing.label
