"""The list of a break-out session, filled from those who have a seat in the workshop."""

from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.participation.registration.conftest import somebody
from workshop.deliberation.allocation.models import SeatedPerson
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.db import db
from workshop.programme.agenda.formats import Format

SEATS = "/workshops/w/desk/breakouts/seats/5"


def test_everybody_with_a_seat_is_added_once_and_sex_is_not_passed_on(company: Company, as_: SignedIn) -> None:
    db.session.add(make.session(workshop=company.workshop, number=5, format=Format.BREAKOUT))
    db.session.add_all(
        somebody(company.workshop, family_name=name, country="TUN", language="fr", sex="f", standing=standing)
        for name, standing in (("One", ParticipantStatus.APPROVED), ("Two", ParticipantStatus.WAITING))
    )
    db.session.commit()
    ana = as_("ana")
    assert "Add everyone who is registered" in ana.get(f"{SEATS}/people").text
    for _twice in range(2):
        assert ana.post(f"{SEATS}/people/registered").location == SEATS
    found = db.session.scalars(select(SeatedPerson)).one()
    assert (found.name, found.region, found.languages, found.sex) == ("Ada One", "Africa", ["fr"], None)
    assert "On the list already: 1." in ana.get(SEATS).text
    assert as_("dov").post(f"{SEATS}/people/registered").status_code in (403, 404)
