"""Who appears where: the person and the organisation typed on a form, found among those known or made anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.db import Words
from workshop.errors import RuleBroken
from workshop.stakeholders.models import Organisation, OrganisationAlias, Person

from .models import Appearance, Item, Part, Session


@dataclass(frozen=True)
class Speaker:
    """Somebody on the agenda, as typed. Names stay as they are written; `country` is an alpha-3 code or empty."""

    family_name: str
    given_name: str = ""
    honorific: str = ""
    name_as_published: str = ""
    function: Words = field(default_factory=Words)
    organisation: str = ""
    country: str = ""
    part: Part = Part.SPEAKER

    @property
    def is_somebody(self) -> bool:
        """Whether anything was typed from which a person must follow."""
        return any((self.family_name, self.given_name, self.honorific, self.function, self.organisation, self.country))


@dataclass(frozen=True)
class Register:
    """What is known already: people on this agenda, every organisation with its aliases. New names are in `language`."""

    people: Sequence[Person]
    organisations: Sequence[Organisation]
    aliases: Sequence[OrganisationAlias]
    language: str

    def organisation(self, typed: str, country: str) -> Organisation | None:
        """The one of that name or alias, however capitalised; two States may each have a "Ministry of Health"."""
        if not typed:
            return None
        named = [each for each in self.organisations if typed.casefold() in map(str.casefold, each.name.values())]
        named += [alias.organisation for alias in self.aliases if alias.name.casefold() == typed.casefold()]
        fitting = [each for each in named if not (country and each.country) or each.country == country]
        fitting.sort(key=lambda each: each.country != country)
        return fitting[0] if fitting else Organisation(name=Words({self.language: typed}), country=country)

    def person(self, speaker: Speaker) -> Person:
        """Whoever stands on this agenda under exactly that name; otherwise somebody new."""
        for known in self.people:
            if (known.given_name, known.family_name) == (speaker.given_name, speaker.family_name):
                return known
        return Person(given_name=speaker.given_name, family_name=speaker.family_name)


def appear(session: Session, item: Item | None, speaker: Speaker, register: Register) -> Appearance:
    """Put somebody on an item, or on the session as a whole, after those already there."""
    _refuse_nameless(speaker)
    position = max((who.position for who in session.appearances), default=0) + 1
    who = Appearance(part=speaker.part, position=position, person=register.person(speaker))
    session.appearances.append(who)
    _write(who, item, speaker, register)
    return who


def edit_appearance(who: Appearance, item: Item | None, speaker: Speaker, register: Register) -> None:
    """Correct how somebody is named and where they appear. An organisation whose name was left as it stood is kept."""
    _refuse_nameless(speaker)
    _write(who, item, speaker, register)


def _write(who: Appearance, item: Item | None, speaker: Speaker, register: Register) -> None:
    who.person.given_name, who.person.family_name = speaker.given_name, speaker.family_name
    if speaker.honorific or who.id:
        who.person.honorific = speaker.honorific
    if speaker.name_as_published or who.id:
        who.person.name_as_published = speaker.name_as_published
    unchanged = who.organisation is not None and speaker.organisation in who.organisation.name.values()
    if not unchanged:
        who.organisation = register.organisation(speaker.organisation, speaker.country)
    who.country_inferred = who.country_inferred and who.country == speaker.country
    who.item, who.part, who.function, who.country = item, speaker.part, speaker.function, speaker.country


def _refuse_nameless(speaker: Speaker) -> None:
    if not speaker.family_name:
        raise RuleBroken(_("Give the family name. Somebody with a single name has it here."), "family_name")


def named(people: Iterable[Appearance]) -> str:
    """The names, one after the other."""
    return ", ".join(who.person.display_name for who in people)
