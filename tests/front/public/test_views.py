import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.consultation.findings.models import Snapshot
from workshop.demonstration import agenda_2005 as demonstration
from workshop.demonstration.agenda_2005 import Programme
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.queries import sessions
from workshop.programme.groups.models import Group
from workshop.programme.groups.queries import groups
from workshop.programme.papers.models import Document, Kind, State
from workshop.programme.releases import rules as releases_rules
from workshop.secretariat.series.models import Role, Visibility, Workshop


def publish(workshop: Workshop, previous: int = 0) -> None:
    db.session.flush()
    db.session.expire_all()
    draft = db.session.scalars(sessions(workshop)).all()
    formed = db.session.scalars(groups(workshop.id)).all()
    db.session.add(releases_rules.publish(workshop, draft, previous=previous, at=now(), groups=formed))
    db.session.commit()


@pytest.fixture
def programme(app: Flask) -> Programme:
    """The workshop of 2005, published."""
    programme = demonstration.read(at=now())
    db.session.add_all(programme)
    publish(programme.workshop)
    return programme


def test_index_lists_published_workshops_by_series(client: FlaskClient, company: Company) -> None:
    company.other_workshop.visibility = Visibility.PRIVATE
    page = client.get("/").text
    assert "A series" in page
    assert 'href="/workshops/w/"' in page
    assert "/workshops/other/" not in page


def test_index_says_so_when_there_is_nothing(client: FlaskClient) -> None:
    assert "No workshop has been published yet" in client.get("/").text


def test_series_lists_its_workshops(client: FlaskClient, company: Company) -> None:
    page = client.get("/series/s/").text
    assert 'href="/workshops/w/"' in page
    assert client.get("/series/none/").status_code == 404


def test_workshop_hides_what_is_empty(client: FlaskClient, company: Company) -> None:
    page = client.get("/workshops/w/").text
    assert "A workshop on something" in page
    assert "/workshops/w/agenda" not in page
    assert "/workshops/w/papers" not in page
    assert "/workshops/w/reports" not in page


def test_a_workshop_not_published_is_not_there(client: FlaskClient, company: Company) -> None:
    company.workshop.visibility = Visibility.PRIVATE
    for address in ("", "agenda", "speakers", "papers", "reports"):
        assert client.get(f"/workshops/w/{address}").status_code == 404


def test_agenda_of_2005_has_everything_the_source_has(client: FlaskClient, programme: Programme) -> None:
    page = client.get("/workshops/migration-and-development-2005/agenda").text
    assert page.count('<article class="session"') == 9
    assert page.count("Discussant:") == 3
    assert page.count("Discussion paper") == 4
    assert page.count("No document provided") == 2
    for name in ("Ndioro Ndiaye", "Tahar Fellous Refai", "Hans-Werner Mundt", "Gervais Appave", "Kathleen Newland"):
        assert name in page
    for question in ("What works?", "Which traps exist and how are they avoided?", "What explains the effect?"):
        assert question in page
    assert "10:00" in page
    assert "Wednesday 2 February" in page


def test_titles_in_another_language_say_so(client: FlaskClient, programme: Programme) -> None:
    page = client.get("/workshops/migration-and-development-2005/agenda?lang=en").text
    assert '<span lang="fr" dir="ltr">Le Codeveloppment: Presentation Generale</span>' in page
    french = client.get("/workshops/migration-and-development-2005/agenda?lang=fr").text
    assert "Le Codeveloppment: Presentation Generale" in french
    assert '<span lang="fr"' not in french
    assert '<span lang="en" dir="ltr">Migration and the Millenium Development Goals</span>' in french
    assert "mercredi 2 février" in french


def test_speakers_of_2005(client: FlaskClient, programme: Programme) -> None:
    page = client.get("/workshops/migration-and-development-2005/speakers").text
    assert page.count("<h2><bdi>") == 15
    assert page.count("country not named in the source") == 2
    assert page.index("APPAVE") < page.index("BLACK") < page.index("CHIKEZI")


def test_papers_of_2005(client: FlaskClient, programme: Programme) -> None:
    page = client.get("/workshops/migration-and-development-2005/papers").text
    counts = {kind: page.count(f"{kind} <span") for kind in ("Discussion paper", "Statement", "Presentation")}
    assert counts == {"Discussion paper": 4, "Statement": 4, "Presentation": 6}
    assert page.count("No document provided") == 2


def test_agenda_shows_the_release_and_not_the_draft(client: FlaskClient, company: Company) -> None:
    session = make.session(workshop=company.workshop, title=Words(en="Before"))
    db.session.add(session)
    publish(company.workshop)
    session.title = Words(en="After")
    assert "Before" in client.get("/workshops/w/agenda").text
    publish(company.workshop, previous=1)
    page = client.get("/workshops/w/agenda").text
    assert "After" in page
    assert "Rev. 1" in page


def test_agenda_without_a_release_is_not_there(client: FlaskClient, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop))
    assert client.get("/workshops/w/agenda").status_code == 404


