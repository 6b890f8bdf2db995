"""What is handed out at the door is what the inside would say, and nobody in particular is answered there."""

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.front.public.test_views import full_session, publish
from workshop.platform.db import db
from workshop.platform.doorstep import plain_address
from workshop.platform.operations import registry
from workshop.secretariat.series.models import Visibility

AGENDA = "/workshops/w/agenda"
OWN = {"X-Request-Id", "Date"}


@pytest.fixture
def programme(company: Company) -> Company:
    db.session.add_all(full_session(company.workshop, 1))
    publish(company.workshop)
    return company


def inside(app: Flask) -> None:
    """The door forgets what it knew; the pages stay."""
    app.extensions["pages"]._known.clear()


def headers_of(answer: object) -> dict[str, str]:
    return {name: value for name, value in answer.headers if name not in OWN}  # type: ignore[attr-defined]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("place", ["", "/releases", ".ics", ".json"])
def test_the_door_says_what_the_inside_says(app: Flask, client: FlaskClient, place: str) -> None:
    headers = {"Accept-Encoding": "gzip", "Accept-Language": "fr"}
    client.get(AGENDA + place, headers=headers)
    with count_statements() as statements:
        door = client.get(AGENDA + place, headers=headers)
    assert len(statements) == 1
    inside(app)
    within = client.get(AGENDA + place, headers=headers)
    assert (door.status, door.data, headers_of(door)) == (within.status, within.data, headers_of(within))
    assert door.headers["X-Request-Id"] != within.headers["X-Request-Id"]

    headers["If-None-Match"] = door.headers["ETag"]
    unchanged = client.get(AGENDA + place, headers=headers)
    inside(app)
    within = client.get(AGENDA + place, headers=headers)
    assert unchanged.status_code == within.status_code == 304
    assert unchanged.data == b""
    without_type = {name: value for name, value in headers_of(within).items() if name != "Content-Type"}
    assert headers_of(unchanged) == without_type


def test_whoever_comes_with_something_goes_inside(as_: SignedIn, programme: Company, client: FlaskClient) -> None:
    client.get(AGENDA)
    page = as_("ana").get(AGENDA)
    assert programme.ana.name in page.text or "Workspace" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    plain = {"REQUEST_METHOD": "GET", "PATH_INFO": AGENDA, "HTTP_HOST": "localhost"}
    assert plain_address(plain)
    for more in (
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
        {"QUERY_STRING": "lang=fr"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_COOKIE": "intersession=x"},
        {"HTTP_COOKIE": "lang=fr; intersession=x"},
        {"HTTP_COOKIE": "lang=xx"},
    ):
        assert plain_address({**plain, **more}) is None
    french, english = plain_address({**plain, "HTTP_COOKIE": "lang=fr"}), plain_address(plain)
    assert french
    assert french != english


@pytest.mark.usefixtures("client")
def test_a_change_is_seen_at_the_door_at_once(client: FlaskClient, programme: Company) -> None:
    assert client.get(AGENDA).status_code == client.get(AGENDA).status_code == 200
    programme.workshop.visibility = Visibility.PRIVATE
    db.session.commit()
    assert client.get(AGENDA).status_code == 404


@pytest.mark.usefixtures("programme")
def test_it_counts_and_checks_the_host_as_inside(app: Flask) -> None:
    client = FlaskClient(app, Response)

    def counted() -> float:
        labels = {"endpoint": "public.agenda", "status": "200"}
        return registry.get_sample_value("request_seconds_count", labels) or 0

    before = counted()
    client.get(AGENDA)
    client.get(AGENDA)
    assert counted() == before + 2
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    try:
        assert client.get(AGENDA, headers={"Host": "evil.example"}).status_code == 400
        assert client.get(AGENDA, headers={"Host": "evil.example"}).status_code == 400
    finally:
        app.config["TRUSTED_HOSTS"] = None
