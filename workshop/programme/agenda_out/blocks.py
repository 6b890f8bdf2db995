"""The pieces of an agenda as one reader has them: sessions, items, people, documents, groups."""

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from workshop.platform.rendering import comma
from workshop.programme.agenda.formats import Format, Part


@dataclass(frozen=True)
class TextInLanguage:
    """A text with the language it is written in; another than the reader's where it is not translated."""

    text: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Who:
    """Somebody on the agenda, named as published."""

    id: int
    name: str
    family_name: str
    part: Part
    function: TextInLanguage
    organisation: TextInLanguage
    country: str

    @property
    def role(self) -> str:
        return str(self.part.label)

    @property
    def line(self) -> str:
        """Name, function, organisation, country: those there are."""
        return comma().join(filter(None, (self.name, self.function.text, self.organisation.text, self.country)))


@dataclass(frozen=True)
class Paper:
    """A document the public hears of, with the languages in which it can be read."""

    key: str
    label: str
    title: TextInLanguage
    author: str
    missing: bool
    languages: list[str]

    @property
    def line(self) -> str:
        """Such as "Statement (EN, FR)"."""
        if self.missing:
            return str(_("No document provided"))
        held = comma().join(code.upper() for code in self.languages) or _("listed only, not available here")
        return f"{self.label} ({held})"


@dataclass(frozen=True)
class Entry:
    """An item of a session."""

    id: int
    title: TextInLanguage
    role: TextInLanguage
    perspective: str
    minutes: int | None
    people: list[Who]
    papers: list[Paper] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """A break-out group with its guiding questions."""

    number: int
    topic: TextInLanguage
    questions: list[TextInLanguage]


@dataclass(frozen=True)
class Block:
    """A session as published. The times are aware, or None while they are open."""

    id: int
    number: int
    format: Format
    title: TextInLanguage
    subtitle: TextInLanguage
    note: TextInLanguage
    lens: TextInLanguage
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    questions: list[TextInLanguage]
    entries: list[Entry]
    people: list[Who]
    papers: list[Paper] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    names_withheld: bool = False

    @property
    def kind(self) -> str:
        return str(self.format.label)

    @property
    def everyone(self) -> list[Who]:
        """Who appears in it, each once: first on the session itself, then in the order of the items."""
        people = [*self.people, *(who for entry in self.entries for who in entry.people)]
        return list({who.id: who for who in reversed(people)}.values())[::-1]
