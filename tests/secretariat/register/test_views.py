"""The register of organisations: found by any name, corrected, and merged with care."""

import pytest
from flask import Flask

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import matched, there
from tests.programme.speakers.conftest import Meeting, meeting, place_of
from workshop.platform.db import Words, db
from workshop.secretariat.register.models import Category, Organisation, OrganisationAlias

__all__ = ["meeting"]
DESK = "/workshops/w/desk/organisations"


@pytest.fixture
def office(meeting: Meeting) -> Organisation:
    return there(place_of(meeting.ines).organisation)


@pytest.fixture
def bureau(app: Flask) -> Organisation:
    row = make.organisation(name=Words(en="Bureau of Émigré Affairs", fr="Bureau des émigrés"), category=Category.IGO)
    db.session.add_all([row, OrganisationAlias(organisation=row, name="BEA")])
    db.session.commit()
    return row


def test_it_is_found_by_any_of_its_names(as_: SignedIn, office: Organisation, bureau: Organisation) -> None:
    ana = as_("ana")
    page = ana.get(DESK).text
    assert "Office of Examples" in page
    assert "Bureau of" not in page
    for words in ("bea", "emigre", "DES ÉMIGRÉS"):
        page = ana.get(f"{DESK}?find={words}").text
        assert "Bureau of Émigré Affairs" in page
        assert "Office of Examples" not in page
    assert "No organisation with that name." in ana.get(f"{DESK}?find=zzz").text


def test_name_category_and_country_are_edited(as_: SignedIn, office: Organisation) -> None:
    ana, page = as_("ana"), f"{DESK}/{office.id}"
    seen = matched(r'name="seen"[^>]*value="(\w+)"', ana.get(page).text)[1]
    form = {
        "seen": seen,
        "name-en": "Office of Examples",
        "name-fr": "Bureau des exemples",
        "category": "un",
        "country": "CHE",
    }
    assert ana.post(page, data=form).status_code == 302
    db.session.expire_all()
    assert (office.name, office.category, office.country) == (
        {"en": "Office of Examples", "fr": "Bureau des exemples"},
        Category.UN,
        "CHE",
    )
    assert ana.post(page, data=form | {"category": ""}).status_code == 409


def test_aliases_come_and_go_and_lead_to_one(as_: SignedIn, office: Organisation, bureau: Organisation) -> None:
    ana, page = as_("ana"), f"{DESK}/{office.id}"
    assert ana.post(f"{page}/aliases", data={"alias": "OEX"}).status_code == 302
    assert "known by this name already" in ana.post(f"{page}/aliases", data={"alias": "oex"}).text
    assert "belongs to “Bureau of Émigré Affairs”" in ana.post(f"{page}/aliases", data={"alias": "bea"}).text
    assert "Write the name first" in ana.post(f"{page}/aliases", data={"alias": " "}).text
    alias = db.session.scalars(db.select(OrganisationAlias).where(OrganisationAlias.name == "OEX")).one()
    ana.post(f"{page}/aliases/{alias.id}/remove")
    assert db.session.scalars(db.select(OrganisationAlias.name)).all() == ["BEA"]


def test_merging_says_what_moves_and_keeps_every_name(
    as_: SignedIn, meeting: Meeting, office: Organisation, bureau: Organisation
) -> None:
    ana, address = as_("ana"), f"{DESK}/{office.id}/merge/{bureau.id}"
    db.session.add(OrganisationAlias(organisation=office, name="OEX"))
    page = ana.get(address).text
    assert "Ines SYNTHETIC" in page
    assert "Other names: OEX" in page
    assert "cannot be undone" in page
    assert db.session.scalars(db.select(Organisation)).all() == [office, bureau]
    ana.post(address)
    db.session.expire_all()
    assert db.session.scalars(db.select(Organisation)).all() == [bureau]
    assert place_of(meeting.ines).organisation is bureau
    assert sorted(db.session.scalars(db.select(OrganisationAlias.name))) == ["BEA", "OEX", "Office of Examples"]
    assert set(db.session.scalars(db.select(OrganisationAlias.organisation_id))) == {bureau.id}


def test_what_another_workshop_relies_on_is_not_changed_from_here(
    as_: SignedIn, company: Company, meeting: Meeting, office: Organisation, bureau: Organisation
) -> None:
    elsewhere = make.session(workshop=company.other_workshop)
    elsewhere.appearances.append(make.appearance(person=make.person(), organisation=bureau))
    db.session.add(elsewhere)
    db.session.commit()
    ana = as_("ana")
    for address in (f"{DESK}/{office.id}/merge/{bureau.id}", f"{DESK}/{bureau.id}/merge/{office.id}"):
        ana.post(address)
    assert db.session.scalars(db.select(Organisation)).all() == [office, bureau]
    page = f"{DESK}/{bureau.id}"
    seen = matched(r'name="seen"[^>]*value="(\w+)"', ana.get(page).text)[1]
    refused = ana.post(page, data={"seen": seen, "name-en": "Mine now", "category": "", "country": ""})
    assert "a workshop that you do not organise" in refused.text
    db.session.expire_all()
    assert bureau.name["en"] == "Bureau of Émigré Affairs"


def test_a_typed_name_or_acronym_finds_the_organisation(as_: SignedIn, meeting: Meeting, bureau: Organisation) -> None:
    form = {
        "given_name": "New",
        "family_name": "Person",
        "organisation": "bea",
        "country": "",
        "part": "speaker",
        "item": "",
    }
    as_("ana").post("/workshops/w/desk/agenda/sessions/1/people/new", data=form)
    db.session.expire_all()
    assert [who.organisation for who in meeting.session.appearances if who.person.family_name == "Person"] == [bureau]
