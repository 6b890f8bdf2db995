"""Going public, from private to archived: what strangers read at each step, and who decided."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.secretariat.series.models import Visibility, Workshop

DESK = "/workshops/w/desk/settings/visibility"
INSIDE = ("/workshops/w/agenda", "/workshops/w/speakers", "/workshops/w/papers", "/workshops/w/search?q=a")


@pytest.fixture
def workshop(company: Company) -> Workshop:
    company.workshop.visibility = Visibility.PRIVATE
    company.workshop.introduction = Words(en="What it is about")
    db.session.delete(company.other_workshop)
    db.session.commit()
    return company.workshop


def become(as_: SignedIn, state: str) -> TestResponse:
    return as_("ana").post(DESK, data={"to": state}, follow_redirects=True)


def test_a_private_workshop_stands_nowhere_a_stranger_reads(client: FlaskClient, workshop: Workshop) -> None:
    assert "A workshop on something" not in client.get("/").text
    assert "A series" not in client.get("/").text
    assert client.get("/series/s/").status_code == 404
    assert client.get("/workshops/w/").status_code == 404


def test_an_announcement_shows_title_dates_and_place_and_nothing_else(
    as_: SignedIn, client: FlaskClient, workshop: Workshop
) -> None:
    assert "The workshop is now announced." in become(as_, "announced").text
    assert "A workshop on something" in client.get("/").text
    page = client.get("/workshops/w/").text
    assert "2–3 March 2026" in page
    assert "Geneva" in page
    assert "What it is about" not in page
    assert [client.get(address).status_code for address in INSIDE] == [404] * len(INSIDE)


def test_before_it_is_public_somebody_must_be_reachable(as_: SignedIn, client: FlaskClient, workshop: Workshop) -> None:
    assert "complete: Contact for the public" in become(as_, "public").text
    assert workshop.visibility is Visibility.PRIVATE
    workshop.contact_email = "office@example.org"
    assert "The workshop is now public." in become(as_, "public").text
    page = client.get("/workshops/w/").text
    assert "What it is about" in page
    assert "office@example.org" in page


def test_archived_it_stays_readable_and_only_a_public_one_is_archived(
    as_: SignedIn, client: FlaskClient, workshop: Workshop
) -> None:
    assert "Only a public workshop can be archived" in become(as_, "archived").text
    workshop.visibility = Visibility.PUBLIC
    assert "The workshop is now archived." in become(as_, "archived").text
    assert "Archived" in client.get("/workshops/w/").text
    refused = as_("ana").post(
        "/workshops/w/desk/agenda/rooms", data={"name": "Another room"}, headers={"Origin": "http://localhost"}
    )
    assert refused.status_code == 409
    assert "This workshop is archived" in refused.text
    assert "Another room" in refused.text  # what was typed is not lost
    assert "The workshop is now public." in become(as_, "public").text


def test_taken_back_it_is_gone_at_once_also_for_who_has_a_copy(
    as_: SignedIn, client: FlaskClient, workshop: Workshop
) -> None:
    workshop.visibility = Visibility.PUBLIC
    seen = client.get("/workshops/w/").headers["ETag"]
    assert client.get("/workshops/w/", headers={"If-None-Match": seen}).status_code == 304
    become(as_, "private")
    assert client.get("/workshops/w/", headers={"If-None-Match": seen}).status_code == 404


def test_the_decision_is_recorded_with_before_and_after(as_: SignedIn, workshop: Workshop, company: Company) -> None:
    become(as_, "announced")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "change visibility")).one()
    assert (entry.who, entry.subject) == (company.ana.id, "w: private → announced")


def test_a_made_up_state_is_refused(as_: SignedIn, workshop: Workshop) -> None:
    assert as_("ana").post(DESK, data={"to": "famous"}).status_code == 400


def test_an_organiser_previews_what_visitors_will_see(as_: SignedIn, client: FlaskClient, workshop: Workshop) -> None:
    page = as_("ana").get("/workshops/w/desk/preview")
    assert "Preview: only organisers see this page." in page.text
    assert "What it is about" in page.text
    assert as_("ben").get("/workshops/w/desk/preview").status_code == 403
