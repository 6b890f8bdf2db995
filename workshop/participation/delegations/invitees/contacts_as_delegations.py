"""What a contact, or an organisation of the register, becomes on the list of those to be invited.

No database, no request, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from flask_babel import gettext as _

from workshop.secretariat.register.models import Category, Organisation, Person
from workshop.secretariat.series.models import Workshop

from ..models import Delegation
from ..statuses import STATES


class Invitable(Protocol):
    """As much of a contact as an invitation needs."""

    @property
    def id(self) -> int: ...
    @property
    def workshop(self) -> Workshop: ...
    @property
    def organisation(self) -> Organisation | None: ...
    @property
    def person(self) -> Person | None: ...
    @property
    def category(self) -> Category | None: ...
    @property
    def country(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class RegisteredBody:
    """An organisation of the register as a contact of a workshop; no person is known."""

    workshop: Workshop
    organisation: Organisation
    person: None = None

    @property
    def id(self) -> int:
        return self.organisation.id

    @property
    def category(self) -> Category | None:
        return self.organisation.category

    @property
    def country(self) -> str:
        return self.organisation.country

    @property
    def email(self) -> str:
        return self.organisation.email

    @property
    def language(self) -> str:
        return self.organisation.language

    @property
    def label(self) -> str:
        return self.organisation.name.in_("en")[0]


@dataclass(frozen=True)
class Invitee:
    """Somebody known beside the list: on it already, to be added or filled in, or why not."""

    known: Invitable
    category: Category | None
    here: Delegation | None = None
    fills: bool = False
    refusal: str = ""

    @property
    def is_new(self) -> bool:
        return not self.refusal and (self.here is None or self.fills)


def invitees(known: Iterable[Invitable], delegations: Iterable[Delegation]) -> list[Invitee]:
    """Each once, with what would become of it; somebody of an organisation seen before adds nothing."""
    there = list(delegations)
    found = []
    for each in known:
        invitee = invitee_of(each, there)
        found.append(invitee)
        if invitee.is_new and invitee.here is None:
            there.append(made_of(invitee))
    return found


def invitee_of(contact: Invitable, there: Iterable[Delegation]) -> Invitee:
    organisation, person = contact.organisation, contact.person
    category = contact.category or (organisation.category if organisation else None)
    category = category or (Category.EXPERT if person and not organisation else None)
    for each in there:
        if organisation and category not in STATES and each.organisation is organisation:
            return Invitee(contact, category or each.category, here=each)
    if category is None:
        return Invitee(contact, None, refusal=_("The category is missing."))
    if category in STATES and not contact.country:
        return Invitee(contact, category, refusal=_("The State is missing."))
    for each in there:
        if category in STATES and each.is_state and each.country == contact.country:
            if not each.body and not each.email:
                return Invitee(contact, category, here=each, fills=bool(contact.email))
            if each.email == contact.email or (organisation and each.body in organisation.name.values()):
                return Invitee(contact, category, here=each)
        elif not organisation and person and each.invitee == person.display_name:
            return Invitee(contact, category, here=each)
    return Invitee(contact, category)


def made_of(invitee: Invitee) -> Delegation:
    """A delegation that is not invited yet; a ministry is a body of its State."""
    contact = invitee.known
    made = Delegation(workshop=contact.workshop, category=invitee.category or Category.EXPERT, country=contact.country)
    organisation = contact.organisation
    if made.category in STATES and organisation:
        made.body = organisation.name.in_(contact.language or "en", "en")[0]
    elif organisation:
        made.organisation = organisation
    elif contact.person:
        made.invitee = contact.person.display_name
    fill(made, contact)
    return made


def fill(delegation: Delegation, contact: Invitable) -> None:
    """Where it is written to, and in which language."""
    delegation.email = contact.email
    delegation.contact_name = contact.person.display_name if contact.person else ""
    delegation.language = contact.language or contact.workshop.languages[0]
