"""Kept pages over the matrix of access: made once for strangers, never for or of somebody, and anew with each change."""

import re
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn, count_statements
from tests.front.public.test_views import full_session, publish
from workshop.platform.db import Words, db
from workshop.platform.page_store import PageStore
from workshop.secretariat.series.models import Visibility, first_version
from workshop.secretariat.settings.removal import KEPT_DAYS

PAGES = ["", "agenda", "agenda/releases", "agenda/changes", "agenda.ics", "agenda.xml", "speakers", "papers"]
BR = {"Accept-Encoding": "br"}


@pytest.fixture
def programme(company: Company) -> Company:
    for number in (1, 2):
        db.session.add_all(full_session(company.workshop, number))
    publish(company.workshop)
    return company


def kept_bodies(app: Flask) -> list[str]:
    store: PageStore = app.extensions["pages"]
    return [
        (brotli.decompress(page.body) if dict(page.headers).get("Content-Encoding") else page.body).decode(
            errors="replace"
        )
        for page in store._pages.values()
    ]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("place", PAGES)
def test_the_second_stranger_is_given_what_was_made_for_the_first(client: FlaskClient, place: str) -> None:
    first = client.get(f"/workshops/w/{place}", headers=BR)
    with count_statements() as statements:
        second = client.get(f"/workshops/w/{place}", headers=BR)
    assert second.data == first.data
    assert second.headers["ETag"] == first.headers["ETag"]
    assert set(second.headers["Vary"].split(", ")) == {"Accept-Encoding", "Accept-Language", "Cookie"}
    assert len(statements) == 1


def test_no_page_of_somebody_is_kept_and_nothing_of_somebody_is_in_a_kept_page(
    programme: Company, as_: SignedIn, app: Flask, client: CheckedClient
) -> None:
    """Everyone of the cast and a stranger open every public address; then the store is read."""
    with app.test_request_context():
        rules = [
            rule
            for rule in app.url_map.iter_rules()
            if getattr(app.view_functions[rule.endpoint], "access", "") == "public" and "GET" in (rule.methods or ())
        ]
        known: dict[str, Any] = {
            "slug": "w",
            "number": 1,
            "questionnaire": "q",
            "report": "plenary",
            "layout": "programme",
        }
        addresses = [
            app.url_for(rule.endpoint, **{a: known[a] for a in rule.arguments})
            for rule in rules
            if rule.arguments <= set(known)
        ]
    assert len(addresses) > 20
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        people = {name: as_(name) for name in ("ana", "ida")}
        for address in addresses:
            for reader in (*people.values(), app.test_client(), app.test_client()):
                answer = reader.get(address, headers=BR)
                is_stranger = reader not in people.values()
                assert is_stranger or "public" not in answer.headers.get("Cache-Control", ""), address
                assert "Set-Cookie" not in answer.headers or "ETag" not in answer.headers, address
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    bodies = kept_bodies(app)
    assert len(bodies) >= 6
    for body in bodies:
        for name in ("ana", "ida"):
            person = getattr(programme, name)
            assert person.name not in body
            assert person.email not in body
        assert not re.search(r"csrf_token|nonce|intersession=|/account", body)


@pytest.mark.usefixtures("programme")
def test_a_change_is_seen_at_once(client: FlaskClient, programme: Company) -> None:
    assert client.get("/workshops/w/agenda").status_code == 200
    row = make.session(workshop=programme.workshop, number=3, title=Words(en="Quite new"))
    db.session.add(row)
    publish(programme.workshop, previous=1)
    assert "Quite new" in client.get("/workshops/w/agenda").text
    programme.workshop.visibility = Visibility.PRIVATE
    assert client.get("/workshops/w/agenda").status_code == 404


@pytest.mark.usefixtures("programme")
def test_each_language_and_each_packing_is_a_page_of_its_own(client: FlaskClient) -> None:
    english = client.get("/workshops/w/agenda").text
    french = client.get("/workshops/w/agenda", headers={"Accept-Language": "fr"}).text
    assert 'lang="en"' in english
    assert '<html lang="fr"' in french
    assert brotli.decompress(client.get("/workshops/w/agenda", headers=BR).data).decode() == english
    assert client.get("/workshops/w/agenda?lang=fr").text == french


@pytest.mark.usefixtures("programme")
def test_nobody_fills_the_store_with_addresses_of_his_own(client: FlaskClient, app: Flask) -> None:
    client.get("/workshops/w/agenda")
    before = len(app.extensions["pages"]._pages)
    for query in ("x=1", "lang=xx", "lang=en&utm_source=mail", "from=1"):
        answer = client.get(f"/workshops/w/agenda?{query}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert len(app.extensions["pages"]._pages) == before


@pytest.mark.usefixtures("programme")
def test_a_false_host_gets_into_no_kept_page(client: FlaskClient, app: Flask) -> None:
    for place in PAGES:
        client.get(f"/workshops/w/{place}", headers={"Host": "evil.example"})
    assert kept_bodies(app)
    assert not any("evil.example" in body for body in kept_bodies(app))


def test_a_workshop_erased_leaves_no_page_to_the_next_of_that_name() -> None:
    """Versions of a new workshop begin above all that an earlier one could have had."""
    earlier = first_version() - KEPT_DAYS * 24 * 60
    assert earlier + 40_000 < first_version()
