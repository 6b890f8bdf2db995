"""Delegations and participants of both workshops: everybody but the speakers of 2005 is sample data, and named so.

Made by the same verbs as those of the screens.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle

from flask import current_app

from workshop.participation.attendance import rules as attendance
from workshop.participation.delegations import letters, rules
from workshop.participation.delegations.models import Delegation, Participant, ParticipationPlan
from workshop.participation.delegations.rules import Nominee
from workshop.participation.delegations.seats import Seating, approve, limits_of
from workshop.participation.delegations.statuses import (
    DelegationPart,
    DelegationStatus,
    ParticipantStatus,
    Purpose,
    Source,
)
from workshop.participation.registration.listing.participants_list import Line
from workshop.participation.registration.models import ListEdition, ListKind, ParticipantNeeds
from workshop.platform.db import Model, Words, public_key
from workshop.programme.agenda.models import Session
from workshop.secretariat.register.models import Category, Organisation
from workshop.secretariat.series.models import Workshop

GIVEN = ("Ada", "Bela", "Chi", "Dina", "Emil", "Fatou", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lea", "Milo", "Nour")
FAMILY = ("Sample", "Example", "Specimen", "Exemple", "Muestra", "Ejemplo")
FUNCTIONS = (
    Words(
        en="Director, Migration Policy",
        fr="Directrice de la politique migratoire",
        es="Directora de Política Migratoria",
    ),
    Words(en="First Secretary", fr="Premier Secrétaire", es="Primer Secretario"),
    Words(en="Counsellor", fr="Conseiller", es="Consejero"),
    Words(en="Head of Unit", fr="Chef d'unité", es="Jefa de Unidad"),
)
STATES_2005 = (
    "BGD",
    "BEL",
    "CHE",
    "CRI",
    "DEU",
    "EGY",
    "FRA",
    "GHA",
    "ITA",
    "MAR",
    "MEX",
    "NLD",
    "PHL",
    "PRT",
    "SEN",
    "SLV",
)
# State, language of correspondence, how far it has come, how many it has named.
STATES_AHEAD = (
    *(("SEN", "fr", "nominated", 3), ("PHL", "en", "nominated", 2), ("MEX", "es", "nominated", 2)),
    *(("MAR", "fr", "nominated", 4), ("DEU", "en", "acknowledged", 0), ("GHA", "en", "invited", 0)),
    *(("CHE", "fr", "nominated", 2), ("ECU", "es", "declined", 0), ("TUN", "fr", "invited", 0)),
    *(("NPL", "en", "listed", 0), ("SRB", "en", "listed", 0), ("BGD", "en", "nominated", 1)),
)
ORGANISATIONS = (
    (Words(en="Sample Diaspora Network", fr="Réseau exemple des diasporas"), Category.DIASPORA, 2),
    (Words(en="Example Relief", fr="Secours exemple"), Category.NGO, 2),
    (Words(en="Institute of Sample Studies", fr="Institut des études exemples"), Category.ACADEMIA, 1),
)


def in_preparation(workshop: Workshop, *, at: datetime) -> list[Model]:
    """Invited, nominated, waiting for a decision and for a seat."""
    made = SampleMeeting(workshop, at=at)
    made.invite()
    made.decide()
    return made.rows


class SampleMeeting:
    """The rows of a workshop in preparation, not yet saved; ids are lent for as long as seats are counted."""

    def __init__(self, workshop: Workshop, *, at: datetime) -> None:
        self.workshop, self.at, self.today = workshop, at, at.date()
        self.names = zip(cycle(GIVEN), cycle(FAMILY), strict=False)
        self.plan = ParticipationPlan(workshop=workshop, reference_prefix="IDM", seats=40, delegation_seats=3)
        self.plan.nominate_by, self.plan.remind_before = self.today + timedelta(days=14), [7, 2]
        self.plan.edits_until = workshop.starts_on - timedelta(days=21)
        self.plan.category_seats = {Category.DIASPORA.value: 1}
        self.plan.sender = Words(
            en="the Sample Secretariat of the Dialogue",
            fr="le Secrétariat exemple du Dialogue",
            es="la Secretaría de muestra del Diálogo",
        )
        self.plan.information_note = Words(en="Registration opens at 08:15. Badges are ready at the entrance.")
        self.rows: list[Model] = [self.plan]
        self.delegations: list[Delegation] = []
        self.members: list[Participant] = []
        self.serial = 0

    def invite(self) -> None:
        for country, language, standing, named in STATES_AHEAD:
            one = Delegation(workshop=self.workshop, category=Category.STATE_MEMBER, country=country)
            one.email, one.language = f"mission-{country.lower()}@example.org", language
            self._write_to(one, standing, named)
        for name, category, named in ORGANISATIONS:
            one = Delegation(workshop=self.workshop, category=category)
            one.organisation = Organisation(name=name, category=category)
            one.email = f"office-{len(self.delegations)}@example.org"
            self._write_to(one, "nominated", named)

    def _write_to(self, one: Delegation, standing: str, named: int) -> None:
        self.delegations.append(one)
        self.rows.append(one)
        if standing == "listed":
            return
        sent = self.at - timedelta(days=20)
        rules.invite(one, at=sent, today=self.today)
        self.serial += 1
        key = str(current_app.config["SECRET_KEY"])
        letter, _messages = letters.write(
            Purpose.INVITATION, one, self.plan, None, serial=self.serial, key=key, at=sent
        )
        letter.message = None
        self.rows.append(letter)
        members: list[Participant] = []
        for number in range(named):
            parts = (DelegationPart.HEAD, DelegationPart.ADVISER, DelegationPart.EXPERT, DelegationPart.INTERPRETER)
            nominee = self._nominee(parts[number], one.language, confirmed=number < 3)
            at = sent + timedelta(days=4 + number)
            members.append(rules.nominate(one, nominee, members, nominate_by=None, at=at, today=self.today))
        self.members += members
        self.rows += members
        if standing == "acknowledged":
            rules.acknowledge(one, at=sent + timedelta(days=2))
        if standing == "declined":
            rules.decline(one, "No travel budget this year.", [], at=sent + timedelta(days=3), today=self.today)

    def _nominee(self, part: DelegationPart, language: str, *, confirmed: bool) -> Nominee:
        given, family = next(self.names)
        if not confirmed:
            return Nominee(part=part, language=language)
        number = len(self.members)
        return Nominee(
            part=part,
            given_name=given,
            family_name=family,
            function=FUNCTIONS[number % len(FUNCTIONS)],
            language=language,
            sponsored=number % 5 == 0,
        )

    def decide(self) -> None:
        """The first nominations are decided, the last are waiting."""
        for number, each in enumerate(self.delegations, 1):
            each.id = number
        seating, number = Seating(limits_of(self.plan, self.delegations)), 1
        for who in self.members[:6] + self.members[-5:-1]:
            who.delegation_id = who.delegation.id if who.delegation else None
            if approve(who, seating, number=number, at=self.at - timedelta(days=2)):
                number += 1
        for who in self.members:
            who.delegation_id = None
        for each in self.delegations:
            each.id = None  # type: ignore[assignment]  # the database gives the real ones
        seated = [each for each in self.members if each.standing is ParticipantStatus.APPROVED]
        self.rows.append(ParticipantNeeds(participant=seated[0], diet="Vegetarian", access="Step-free way to the room"))


def of_2005(workshop: Workshop, sessions: Sequence[Session], *, at: datetime) -> list[Model]:
    """The speakers, and two sample delegates of each of some States, all of them there; the final list is published."""
    people = [*speakers(workshop, sessions), *delegates(workshop)]
    for number, who in enumerate(people, 1):
        who.number, who.standing, who.decided_at = number, ParticipantStatus.APPROVED, at
    arrivals = [attendance.check_in(who, None, client_key=public_key(), by=None, at=at) for who in people]
    badges = [attendance.issue(who, [], at=at) for who in people]
    return [*people, *badges, *arrivals]


def speakers(workshop: Workshop, sessions: Sequence[Session]) -> list[Participant]:
    found: dict[tuple[str, str], Participant] = {}
    for session in sessions:
        for each in session.appearances:
            who = Participant(workshop=workshop, category=Category.EXPERT, source=Source.PROGRAMME)
            who.person, who.organisation, who.country, who.function = (
                each.person,
                each.organisation,
                each.country,
                each.function,
            )
            who.given_name, who.family_name = each.person.given_name, each.person.family_name
            who.name_as_listed, who.honorific = each.person.name_as_published, each.person.honorific
            if each.organisation and each.organisation.category:
                who.category = each.organisation.category
            elif each.country:
                who.category = Category.STATE_MEMBER
            found.setdefault((who.given_name, who.family_name), who)
    return list(found.values())


def delegates(workshop: Workshop) -> list[Participant]:
    names = zip(cycle(GIVEN), cycle(FAMILY), strict=False)
    found: list[Participant] = []
    for country in STATES_2005:
        delegation = Delegation(workshop=workshop, category=Category.STATE_MEMBER, country=country)
        delegation.standing = DelegationStatus.NOMINATED
        for position, part in enumerate((DelegationPart.HEAD, DelegationPart.ADVISER), 1):
            given, family = next(names)
            who = Participant(workshop=workshop, category=Category.STATE_MEMBER, country=country, part=part)
            who.delegation = delegation
            who.given_name, who.family_name, who.position = given, family, position
            who.function, who.source = FUNCTIONS[len(found) % len(FUNCTIONS)], Source.NOMINATION
            found.append(who)
    return found


def final_list(workshop: Workshop, people: Sequence[Participant], *, at: datetime) -> ListEdition:
    """As published; the people must have their ids."""
    lines = [
        Line(
            id=who.id,
            family_name=who.family_name,
            given_name=who.given_name,
            name_as_listed=who.name_as_listed,
            honorific=who.honorific,
            function=who.function,
            category=who.category,
            country=who.country,
            organisation=who.organisation.name if who.organisation else {},
            part=who.part,
            position=who.position,
            delegation=who.delegation_id,
        )
        for who in people
    ]
    entries = [each.as_json() for each in lines]
    return ListEdition(
        workshop=workshop, number=1, kind=ListKind.FINAL, entries=entries, published_at=at, as_of=workshop.ends_on
    )
