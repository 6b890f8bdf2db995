"""A translator of a workshop: finds what is missing, translates part by part, and writes nothing else."""

import re

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.models import Membership, Role

ALL = "/workshops/w/desk/translations"


@pytest.fixture
def session(company: Company) -> Session:
    """Session 1 in English; Dov translates the workshop, which is held in English and French."""
    company.workshop.languages = ["en", "fr"]
    company.workshop.objectives = [Words(en="To learn")]
    row = make.session(workshop=company.workshop, title=Words(en="Opening"), questions=[make.question("What works?")])
    row.items.append(make.item(title=Words(en="A talk")))
    db.session.add_all([row, Membership(user=company.dov, workshop=company.workshop, role=Role.TRANSLATOR)])
    db.session.commit()
    return row


def sent(page: str, **typed: str) -> dict[str, str]:
    """What a browser sends of this page: each of its texts, with what is typed in those that say this in the source."""
    found = {
        name: value.lstrip("\n") for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<', page)
    }
    marks = dict(re.findall(r'name="(seen|opened)"[^>]* value="([^"]*)"', page))
    fields = {
        source.strip(): name
        for source, name in re.findall(
            r'<p class="told"[^>]*>\s*([^<]+)</p>.*?<textarea[^>]* name="([^"]+)"', page, re.S
        )
    }
    return marks | found | {fields[source.replace("_", " ")]: text for source, text in typed.items()}


def test_her_front_page_leads_to_what_is_missing(as_: SignedIn, session: Session) -> None:
    dov = as_("dov")
    front = dov.get("/workshops/w/desk/").text
    assert "Texts in French" in front
    assert front.count(f'href="{ALL}"') >= 2, "to do, and a place of the workspace"
    listed = dov.get(ALL).text
    assert f'href="{ALL}/fr/session-1"' in listed
    assert "3 missing" in listed


def test_she_translates_a_part_and_nothing_else_changes(as_: SignedIn, session: Session) -> None:
    dov, address, before = as_("dov"), f"{ALL}/fr/session-1", session.revision
    page = dov.get(address).text
    answer = dov.post(address, data=sent(page, Opening="Ouverture", A_talk="Un exposé") | {"then": "next"})
    assert answer.status_code == 302
    db.session.expire_all()
    assert session.title == {"en": "Opening", "fr": "Ouverture"}
    assert session.items[0].title == {"en": "A talk", "fr": "Un exposé"}
    assert session.questions[0].text == {"en": "What works?"}
    assert len(session.questions[0].wordings) == 1
    assert session.revision > before, "an open form of the session is stale now"
    assert "1 missing" in dov.get(address).text


def test_lists_of_texts_and_rooms(as_: SignedIn, company: Company, session: Session) -> None:
    room = make.room(workshop=company.workshop, name="Room A")
    db.session.add(room)
    db.session.commit()
    dov = as_("dov")
    page = dov.get(f"{ALL}/fr/about").text
    assert dov.post(f"{ALL}/fr/about", data=sent(page, To_learn="Apprendre")).status_code == 302
    page = dov.get(f"{ALL}/fr/rooms").text
    assert dov.post(f"{ALL}/fr/rooms", data=sent(page, Room_A="Salle A")).status_code == 302
    db.session.expire_all()
    assert company.workshop.objectives == [{"en": "To learn", "fr": "Apprendre"}]
    assert (room.name, room.names) == ("Room A", {"fr": "Salle A"})


def test_two_who_translate_the_same_are_shown_both(as_: SignedIn, session: Session) -> None:
    dov, ana, address = as_("dov"), as_("ana"), f"{ALL}/fr/session-1"
    first, second = dov.get(address).text, ana.get(address).text
    assert dov.post(address, data=sent(first, Opening="Ouverture")).status_code == 302
    clash = ana.post(address, data=sent(second, Opening="Accueil"))
    assert clash.status_code == 409
    assert "Ouverture" in clash.text
    assert "Accueil" in clash.text


def test_who_may(as_: SignedIn, company: Company, session: Session) -> None:
    assert as_("ben").get(ALL).status_code == 403
    assert as_("oto").get(ALL).status_code == 404
    dov = as_("dov")
    assert dov.get(f"{ALL}/en/about").status_code == 404, "the working language is written where the thing is edited"
    assert dov.get(f"{ALL}/fr/session-9").status_code == 404
    assert dov.get("/workshops/w/desk/agenda/sessions/1").status_code == 403


@pytest.mark.parametrize("length", [2, 12])
def test_a_fixed_number_of_statements(as_: SignedIn, company: Company, session: Session, length: int) -> None:
    for number in range(2, length):
        db.session.add(make.session(workshop=company.workshop, number=number, questions=[make.question("Why?")]))
    db.session.commit()
    dov = as_("dov")
    with count_statements() as statements:
        dov.get(ALL)
    assert len(statements) <= 10