def test_agenda_without_times_lists_sessions_under_no_day(client: FlaskClient, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop))
    publish(company.workshop)
    assert "Time to be announced" in client.get("/workshops/w/agenda").text


def test_times_are_those_of_the_place(client: FlaskClient, company: Company) -> None:
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    db.session.add(make.session(workshop=company.workshop, starts_at=start, ends_at=start.replace(hour=10)))
    publish(company.workshop)
    page = client.get("/workshops/w/agenda").text
    assert ">10:00</time>" in page
    assert ">11:00</time>" in page


def full_session(workshop: Workshop, number: int) -> list[Session | Group | Document]:
    session = make.session(workshop=workshop, number=number, questions=[make.question()])
    item = make.item(perspective=Perspective.ORIGIN)
    session.items.append(item)
    session.appearances.append(make.appearance(item=item, organisation=make.organisation(), country="CHE"))
    session.appearances.append(make.appearance(part=Part.DISCUSSANT))
    paper = make.document(workshop=workshop, session=session, item=item, kind=Kind.STATEMENT, state=State.PUBLISHED)
    group = Group(workshop=workshop, session=session, number=number, topic=Words(en="A topic"))
    return [session, paper, group]


@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize("address", ["", "agenda", "speakers", "speakers/by-country", "papers"])
def test_public_pages_take_few_statements_whatever_their_length(
    client: FlaskClient, company: Company, address: str, length: int
) -> None:
    for number in range(1, length + 1):
        db.session.add_all(full_session(company.workshop, number))
    publish(company.workshop)
    with count_statements() as statements:
        assert client.get(f"/workshops/w/{address}").status_code == 200
    expected = {"": 5, "agenda": 5, "speakers": 5, "speakers/by-country": 5, "papers": 5}
    assert len(statements) == expected[address]
    with count_statements() as statements:
        assert client.get(f"/workshops/w/{address}").status_code == 200
    assert len(statements) == 1, "a page that is kept asks for nothing but its version"


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop))
    publish(company.workshop)
    first = client.get("/workshops/w/agenda")
    tag = first.headers["ETag"]
    assert tag.startswith("W/")
    with count_statements() as statements:
        again = client.get("/workshops/w/agenda", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert len(statements) == 1
    assert client.get("/workshops/w/agenda?lang=fr", headers={"If-None-Match": tag}).status_code == 200
    publish(company.workshop, previous=1)
    assert client.get("/workshops/w/agenda", headers={"If-None-Match": tag}).status_code == 200


def test_a_signed_in_reader_gets_no_shared_copy(as_: SignedIn, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop))
    publish(company.workshop)
    response = as_("ben").get("/workshops/w/agenda")
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-store"


def test_public_pages_set_no_cookie(client: FlaskClient, company: Company) -> None:
    assert "Set-Cookie" not in client.get("/workshops/w/").headers


def test_the_language_is_remembered(client: FlaskClient, company: Company) -> None:
    assert '<html lang="es"' in client.get("/workshops/w/?lang=es").text
    assert '<html lang="es"' in client.get("/workshops/w/").text


def test_what_people_are_called_cannot_run(client: FlaskClient, company: Company) -> None:
    payload = "<script>alert(1)</script>"
    person = make.person(given_name=payload, family_name=payload)
    session = make.session(workshop=company.workshop, title=Words(en=payload), note=Words(fr=payload))
    session.appearances.append(make.appearance(person=person, function=Words(en=payload)))
    db.session.add(session)
    publish(company.workshop)
    for address in ("agenda", "speakers"):
        assert "<script>alert" not in client.get(f"/workshops/w/{address}").text


@pytest.mark.parametrize("address", ["/help", "/privacy", "/accessibility"])
def test_pages_about_us(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_each_role_has_a_page_of_help(client: FlaskClient, role: Role) -> None:
    page = client.get(f"/help/{role.value}").text
    assert f"Help for the role “{role.label}”" in page
    assert page.count('<p class="measure">') >= 3
    assert len(re.findall(r'href="/help/[a-z_]+"', page)) == len(Role) - 1
    assert client.get("/help/emperor").status_code == 404


def test_a_release_is_plain_data(programme: Programme) -> None:
    release = json.loads(json.dumps(releases_rules.as_published(programme.sessions)))
    assert [session["number"] for session in release] == list(range(9))


def test_published_results_are_linked(client: FlaskClient, company: Company) -> None:
    form = make.questionnaire(workshop=company.workshop)
    version = make.version({"languages": ["en"], "lists": {}, "sections": []}, questionnaire=form)
    words = Words(en="First results")
    facts: dict[str, Any] = {"version": version, "taken_at": make.NOON, "responses": 9, "caveat": words, "title": words}
    snapshot = Snapshot(**facts, number=1)
    db.session.add(snapshot)
    assert "First results" not in client.get("/workshops/w/").text
    snapshot.published = True
    company.workshop.changed_in_public()
    assert 'href="/workshops/w/questionnaires/q/results/1">First results' in client.get("/workshops/w/").text
