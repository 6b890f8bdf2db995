"""A list of contacts becomes delegations and registrations; and labels for the envelopes."""

import csv
import io

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.conftest import SignedIn
from tests.participation.delegations.conftest import DESK, Invited
from workshop.participation.delegations.models import Delegation, Participant
from workshop.platform.db import Words, db
from workshop.secretariat.register.models import Category, Organisation, Person
from workshop.secretariat.rosters.models import Contact

ADD = f"{DESK}/delegations/add-contacts"


@pytest.fixture
def contacts(invited: Invited) -> list[Contact]:
    """A State without an address so far, two of one NGO, a ministry, a person alone, and one of whom too little is known."""
    workshop = invited.workshop
    db.session.add(Delegation(workshop=workshop, category=Category.STATE_MEMBER, country="KEN"))
    ngo = make.organisation(name=Words(en="Sample Association"))
    rows = []
    for name, organisation, category, country in (
        ("Envoy", None, Category.STATE_MEMBER, "KEN"),
        ("First", ngo, Category.NGO, ""),
        ("Second", ngo, Category.NGO, ""),
        ("Labour", Organisation(name=Words(en="Ministry of Labour")), Category.STATE_MEMBER, "TUN"),
        ("Alone", None, None, ""),
        ("Unknown", Organisation(name=Words(en="Mystery")), None, ""),
    ):
        person = Person(given_name="Ada", family_name=name)
        row = Contact(workshop=workshop, person=person, email=f"{name.casefold()}@example.org")
        row.organisation, row.category, row.country = organisation, category, country
        rows.append(row)
    db.session.add_all(rows)
    db.session.commit()
    return rows


def test_contacts_become_delegations_once(invited: Invited, contacts: list[Contact], as_: SignedIn) -> None:
    ana = as_("ana")
    page = ana.get(ADD).text
    for said in ("fills in the State on the list", "The category is missing.", "on the list already"):
        assert said in page
    ticked = {"who": [each.id for each in contacts]}
    assert ana.post(ADD, data=ticked).status_code == 302
    kept = {each.email: each for each in db.session.scalars(select(Delegation))}
    assert {each.partition("@")[0] for each in kept} == {"mission", "envoy", "office", "first", "labour", "alone"}
    labour, alone = kept["labour@example.org"], kept["alone@example.org"]
    assert (labour.country, labour.body, labour.is_state) == ("TUN", "Ministry of Labour", True)
    assert (alone.invitee, alone.category) == ("Ada Alone", Category.EXPERT)
    assert kept["envoy@example.org"].contact_name == "Ada Envoy"
    count = len(db.session.scalars(select(Delegation)).all())
    ana.post(ADD, data=ticked)
    assert len(db.session.scalars(select(Delegation)).all()) == count
    assert as_("ben").get(ADD).status_code == 403


def test_organisations_of_the_register_are_invited_all_at_once(
    invited: Invited, contacts: list[Contact], as_: SignedIn
) -> None:
    """Those of the category looked for; one without a category is not, and says so."""
    ana, page = as_("ana"), f"{DESK}/delegations/add-organisations"
    seen = ana.get(page).text
    for said in ("Sample Association", "The category is missing.", "on the list already"):
        assert said in seen
    for organisation in db.session.scalars(select(Organisation)):
        organisation.email = "body@example.org"
    assert contacts[1].organisation is not None
    contacts[1].organisation.category = Category.NGO
    db.session.commit()
    assert "Mystery" not in ana.get(f"{page}?category=ngo").text
    for _twice in range(2):
        assert ana.post(f"{page}?category=ngo", data={"all": "1"}).status_code == 302
    added = db.session.scalars(select(Delegation).where(Delegation.email == "body@example.org")).all()
    assert [each.name_in("en") for each in added] == ["Sample Association"]
    assert as_("ben").get(page).status_code == 403


def test_contacts_are_registered_once(invited: Invited, contacts: list[Contact], as_: SignedIn) -> None:
    ana = as_("ana")
    ticked = {"who": [each.id for each in contacts[:3]]}
    for _twice in range(2):
        assert ana.post(f"{DESK}/add-contacts", data=ticked).status_code == 302
    people = db.session.scalars(select(Participant).order_by(Participant.id)).all()
    assert [(each.family_name, each.standing.value, each.email) for each in people] == [
        ("Envoy", "submitted", "envoy@example.org"),
        ("First", "submitted", "first@example.org"),
        ("Second", "submitted", "second@example.org"),
    ]
    assert ana.get(f"{DESK}/add-contacts").text.count("registered already") == 3


def test_labels_for_mail_merge(invited: Invited, as_: SignedIn) -> None:
    invited.tunisia.body = "=HYPERLINK()"
    db.session.commit()
    rows = list(csv.reader(io.StringIO(as_("ana").get(f"{DESK}/labels.csv").data.decode("utf-8-sig"))))
    by_email = {row[-2]: row for row in rows[1:]}
    assert by_email["mission@example.org"][:2] == [
        "Mission permanente de la République tunisienne",
        "'=HYPERLINK()",
    ]
    assert {len(row) for row in rows} == {len(rows[0])}
