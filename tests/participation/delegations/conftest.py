"""A workshop to come with two delegations, and the links to them."""

from dataclasses import dataclass
from datetime import date

import pytest

from tests import factories as make
from tests.cast import Company
from workshop.participation.delegations.models import Delegation, ParticipationPlan
from workshop.platform.db import Words, db
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Workshop

DESK = "/workshops/w/desk/participants"
KEY = "test"


@dataclass
class Invited:
    """Tunisia, written to in French, and an association, in English; each with its secret."""

    workshop: Workshop
    plan: ParticipationPlan
    tunisia: Delegation
    office: Delegation
    token: str
    other_token: str


@pytest.fixture
def invited(company: Company) -> Invited:
    workshop = company.workshop
    workshop.starts_on, workshop.ends_on = date(2090, 3, 2), date(2090, 3, 3)
    workshop.title = Words(en="Migration and data", fr="Migrations et données", es="Migración y datos")
    workshop.place = Words(en="Geneva", fr="Genève", es="Ginebra")
    workshop.contact_email = "secretariat@example.org"
    plan = ParticipationPlan(workshop=workshop, delegation_seats=3, reference_prefix="IDM")
    plan.sender = Words(en="the Secretariat of Examples", fr="le Secrétariat des exemples")
    tunisia = Delegation(workshop=workshop, category=Category.STATE_MEMBER, country="TUN")
    tunisia.email, tunisia.language = "mission@example.org", "fr"
    office = Delegation(workshop=workshop, category=Category.NGO, organisation=make.organisation())
    office.email = "office@example.org"
    tokens = [each.renew_link(KEY) for each in (tunisia, office)]
    db.session.add_all([plan, tunisia, office])
    db.session.commit()
    return Invited(workshop, plan, tunisia, office, *tokens)


def member(**but: object) -> dict[str, object]:
    """What a focal point sends of one member."""
    return {
        "part": "head",
        "given_name": "Amina",
        "family_name": "Ben Sample",
        "language": "fr",
        "interpreter": "none",
        "function-fr": "Directrice",
    } | but
