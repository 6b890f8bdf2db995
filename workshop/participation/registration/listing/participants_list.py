"""The list of participants in the order of protocol, in any language. No database, no request, no clock.

States by their short name in the alphabet of the language, observers after them, then the European Union, the United
Nations, other bodies, the rest; heads of delegation first, then as the delegation wrote them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import groupby

from flask_babel import lazy_gettext as _l

from workshop.participation.delegations.statuses import DelegationPart
from workshop.platform.db import Words
from workshop.platform.labels import Labelled
from workshop.secretariat.register import protocol
from workshop.secretariat.register.countries import sort_key
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.person_names import listed, order_of

PART_ORDER = {part: place for place, part in enumerate((DelegationPart.HEAD, DelegationPart.DEPUTY))}


class Section(Labelled):
    """The parts of the list, in order."""

    STATES = "states", _l("States")
    OBSERVERS = "observers", _l("Non-member observers")
    UNION = "union", _l("European Union")
    UN = "un", _l("United Nations system")
    IGO = "igo", _l("Other intergovernmental organisations")
    NGO = "ngo", _l("Non-governmental organisations")
    ACADEMIA = "academia", _l("Academia")
    PRIVATE = "private", _l("Private sector")
    DIASPORA = "diaspora", _l("Diaspora and migrant organisations")
    OTHERS = "others", _l("Other participants")
    SPEAKERS = "speakers", _l("Experts and speakers in their personal capacity")
    SECRETARIAT = "secretariat", _l("Secretariat")


BY_RANK = {
    protocol.Rank.STATE: Section.STATES,
    protocol.Rank.OBSERVER: Section.OBSERVERS,
    protocol.Rank.UNION: Section.UNION,
    protocol.Rank.UN: Section.UN,
    protocol.Rank.IGO: Section.IGO,
}
BY_CATEGORY = {
    Category.NGO: Section.NGO,
    Category.ACADEMIA: Section.ACADEMIA,
    Category.PRIVATE_SECTOR: Section.PRIVATE,
    Category.DIASPORA: Section.DIASPORA,
    Category.EXPERT: Section.SPEAKERS,
    Category.STAFF: Section.SECRETARIAT,
}


@dataclass(frozen=True)
class Line:
    """The facts of one line: names and titles as supplied. It has no address, telephone or sponsor."""

    id: int
    family_name: str
    given_name: str = ""
    name_as_listed: str = ""
    honorific: str = ""
    honorifics: Mapping[str, str] = field(default_factory=dict)
    function: Mapping[str, str] = field(default_factory=dict)
    institution: str = ""
    place: str = ""
    category: Category = Category.STATE_MEMBER
    country: str = ""
    organisation: Mapping[str, str] = field(default_factory=dict)
    part: DelegationPart = DelegationPart.REPRESENTATIVE
    position: int = 1
    delegation: int | None = None

    @property
    def plain_name(self) -> str:
        return self.name_as_listed or f"{self.given_name} {self.family_name}".strip()

    @property
    def display_name(self) -> str:
        return f"{self.honorific} {self.plain_name}".strip()

    @property
    def names(self) -> dict[str, str]:
        return {code: f"{title} {self.plain_name}".strip() for code, title in self.honorifics.items() if title}

    def as_json(self) -> dict[str, object]:
        return {key: value for key, value in asdict(self).items() if value not in ("", {}, None)}


def line_of(said: Mapping[str, object]) -> Line:
    """From a row of `queries.LISTED`, or from what was kept as JSON; what says nothing stays as it usually is."""
    facts = {name: value for name, value in said.items() if value is not None}
    facts |= {"category": Category(str(facts["category"])), "part": DelegationPart(str(facts["part"]))}
    return Line(**facts)  # type: ignore[arg-type]  # its fields are named as the columns


@dataclass(frozen=True)
class Entry:
    """A line as it is printed in one language: the name in capitals, what follows it line by line."""

    id: int
    name: str
    part: str
    function: str
    function_language: str
    institution: str
    place: str


@dataclass(frozen=True)
class Heading:
    """A State or an organisation with those who speak for it."""

    name: str
    entries: list[Entry]


@dataclass(frozen=True)
class ListPart:
    """A section of the list with its headings."""

    section: Section
    headings: list[Heading]

    @property
    def people(self) -> int:
        return sum(len(heading.entries) for heading in self.headings)


def section_of(line: Line) -> Section:
    rank = protocol.rank(line.country, line.category, list(line.organisation.values()))
    return BY_RANK.get(rank) or BY_CATEGORY.get(line.category, Section.OTHERS)


def in_language(lines: Iterable[Line], language: str, on: date | None = None) -> list[ListPart]:
    """The whole list, with the names that States had that day."""
    sections = [*Section]
    placed: list[tuple[int, tuple[str, str], tuple[object, ...], Line, str]] = []
    headings: dict[tuple[object, ...], tuple[str, tuple[str, str]]] = {}
    for line in lines:
        section = section_of(line)
        about = (
            section,
            line.country if section in {Section.STATES, Section.OBSERVERS} else "",
            *line.organisation.values(),
        )
        if about not in headings:
            name = heading_of(line, section, language, on)
            headings[about] = name, sort_key(name, language)
        name, key = headings[about]
        placed.append((sections.index(section), key, place_in_delegation(line, section, language), line, name))
    placed.sort(key=lambda each: each[:3])
    found = []
    for number, of_section in groupby(placed, key=lambda each: each[0]):
        groups = [
            Heading(name, [entry_of(each[3], language) for each in rows])
            for name, rows in groupby(of_section, key=lambda each: each[4])
        ]
        found.append(ListPart(sections[number], groups))
    return found


def heading_of(line: Line, section: Section, language: str, on: date | None) -> str:
    """The short name of the State, or the name of the organisation; nothing over those who speak for themselves."""
    if section is Section.SPEAKERS and not line.organisation:
        return ""
    rank = protocol.rank(line.country, line.category, list(line.organisation.values()))
    return protocol.listed_as(rank, line.country, dict(line.organisation), language, on)


def place_in_delegation(line: Line, section: Section, language: str) -> tuple[object, ...]:
    """Heads first, then as the delegation wrote them; those without a delegation by family name."""
    if line.delegation is None:
        return 1, len(PART_ORDER), 0, order_of(line, language), line.id
    return 0, PART_ORDER.get(line.part, len(PART_ORDER)), line.position, ((), ()), line.id


def entry_of(line: Line, language: str) -> Entry:
    function, code = Words(line.function).in_(language, "en")
    shown = line.part if line.part in PART_ORDER and line.delegation is not None else None
    return Entry(
        line.id, listed(line, language), str(shown.label) if shown else "", function, code, line.institution, line.place
    )


def without(lines: Iterable[Line], shown: Collection[int]) -> list[Line]:
    """Without those who do not want to stand on it any more, or were erased."""
    return [line for line in lines if line.id in shown]
