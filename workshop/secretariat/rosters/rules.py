"""A list of people and organisations put beside the contacts of a workshop, and taken in. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.intake import ImportReport, Line, Outcome, Remark
from workshop.platform.rendering import comma
from workshop.secretariat.register.models import Organisation, OrganisationAlias, Person
from workshop.secretariat.series.models import Workshop

from .models import Contact
from .roster_columns import plain
from .roster_entries import NumberedEntry, RosterEntry

SAME, NEW = "same", "new"
FACTS = ("email", "function", "country", "language", "category")


@dataclass
class KnownOrganisations:
    """The organisations known already, found by any name, accents and capitals aside."""

    language: str
    by_name: dict[str, list[Organisation]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, organisations: Iterable[Organisation], aliases: Iterable[OrganisationAlias], language: str
    ) -> "KnownOrganisations":
        known = cls(language)
        for each in organisations:
            for name in each.name.values():
                known.by_name.setdefault(plain(name), []).append(each)
        for alias in aliases:
            known.by_name.setdefault(plain(alias.name), []).append(alias.organisation)
        return known

    def organisation(self, name: str, country: str) -> Organisation | None:
        """The one of that name; two States may each have a "Ministry of Health". A new one where there is none."""
        if not name:
            return None
        there = self.by_name.setdefault(plain(name), [])
        for each in there:
            if not (country and each.country) or each.country == country:
                return each
        made = Organisation(name=Words({self.language: name}), country=country)
        there.append(made)
        return made


@dataclass(frozen=True)
class Duplicate:
    """A row that may be somebody who is here already: to be decided."""

    row: int
    label: str
    here: str
    decision: str


@dataclass
class Merging:
    """A list beside the contacts: what is added, what is to be decided, and the report."""

    workshop: Workshop
    known: KnownOrganisations
    contacts: list[Contact]
    decisions: Mapping[str, str]
    added: list[Contact] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    by_email: dict[str, list[Contact]] = field(default_factory=dict)
    by_name: dict[str, list[Contact]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.contacts:
            self.learn(each)

    def learn(self, one: Contact) -> None:
        if one.email:
            self.by_email.setdefault(one.email, []).append(one)
        self.by_name.setdefault(name_key(one), []).append(one)


def name_key(one: Contact) -> str:
    if one.person:
        return plain(f"{one.person.given_name} {one.person.family_name}")
    return plain(next(iter(one.organisation.name.values()))) if one.organisation else ""


def merge_list(merging: Merging, entries: Sequence[NumberedEntry]) -> ImportReport:
    """Take every row in, or say why not. A second time with the same list changes nothing."""
    stood = repr(sorted((each.label, each.email, each.function, each.country) for each in merging.contacts))
    for number, entry in entries:
        label = "" if isinstance(entry, RuleBroken) else entry.label
        try:
            if isinstance(entry, RuleBroken):
                raise entry
            outcome = _take(merging, number, entry)
        except RuleBroken as refusal:
            outcome = Outcome.REJECTED
            merging.rejected.append(Remark(str(refusal.message), (number,), text=label))
        merging.lines.append(Line(str(number), label, outcome))
    possible = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REJECTED)
    outcomes = [line.outcome for line in merging.lines]
    counts = {outcome: outcomes.count(outcome) for outcome in possible}
    return ImportReport(len(outcomes), counts, merging.rejected, lines=merging.lines, compared_with=stood)


def _take(merging: Merging, number: int, entry: RosterEntry) -> Outcome:
    same, alike = _matches(merging, entry)
    if same is None and alike is not None:
        decision = merging.decisions.get(str(number), "")
        merging.duplicates.append(Duplicate(number, entry.label, _said(alike), decision))
        if decision == SAME:
            same = alike
        elif decision != NEW:
            raise RuleBroken(_("Perhaps the same as %(here)s: decide first.", here=_said(alike)))
    if same is not None:
        return Outcome.UPDATED if _fill(same, entry, merging) else Outcome.UNCHANGED
    one = Contact(
        workshop=merging.workshop,
        person=_person(entry),
        organisation=merging.known.organisation(entry.organisation, entry.country),
        **{name: getattr(entry, name) for name in FACTS},
        details=dict(entry.details),
    )
    merging.added.append(one)
    merging.learn(one)
    return Outcome.CREATED


def _said(one: Contact) -> str:
    body = one.organisation.name.in_("en")[0] if one.organisation and one.person else ""
    return comma().join(filter(None, (one.label, body, one.email)))


def _person(entry: RosterEntry) -> Person | None:
    if not entry.family_name:
        return None
    return Person(given_name=entry.given_name, family_name=entry.family_name, honorific=entry.honorific)


def _matches(merging: Merging, entry: RosterEntry) -> tuple[Contact | None, Contact | None]:
    """Who is surely the same (address and name, or name and organisation), and who may be."""
    wanted = plain(entry.name or entry.organisation)
    named = [each for each in merging.by_name.get(wanted, ()) if bool(each.person) == bool(entry.family_name)]
    mailed = merging.by_email.get(entry.email, []) if entry.email else []
    for each in mailed:
        if name_key(each) == wanted:
            return each, None
    body = merging.known.by_name.get(plain(entry.organisation), []) if entry.organisation else []
    for each in named:
        fits = not (each.email and entry.email) or each.email == entry.email
        if fits and (not entry.family_name or each.organisation in body or (not body and not each.organisation)):
            return each, None
    return None, next(iter([*mailed, *named]), None)


def _fill(one: Contact, entry: RosterEntry, merging: Merging) -> bool:
    """Take over what the row says and the contact does not; what was typed here stays. Whether anything changed."""
    changed = False
    for name in FACTS:
        said: object = getattr(entry, name)
        if said and not getattr(one, name):
            setattr(one, name, said)
            changed = True
    lacking = {name: said for name, said in entry.details.items() if not one.details.get(name)}
    if lacking:
        one.details, changed = one.details | lacking, True
    if entry.organisation and one.organisation is None:
        one.organisation = merging.known.organisation(entry.organisation, entry.country)
        changed = True
    return changed


def write_contact(one: Contact, entry: RosterEntry, known: KnownOrganisations) -> None:
    """Put what was typed in place of what was there. Raises RuleBroken where nothing names anybody."""
    if not (entry.family_name or entry.organisation):
        raise RuleBroken(_("Give a family name or an organisation."), "family_name")
    if entry.family_name and one.person:
        one.person.given_name, one.person.family_name = entry.given_name, entry.family_name
        one.person.honorific = entry.honorific
    else:
        one.person = _person(entry)
    one.organisation = known.organisation(entry.organisation, entry.country)
    for name in FACTS:
        setattr(one, name, getattr(entry, name))
