"""The register of organisations: found by any name, corrected, and merged with care."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import matched, there
from tests.programme.speakers.conftest import Meeting, meeting, place_of
from workshop.participation.attendance.models import CheckIn
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.db import Words, db, now
from workshop.secretariat.register import queries
from workshop.secretariat.register.models import Category, Organisation, OrganisationAlias, OrganisationMerge
from workshop.secretariat.register.organisation_merging import pointing_columns
from workshop.secretariat.register.tasks import forget_merges
from workshop.secretariat.series.models import Membership, Role, Workshop

__all__ = ["meeting"]
DESK = "/workshops/w/desk/organisations"


@pytest.fixture
def office(meeting: Meeting) -> Organisation:
    return there(place_of(meeting.ines).organisation)


@pytest.fixture
def bureau(company: Company) -> Organisation:
    """Used by another workshop that Ana organises."""
    row = make.organisation(name=Words(en="Bureau of Émigré Affairs", fr="Bureau des émigrés"), category=Category.IGO)
    place = make.workshop(slug="second", series=company.workshop.series)
    session = make.session(workshop=place)
    session.appearances.append(make.appearance(person=make.person(family_name="Emigrant"), organisation=row))
    own = Membership(user=company.ana, workshop=place, role=Role.ORGANISER)
    db.session.add_all([row, session, own, OrganisationAlias(organisation=row, name="BEA")])
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
    assert "undo this for 30 days" in page
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


def test_merging_can_be_undone(as_: SignedIn, meeting: Meeting, office: Organisation, bureau: Organisation) -> None:
    ana = as_("ana")
    office.country, office.email = "TUN", "office@example.org"
    db.session.add(OrganisationAlias(organisation=office, name="OEX"))
    db.session.commit()
    ana.post(f"{DESK}/{office.id}/merge/{bureau.id}")
    db.session.expire_all()
    assert (bureau.country, bureau.email) == ("TUN", "office@example.org")
    page = ana.get(f"{DESK}/{bureau.id}").text
    assert "Undo the merge" in page
    made = db.session.scalars(db.select(OrganisationMerge)).one()
    undo = f"{DESK}/{bureau.id}/merges/{made.id}/undo"
    answer = ana.post(undo, follow_redirects=True)
    assert "two organisations again" in answer.text
    db.session.expire_all()
    again = place_of(meeting.ines).organisation
    assert again
    assert (again.name, again.country, again.email) == ({"en": "Office of Examples"}, "TUN", "office@example.org")
    assert (bureau.country, bureau.email, bureau.category) == ("", "", Category.IGO)
    names = {(each.organisation_id, each.name) for each in db.session.scalars(db.select(OrganisationAlias))}
    assert names == {(again.id, "OEX"), (bureau.id, "BEA")}
    assert db.session.scalars(db.select(OrganisationMerge)).all() == []
    assert ana.post(undo).status_code == 404


def test_two_merges_in_a_row_are_undone_one_after_the_other(
    as_: SignedIn, company: Company, meeting: Meeting, office: Organisation, bureau: Organisation
) -> None:
    ana = as_("ana")
    third = make.organisation(name=Words(en="Third of Examples"))
    meeting.session.appearances.append(make.appearance(person=make.person(family_name="Three"), organisation=third))
    db.session.commit()
    ana.post(f"{DESK}/{office.id}/merge/{bureau.id}")
    ana.post(f"{DESK}/{bureau.id}/merge/{third.id}")
    for name in ("Bureau of Émigré Affairs", "Office of Examples"):
        made = db.session.scalars(db.select(OrganisationMerge).order_by(OrganisationMerge.id.desc())).first()
        assert made
        assert made.merged["name"]["en"] == name
        assert ana.post(f"{DESK}/{made.organisation_id}/merges/{made.id}/undo").status_code == 302
        db.session.expire_all()
    named = {each.name["en"] for each in db.session.scalars(db.select(Organisation))}
    assert named == {"Bureau of Émigré Affairs", "Office of Examples", "Third of Examples"}
    restored = place_of(meeting.ines).organisation
    assert restored
    assert restored.name["en"] == "Office of Examples"


def test_after_thirty_days_a_merge_stays(
    as_: SignedIn, meeting: Meeting, office: Organisation, bureau: Organisation
) -> None:
    ana = as_("ana")
    ana.post(f"{DESK}/{office.id}/merge/{bureau.id}")
    made = db.session.scalars(db.select(OrganisationMerge)).one()
    made.at -= timedelta(days=31)
    db.session.commit()
    assert "Undo the merge" not in ana.get(f"{DESK}/{bureau.id}").text
    assert ana.post(f"{DESK}/{bureau.id}/merges/{made.id}/undo").status_code == 404
    forget_merges()
    assert db.session.scalars(db.select(OrganisationMerge)).all() == []


@pytest.fixture
def foreign(company: Company) -> Organisation:
    """Used by the other workshop alone, in a draft."""
    row = make.organisation(name=Words(en="Covert Agency"))
    session = make.session(workshop=company.other_workshop, number=7, title=Words(en="Covert session"))
    session.appearances.append(make.appearance(person=make.person(family_name="Stealthy"), organisation=row))
    db.session.add_all([session, OrganisationAlias(organisation=row, name="COVAG")])
    db.session.commit()
    return row


def test_what_only_another_workshop_uses_is_not_there(
    as_: SignedIn, meeting: Meeting, office: Organisation, foreign: Organisation
) -> None:
    ana, oto = as_("ana"), as_("oto")
    assert "Covert" not in ana.get(f"{DESK}?find=covert").text.replace('value="covert"', "")
    assert ana.get(f"{DESK}/{foreign.id}").status_code == 404
    assert ana.post(f"{DESK}/{foreign.id}/aliases", data={"alias": "X"}).status_code == 404
    for address in (f"{DESK}/{office.id}/merge/{foreign.id}", f"{DESK}/{foreign.id}/merge/{office.id}"):
        assert (ana.get(address).status_code, ana.post(address).status_code) == (404, 404)
    for page in (f"{DESK}/{office.id}", "/workshops/w/desk/agenda/sessions/1/people/new"):
        assert not re.search("covert|covag|stealthy", ana.get(page).text, re.IGNORECASE), page
    refused = ana.post(f"{DESK}/{office.id}/aliases", data={"alias": "covag"}).text
    assert "an organisation that your workshops do not use" in refused
    assert "Covert" not in refused
    assert "Covert Agency" in oto.get("/workshops/other/desk/organisations?find=cov").text


def test_what_another_workshop_uses_too_is_shown_without_that_workshop(
    as_: SignedIn, company: Company, meeting: Meeting, office: Organisation
) -> None:
    elsewhere = make.session(workshop=company.other_workshop, number=7, title=Words(en="Covert session"))
    elsewhere.appearances.append(make.appearance(person=make.person(family_name="Stealthy"), organisation=office))
    company.other_workshop.short_title = Words(en="Covert workshop")
    db.session.add(elsewhere)
    db.session.commit()
    page = as_("ana").get(f"{DESK}/{office.id}").text
    assert "Another workshop uses it too" in page
    assert "Ines SYNTHETIC" in page
    assert not re.search("covert|stealthy|session 7", page, re.IGNORECASE)


def test_every_table_that_points_to_an_organisation_shows_it_to_its_workshop(app: Flask) -> None:
    """Else an organisation would be hidden from those who use it."""
    statements = [str(ids) for ids in queries.organisation_ids_in(db.select(Workshop.id))]
    asked = {matched(r"SELECT (\w+)\.organisation_id", statement)[1] for statement in statements}
    pointing = {name.partition(".")[0] for name in pointing_columns()}
    assert pointing - asked == {"organisation_alias", "organisation_merge", "organisation"}


def test_an_umbrella_body_lists_its_members_and_nothing_is_a_member_of_itself(
    as_: SignedIn, office: Organisation, bureau: Organisation
) -> None:
    ana = as_("ana")
    own = {"name-en": "Office of Examples", "category": "", "country": "", "umbrella": str(bureau.id)}
    assert ana.fill(f"{DESK}/{office.id}", own).status_code == 302
    assert "Office of Examples" in ana.get(f"{DESK}/{bureau.id}").text.partition("Members")[2].partition("Appears")[0]
    above = {"name-en": "Bureau", "category": "igo", "country": "", "umbrella": str(office.id)}
    assert "cannot be a member of itself" in ana.fill(f"{DESK}/{bureau.id}", above).text
    db.session.expire_all()
    assert (office.umbrella, bureau.umbrella) == (bureau, None)


def test_a_merge_makes_nothing_its_own_member_and_can_be_undone(
    as_: SignedIn, office: Organisation, bureau: Organisation
) -> None:
    ana = as_("ana")
    office.umbrella = bureau
    db.session.commit()
    number = office.id
    ana.post(f"{DESK}/{number}/merge/{bureau.id}")
    db.session.expire_all()
    assert bureau.umbrella_id is None
    made = db.session.scalars(queries.merges(bureau, now() - timedelta(days=1))).one()
    ana.post(f"{DESK}/{bureau.id}/merges/{made.id}/undo")
    again = next(
        each for each in db.session.scalars(queries.organisations()) if "Office of Examples" in each.name.values()
    )
    assert again.umbrella_id == bureau.id


def test_a_name_has_its_language_and_an_acronym_has_none(as_: SignedIn, office: Organisation) -> None:
    ana, page = as_("ana"), f"{DESK}/{office.id}"
    ana.post(f"{page}/aliases", data={"alias": "Oficina de Ejemplos", "in_language": "es"})
    ana.post(f"{page}/aliases", data={"alias": "OEX", "in_language": ""})
    shown = ana.get(page).text
    assert '<bdi lang="es">Oficina de Ejemplos</bdi>' in shown
    assert "<bdi>OEX</bdi>" in shown


def test_it_says_who_came_for_it_to_which_workshop(as_: SignedIn, company: Company, office: Organisation) -> None:
    for name, has_come in (("Comer", True), ("Absent", False)):
        who = Participant(workshop=company.workshop, category=Category.NGO, family_name=name, organisation=office)
        who.standing = ParticipantStatus.APPROVED
        db.session.add(who)
        db.session.flush()
        if has_come:
            db.session.add(CheckIn(workshop=company.workshop, participant=who, at=now(), client_key="k"))
    db.session.commit()
    rows = as_("ana").get(f"{DESK}/{office.id}").text.partition("Appears with")[2]
    found = {name: re.sub(r"<[^>]*>|\s+", " ", rows.partition(name.upper())[2][:200]) for name in ("Comer", "Absent")}
    assert "came" in found["Comer"]
    assert "approved" in found["Absent"]


def test_the_list_is_narrowed_by_category(as_: SignedIn, office: Organisation, bureau: Organisation) -> None:
    ana = as_("ana")
    assert "Bureau of" in ana.get(f"{DESK}?find=e&category=igo").text
    assert "Office of" not in ana.get(f"{DESK}?find=e&category=igo").text
    assert "Office of" in ana.get(f"{DESK}?find=e&category=nonsense").text
