"""The rows of a list as people and organisations. Nothing is guessed in silence, and every row is accounted for.

No database, no request, no clock.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LANGUAGES
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.name_parts import HONORIFIC, split_name

from .queries import read_detail
from .roster_columns import DETAILS, country_of, is_declined, plain

EMAIL = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+")


@dataclass(frozen=True)
class RosterEntry:
    """One row: somebody, an organisation, or somebody of an organisation."""

    given_name: str = ""
    family_name: str = ""
    honorific: str = ""
    function: str = ""
    organisation: str = ""
    email: str = ""
    country: str = ""
    language: str = ""
    category: Category | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def label(self) -> str:
        return ", ".join(filter(None, (self.name, self.organisation, self.email)))


NumberedEntry = tuple[int, RosterEntry | RuleBroken]


def statuses_in(rows: Sequence[Sequence[str]], fields: Sequence[str]) -> dict[str, bool]:
    """Every answer that the status column holds, and whether it sounds like somebody who comes."""
    if "status" not in fields:
        return {}
    at = fields.index("status")
    found = dict.fromkeys(row[at].strip() if at < len(row) else "" for row in rows if any(row))
    return {said: not is_declined(said) for said in found}


def read_entries(
    rows: Sequence[tuple[int, Sequence[str]]], fields: Sequence[str], accepted: Collection[str] | None
) -> list[NumberedEntry]:
    """Each row with its number in the file. `accepted` are the answers of those to be added; None where none counts."""
    return [(number, _entry_or_refusal(row, fields, accepted)) for number, row in rows if any(row)]


def _entry_or_refusal(
    row: Sequence[str], fields: Sequence[str], accepted: Collection[str] | None
) -> RosterEntry | RuleBroken:
    said = {name: row[n].strip() for n, name in enumerate(fields) if name and n < len(row)}
    try:
        if "status" in fields and accepted is not None and said.get("status", "") not in accepted:
            raise RuleBroken(_("The answer is “%(said)s”: not added.", said=said.get("status", "") or "–"))
        return _entry(said)
    except RuleBroken as refusal:
        return refusal


def _entry(said: Mapping[str, str]) -> RosterEntry:
    given, family, honorific = said.get("given_name", ""), said.get("family_name", ""), said.get("honorific", "")
    if not family and (whole := said.get("name", "")):
        given, family, found = name_of(whole)
        honorific = honorific or found
    if given and not family:
        given, family = "", given
    organisation = said.get("organisation", "")
    if not (family or organisation):
        raise RuleBroken(_("There is neither a name nor an organisation in this row."))
    return RosterEntry(
        given_name=given,
        family_name=family,
        honorific=honorific,
        function=said.get("function", ""),
        organisation=organisation,
        email=email_of(said.get("email", "")),
        country=_country(said.get("country", "")),
        language=language_of(said.get("language", "")),
        category=category_of(said.get("category", "")),
        details=details_of(said),
    )


def details_of(said: Mapping[str, str]) -> dict[str, str]:
    """What is said of a participant, as the package that registers people reads it. Raises RuleBroken."""
    return {name: read for name in DETAILS if said.get(name) for read in read_detail(name, said[name]) if read}


def name_of(whole: str) -> tuple[str, str, str]:
    """Given name, family name, form of address of "Dr. Ana Example", "EXAMPLE Ana" or "Example, Ana"."""
    marked = HONORIFIC.match(whole)
    bare = whole[len(marked[0]) :] if marked else whole
    family, comma, given = (each.strip() for each in bare.partition(","))
    if comma and given:
        return given, family, marked[0].strip() if marked else ""
    given, family = split_name(bare)
    return given, family, marked[0].strip() if marked else ""


def email_of(said: str) -> str:
    """The address, also out of "Ana Example <ana@example.org>"; in small letters."""
    if not said:
        return ""
    found = EMAIL.search(said)
    if not found:
        raise RuleBroken(_("“%(said)s” is not an email address.", said=said[:60]))
    return found[0].casefold()


def _country(said: str) -> str:
    if said and not country_of(said):
        raise RuleBroken(_("The country “%(said)s” is not known.", said=said[:60]))
    return country_of(said)


def language_of(said: str) -> str:
    if not said:
        return ""
    code = next((c for c, name in LANGUAGES.items() if plain(said).split(" ")[0] in {c, plain(name)}), "")
    named = {"english": "en", "anglais": "en", "ingles": "en", "french": "fr", "frances": "fr", "spanish": "es"}
    code = code or (named | {"espagnol": "es", "arabic": "ar", "arabe": "ar"}).get(plain(said), "")
    if not code:
        raise RuleBroken(_("The language “%(said)s” is none of %(known)s.", said=said[:40], known=", ".join(LANGUAGES)))
    return code


def category_of(said: str) -> Category | None:
    if not said:
        return None
    for category in Category:
        if plain(said) in {plain(category.value), plain(str(category.label))}:
            return category
    raise RuleBroken(_("The category “%(said)s” is not known.", said=said[:60]))
