"""Columns of a list that say what somebody is to be registered as."""

import io
import re

import openpyxl
from sqlalchemy import select

from tests.conftest import SignedIn
from tests.fetching import fetched
from tests.participation.registration.conftest import DESK, Invited
from workshop.participation.delegations.models import Participant
from workshop.platform.db import db
from workshop.secretariat.rosters.models import Contact


def test_a_list_says_what_participants_are_in_their_delegation_and_what_they_need(
    invited: Invited, as_: SignedIn
) -> None:
    """Imported twice it changes nothing; what cannot be read is said row by row, and those registered are all of that."""
    ana = as_("ana")
    rows = "First name;Last name;Delegation part;City;Sponsored;Visa letter;Category;Interprétation\n"
    rows += "Lea;Muster;Chef de délégation;Tunis;oui;no;ngo;Vient avec un interprète\nTom;Beispiel;Adviser;;;;ngo;yes\n"
    rows += "Ana;Modelo;Boss;;;;ngo;\nIda;Muestra;;;maybe;;ngo;\nUma;Exemple;;;;;ngo;perhaps\n"
    contact_desk = "/workshops/w/desk/contacts"
    for _twice in range(2):
        sent = {"file": (io.BytesIO(rows.encode()), "people.csv")}
        address = ana.post(f"{contact_desk}/import", data=sent).headers["Location"]
        page = ana.get(address).text
        for said in (
            "The part in the delegation “Boss” is not known.",
            "“maybe” is neither yes nor no.",
            "“perhaps” is no answer about interpretation",
        ):
            assert said in page
        if found := re.search(r'name="seen" value="(\w+)"', page):
            ana.post(f"{address}/take", data={"seen": found[1]})
    kept = db.session.scalars(select(Contact).order_by(Contact.id)).all()
    assert [each.details for each in kept] == [
        {"part": "head", "place": "Tunis", "sponsored": "yes", "interpreter": "brought"},
        {"part": "adv", "interpreter": "needed"},
    ]
    assert "Tunis" in ana.get(f"{contact_desk}/{kept[0].id}").text
    ana.post(f"{DESK}/add-contacts", data={"who": [each.id for each in kept]})
    people = db.session.scalars(select(Participant).order_by(Participant.id)).all()
    assert [
        (each.part.value, each.place, each.sponsored, each.needs_visa, each.interpreter.value) for each in people
    ] == [
        ("head", "Tunis", True, False, "brought"),
        ("adv", "", False, False, "needed"),
    ]
    cells = [*openpyxl.load_workbook(io.BytesIO(fetched(ana, f"{DESK}.xlsx").data)).active.values]
    columns = [cells[0].index(name) for name in ("Interpretation", "Travel paid by the secretariat")]
    assert [[row[place] for place in columns] for row in cells[1:]] == [
        ["Brings an interpreter", "yes"],
        ["Interpretation needed", None],
    ]
