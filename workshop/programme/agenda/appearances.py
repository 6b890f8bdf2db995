"""Who appears where: the person and the organisation typed on a form, found among those known or made anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.rendering import comma
from workshop.secretariat.register.models import Organisation, OrganisationAlias, Person

from .formats import Part, Perspective
from .models import Appearance, Item, Replacement, Session


@dataclass(frozen=True)
class Speaker:
    """Somebody on the agenda, as typed. Names stay as they are written; `country` is an alpha-3 code or empty.

    `deliverer_…` is whoever reads out the statement of somebody who is not there.
    """

    family_name: str
    given_name: str = ""
    honorific: str = ""
    name_as_published: str = ""
    function: Words = field(default_factory=Words)
    organisation: str = ""
    country: str = ""
    part: Part = Part.SPEAKER
    honorifics: Words = field(default_factory=Words)
    perspective: Perspective | None = None
    role_label: Words = field(default_factory=Words)
    deliverer_given_name: str = ""
    deliverer_family_name: str = ""
    deliverer_function: Words = field(default_factory=Words)

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
        return self.named(speaker.given_name, speaker.family_name)

    def named(self, given_name: str, family_name: str) -> Person:
        for known in self.people:
            if (known.given_name, known.family_name) == (given_name, family_name):
                return known
        return Person(given_name=given_name, family_name=family_name)


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


def replace(
    who: Appearance, speaker: Speaker, register: Register, *, reason: str, by: int, at: datetime
) -> Replacement:
    """Somebody else takes this place on the agenda. What stood there is kept, with the reason, for the organisers.

    Part, perspective and role belong to the place and stay. Raises RuleBroken when it is the same person.
    """
    _refuse_nameless(speaker)
    former, newcomer = who.person, register.person(speaker)
    if newcomer is former:
        raise RuleBroken(_("This is the same person. To correct a name, edit it."), "family_name")
    kept = Replacement(
        appearance=who,
        person=former,
        name=former.display_name,
        function=who.function,
        organisation=who.organisation,
        country=who.country,
        reason=reason,
        replaced_by=by,
        replaced_at=at,
    )
    who.person, who.formerly = newcomer, [former.id, *who.formerly]
    who.delivered_by, who.delivered_by_function, who.country_inferred = None, Words(), False
    _name(newcomer, speaker, whole=False)
    who.organisation = register.organisation(speaker.organisation, speaker.country)
    who.function, who.country = speaker.function, speaker.country
    return kept


def _write(who: Appearance, item: Item | None, speaker: Speaker, register: Register) -> None:
    _refuse_half_a_deliverer(speaker)
    who.person.given_name, who.person.family_name = speaker.given_name, speaker.family_name
    _name(who.person, speaker, whole=bool(who.id))
    unchanged = who.organisation is not None and speaker.organisation in who.organisation.name.values()
    if not unchanged:
        who.organisation = register.organisation(speaker.organisation, speaker.country)
    who.country_inferred = who.country_inferred and who.country == speaker.country
    who.item, who.part, who.function, who.country = item, speaker.part, speaker.function, speaker.country
    who.perspective, who.role_label = speaker.perspective, speaker.role_label
    _let_deliver(who, speaker, register)


def _name(person: Person, speaker: Speaker, *, whole: bool) -> None:
    """How the person is addressed and printed. Somebody found on the agenda keeps what was left empty."""
    if speaker.honorific or whole:
        person.honorific = speaker.honorific
    if speaker.name_as_published or whole:
        person.name_as_published = speaker.name_as_published
    if speaker.honorifics or whole:
        person.honorifics = speaker.honorifics


def _let_deliver(who: Appearance, speaker: Speaker, register: Register) -> None:
    """Write down who reads out the statement, or that the speaker does so herself."""
    given, family = speaker.deliverer_given_name, speaker.deliverer_family_name
    if not family:
        who.delivered_by, who.delivered_by_function = None, Words()
        return
    if (given, family) == (speaker.given_name, speaker.family_name):
        raise RuleBroken(
            _("Someone else delivers the statement. Leave this empty when the speaker delivers it."),
            "deliverer_family_name",
        )
    before = who.delivered_by
    if before is None or (before.given_name, before.family_name) != (given, family):
        who.delivered_by = register.named(given, family)
    who.delivered_by_function = speaker.deliverer_function


def _refuse_half_a_deliverer(speaker: Speaker) -> None:
    if (speaker.deliverer_given_name or speaker.deliverer_function) and not speaker.deliverer_family_name:
        raise RuleBroken(_("Give the family name of the person who delivers the statement."), "deliverer_family_name")


def _refuse_nameless(speaker: Speaker) -> None:
    if not speaker.family_name:
        raise RuleBroken(_("Give the family name. A single name goes here."), "family_name")


def names_in_order(people: Iterable[Appearance]) -> str:
    """The names, one after the other."""
    return comma().join(who.person.display_name for who in people)
