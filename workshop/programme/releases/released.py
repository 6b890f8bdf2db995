"""The agenda that a release keeps, as its readers have it: sessions, items and people, each with its facts by name.

A release stores plain JSON (`Stored…`), which `rules.as_published` writes. What is rarely there may be absent in it, and
a later edition of the program may have added keys: these come under `more`. No database, no request, no clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NotRequired, TypedDict

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode


class StoredDeliverer(TypedDict):
    id: int
    name: str
    family_name: str
    function: dict[str, str]
    names: NotRequired[dict[str, str]]


class StoredPerson(TypedDict):
    id: int
    name: str
    family_name: str
    part: str
    function: dict[str, str]
    organisation: dict[str, str]
    country: str
    country_inferred: bool
    names: NotRequired[dict[str, str]]
    role_label: NotRequired[dict[str, str]]
    perspective: NotRequired[str]
    category: NotRequired[str]
    delivered_by: NotRequired[StoredDeliverer]
    replaces: NotRequired[list[int]]


class StoredItem(TypedDict):
    id: int
    title: dict[str, str]
    perspective: str | None
    role_label: dict[str, str]
    minutes: int | None
    people: list[StoredPerson]


class StoredGroup(TypedDict):
    number: int
    topic: dict[str, str]
    questions: list[dict[str, str]]


class StoredSession(TypedDict):
    """`sequence` counts for calendars; the first releases lack it. `groups` is there where a session has any, `named`
    where a session under the Chatham House Rule names its speakers by decision.
    """

    id: int
    number: int
    title: dict[str, str]
    subtitle: dict[str, str]
    note: dict[str, str]
    lens: dict[str, str]
    format: str
    starts_at: str | None
    ends_at: str | None
    room: str
    mode: str
    questions: list[dict[str, str]]
    items: list[StoredItem]
    people: list[StoredPerson]
    sequence: NotRequired[int]
    groups: NotRequired[list[StoredGroup]]
    room_names: NotRequired[dict[str, str]]
    named: NotRequired[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedName:
    """Somebody as the programme prints the name: whoever reads out a statement is no more than that."""

    id: int
    name: str
    family_name: str
    function: Words = field(default_factory=Words)
    names: Words = field(default_factory=Words)

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def plain_name(self) -> str:
        return self.name

    @classmethod
    def reading(cls, stored: StoredDeliverer) -> "ReleasedName":
        return cls(
            id=stored["id"],
            name=stored["name"],
            family_name=stored["family_name"],
            function=Words(stored["function"]),
            names=Words(stored.get("names", {})),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPerson(ReleasedName):
    """An entry of somebody who appears in a session or on an item. `replaces` lists who had the place before."""

    part: Part
    organisation: Words
    country: str
    country_inferred: bool
    role_label: Words
    perspective: Perspective | None = None
    category: Category | None = None
    delivered_by: ReleasedName | None = None
    replaces: tuple[int, ...] = ()
    more: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: StoredPerson) -> "ReleasedPerson":
        perspective, category, reader = stored.get("perspective"), stored.get("category"), stored.get("delivered_by")
        return cls(
            id=stored["id"],
            name=stored["name"],
            family_name=stored["family_name"],
            part=Part(stored["part"]),
            function=Words(stored["function"]),
            organisation=Words(stored["organisation"]),
            country=stored["country"],
            country_inferred=stored["country_inferred"],
            names=Words(stored.get("names", {})),
            role_label=Words(stored.get("role_label", {})),
            perspective=Perspective(perspective) if perspective else None,
            category=Category(category) if category else None,
            delivered_by=ReleasedName.reading(reader) if reader else None,
            replaces=tuple(stored.get("replaces", ())),
            more=_more(stored, PERSON_KEYS),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedItem:
    """An item of a session."""

    id: int
    title: Words
    role_label: Words
    perspective: Perspective | None
    minutes: int | None
    people: tuple[ReleasedPerson, ...]
    more: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: StoredItem) -> "ReleasedItem":
        return cls(
            id=stored["id"],
            title=Words(stored["title"]),
            role_label=Words(stored["role_label"] or {}),
            perspective=Perspective(stored["perspective"]) if stored["perspective"] else None,
            minutes=stored["minutes"],
            people=tuple(map(ReleasedPerson.of, stored["people"])),
            more=_more(stored, ITEM_KEYS),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedGroup:
    """A break-out group with its guiding questions."""

    number: int
    topic: Words
    questions: tuple[Words, ...]

    @classmethod
    def of(cls, stored: StoredGroup) -> "ReleasedGroup":
        return cls(
            number=stored["number"],
            topic=Words(stored["topic"]),
            questions=tuple(map(Words, stored["questions"])),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedSession:
    """A session as released. Two are equal that say the same, whatever they count for calendars; `people` appear in
    the session itself. `stored` is what it was read from, for hashes that are kept. What readers may know of it now is
    for `released_names` to say, which sets `names_withheld` where it takes people out.
    """

    id: int
    number: int
    title: Words
    subtitle: Words
    note: Words
    lens: Words
    format: Format
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    mode: MeetingMode
    questions: tuple[Words, ...]
    items: tuple[ReleasedItem, ...]
    people: tuple[ReleasedPerson, ...]
    groups: tuple[ReleasedGroup, ...] = ()
    room_names: Words = field(default_factory=Words)
    sequence: int = field(default=0, compare=False)
    named: bool = field(default=False, compare=False)
    names_withheld: bool = field(default=False, compare=False)
    more: Mapping[str, object] = field(default_factory=dict)
    stored: StoredSession = field(compare=False, repr=False)

    @property
    def everyone(self) -> list[ReleasedPerson]:
        """All who appear in it, once for each entry: in the session itself, then item by item."""
        return [*self.people, *(who for item in self.items for who in item.people)]

    @classmethod
    def of(cls, stored: StoredSession) -> "ReleasedSession":
        return cls(
            id=stored["id"],
            number=stored["number"],
            title=Words(stored["title"]),
            subtitle=Words(stored["subtitle"]),
            note=Words(stored["note"]),
            lens=Words(stored["lens"]),
            format=Format(stored["format"]),
            starts_at=_moment(stored["starts_at"]),
            ends_at=_moment(stored["ends_at"]),
            room=stored["room"],
            mode=MeetingMode(stored["mode"]),
            questions=tuple(map(Words, stored["questions"])),
            items=tuple(map(ReleasedItem.of, stored["items"])),
            people=tuple(map(ReleasedPerson.of, stored["people"])),
            groups=tuple(map(ReleasedGroup.of, stored.get("groups", ()))),
            room_names=Words(stored.get("room_names", {})),
            sequence=stored.get("sequence", 0),
            named=stored.get("named", False),
            more=_more(stored, SESSION_KEYS),
            stored=stored,
        )


PERSON_KEYS, ITEM_KEYS, SESSION_KEYS = (
    frozenset(kind.__annotations__) for kind in (StoredPerson, StoredItem, StoredSession)
)


def sessions_of(agenda: Iterable[StoredSession]) -> list[ReleasedSession]:
    """What an agenda says that is stored with a release, or that `rules.as_published` makes of a draft."""
    return [ReleasedSession.of(stored) for stored in agenda]


def _more(stored: Mapping[str, object], known: frozenset[str]) -> dict[str, object]:
    return {key: stored[key] for key in stored.keys() - known}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
