"""What belongs to another workshop's draft is on no page of somebody who has no part in it, and on none of a stranger's."""

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn
from tests.platform.test_access import address_of, filled
from tests.test_shape import views_of
from workshop.consultation.questionnaires.models import Recipient
from workshop.participation.delegations.models import Delegation, Participant
from workshop.platform.db import Words, db
from workshop.secretariat.register.models import Category, OrganisationAlias
from workshop.secretariat.rosters.models import Contact
from workshop.secretariat.series.models import Visibility

__all__ = ["filled"]
pytestmark = pytest.mark.on_one_database("what a page shows does not differ by database")
# Found by their words on any page that searches, lists or suggests.
ASKING = "find=Canary&q=Canary&organisation=Canary&query=Canary"


@pytest.fixture
def canaries(company: Company) -> None:
    """In a workshop that is prepared elsewhere, whatever uses people and organisations, each under a name of its own."""
    other = company.other_workshop
    other.title = other.short_title = Words(en="Canary workshop")
    other.visibility = Visibility.PRIVATE

    def office(name: str) -> Any:
        return make.organisation(name=Words(en=f"Canary office {name}"))

    session = make.session(workshop=other, title=Words(en="Canary session"), questions=[make.question("Canary why?")])
    speaker = make.person(given_name="Speaker", family_name="Canary")
    session.appearances.append(make.appearance(person=speaker, organisation=office("of a speaker")))
    asked = make.questionnaire(workshop=other, title=Words(en="Canary questionnaire"))
    invited = Delegation(workshop=other, category=Category.NGO, organisation=office("invited"))
    seated = Participant(workshop=other, category=Category.NGO, given_name="Seated", family_name="Canary", number=1)
    seated.organisation = office("of a participant")
    contact = Contact(workshop=other, person=make.person(family_name="Canary contact"), email="canary@example.org")
    contact.organisation = office("of a contact")
    wanted = Recipient(questionnaire=asked, name="Canary recipient", email="r@example.org", language="en", key="canary")
    wanted.organisation = office("asked")
    alias = OrganisationAlias(organisation=contact.organisation, name="Canary alias")
    paper = make.document(workshop=other, session=session, title=Words(en="Canary paper"))
    group = make.group(workshop=other, session=session, number=1, topic=Words(en="Canary topic"))
    db.session.add_all([session, asked, invited, seated, contact, wanted, alias, paper, group])
    db.session.commit()


def addresses(app: Flask, filled: dict[str, Any]) -> list[str]:
    """Every page and file that can be asked for, in the workshop where Ana is."""

    def values(rule: Rule) -> dict[str, Any]:
        return filled | ({"id": filled["organisation"]} if "organisations/" in rule.rule else {})

    readable = [rule for rule in views_of(app) if "GET" in (rule.methods or ()) and "sign-out" not in rule.rule]
    return [address_of(rule, values(rule)) for rule in readable]


CANARY = re.compile(
    r"canary (workshop|session|why|questionnaire|office|contact|recipient|alias|paper|topic)|(speaker|seated) canary",
    re.I,
)


def pages_with_canaries(client: CheckedClient, app: Flask, filled: dict[str, Any]) -> list[str]:
    answers = {address: client.get(f"{address}?{ASKING}") for address in addresses(app, filled)}
    assert sum(answer.status_code == 200 for answer in answers.values()) > 20
    return [address for address, answer in answers.items() if CANARY.search(answer.data.decode(errors="replace"))]


def test_an_organiser_sees_nothing_of_workshops_that_are_not_hers(
    app: Flask, filled: dict[str, Any], as_: SignedIn, canaries: None
) -> None:
    assert pages_with_canaries(as_("ana"), app, filled) == []


def test_a_stranger_sees_nothing_of_a_draft(app: Flask, filled: dict[str, Any], as_: SignedIn, canaries: None) -> None:
    assert pages_with_canaries(as_("nobody"), app, filled) == []


def test_its_own_organiser_sees_all_of_it(as_: SignedIn, canaries: None) -> None:
    """Or the two above would prove nothing."""
    oto, desk = as_("oto"), "/workshops/other/desk"
    assert "Canary session" in oto.get(f"{desk}/agenda").text
    listed = oto.get(f"{desk}/organisations").text
    for name in ("of a speaker", "invited", "of a participant", "of a contact", "asked"):
        assert f"Canary office {name}" in listed, name
    assert "Canary alias" in listed
