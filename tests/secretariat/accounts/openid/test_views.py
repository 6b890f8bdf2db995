"""Signing in through another service, against a real one."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select

from tests import factories as make
from tests.conftest import CheckedClient, checked
from tests.secretariat.accounts.conftest import PASSWORD, mails, set_as
from tests.secretariat.accounts.openid.provider import CLIENT_ID, CLIENT_SECRET, Provider, running, visit
from tests.secretariat.accounts.second_factor.test_views import set_up
from tests.secretariat.accounts.test_views import audited, is_signed_in, sign_in
from workshop.platform.db import db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.openid.models import OpenIdentity


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as service:
        yield service


@pytest.fixture
def linked(app: Flask, guarded_once: Flask, provider: Provider) -> Iterator[Flask]:
    """The application on the same database, with the service in its settings."""
    settings: dict[str, object] = {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_NAME": "The Ministry",
    }
    set_as(app, guarded_once, settings)
    guarded_once.extensions["rates"].enabled = False
    yield guarded_once
    guarded_once.extensions["rates"].enabled = True
    guarded_once.extensions.pop("openid", None)


def go(client: FlaskClient, start: str = "/sign-in/openid", **query: str) -> str:
    """There and back; where we lead then."""
    return client.get(visit(client.get(start, query_string=query).location)).location


def users() -> list[str]:
    return list(db.session.scalars(select(User.email).order_by(User.id)))


def test_the_page_offers_it_by_its_name_where_it_is_set(linked: Flask, client: CheckedClient, app: Flask) -> None:
    assert "Sign in with The Ministry" in linked.test_client().get("/sign-in").text
    assert "Sign in with The" not in client.get("/sign-in").text
    assert client.get("/sign-in/openid").status_code == client.get("/sign-in/openid/back").status_code == 404


def test_somebody_new_gets_an_account_without_a_role(linked: Flask) -> None:
    client = linked.test_client()
    assert go(client, next="/account/browsers") == "/account/browsers"
    assert is_signed_in(client)
    user = db.session.scalars(select(User)).one()
    assert (user.email, user.name, user.has_password) == ("ana@example.org", "Ana", False)
    assert [verb for verb, _who in audited()] == ["account_made", "sign_in"]
    assert sign_in(linked.test_client(), password="-").status_code == 200


def test_the_same_person_comes_back_to_the_same_account_whatever_the_address_is_by_then(
    linked: Flask, provider: Provider
) -> None:
    go(linked.test_client())
    provider.claims |= {"email": "ana@married.example", "email_verified": False}
    client = linked.test_client()
    assert go(client) == "/workshops/mine"
    assert is_signed_in(client)
    assert users() == ["ana@example.org"]


def test_another_person_with_that_address_is_somebody_else(linked: Flask, provider: Provider) -> None:
    go(linked.test_client())
    provider.claims |= {"sub": "43"}
    client = linked.test_client()
    assert go(client) == "/sign-in"
    assert "There is an account with your email address already." in client.get("/sign-in").text
    assert not is_signed_in(client)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_makes_no_account(linked: Flask, provider: Provider, verified: Any) -> None:
    provider.claims["email_verified"] = verified
    client = linked.test_client()
    assert go(client) == "/sign-in"
    assert "The Ministry does not confirm that the email address is yours." in client.get("/sign-in").text
    assert users() == []


def test_an_account_is_never_taken_over_by_its_address(linked: Flask, ana: User) -> None:
    client = linked.test_client()
    assert go(client) == "/sign-in"
    assert not is_signed_in(client)
    assert db.session.scalars(select(OpenIdentity)).all() == []


def test_whoever_is_signed_in_links_it_and_signs_in_with_it_from_then_on(
    linked: Flask, ana: User, provider: Provider
) -> None:
    provider.claims |= {"email": "ana@ministry.example"}
    client = linked.test_client()
    sign_in(client)
    assert "can open this one" in client.get("/account/sign-in").text
    assert go(client, "/account/openid") == "/account/sign-in"
    assert "You can sign in with The Ministry from now on." in client.get("/account/sign-in").text
    other = linked.test_client()
    assert go(other) == "/workshops/mine"
    assert "ana@example.org" in other.get("/account").text
    assert [mail.subject for mail in mails()] == ["Your sign-in was changed"]
    row = db.session.scalars(select(OpenIdentity)).one()
    assert (row.issuer, row.subject, row.user_id) == (provider.issuer, "42", ana.id)
    assert client.post(f"/account/openid/{row.id}/unlink").location == "/account/sign-in"
    assert go(linked.test_client()) == "/workshops/mine"  # an account of its own now
    assert users() == ["ana@example.org", "ana@ministry.example"]


def test_one_account_there_opens_one_account_here(linked: Flask, ana: User, provider: Provider) -> None:
    provider.claims |= {"email": "ana@ministry.example"}
    go(linked.test_client())
    client = linked.test_client()
    sign_in(client)
    assert go(client, "/account/openid") == "/account/sign-in"
    assert "opens another account here already" in client.get("/account/sign-in").text


def test_the_only_way_in_is_not_unlinked(linked: Flask) -> None:
    client = linked.test_client()
    go(client)
    row = db.session.scalars(select(OpenIdentity)).one()
    client.post(f"/account/openid/{row.id}/unlink")
    assert "Your account has no password yet." in client.get("/account/sign-in").text
    assert db.session.scalars(select(OpenIdentity)).one()


def test_nobody_unlinks_for_another(linked: Flask) -> None:
    go(linked.test_client())
    ben = make.user("ben")
    db.session.add(ben)
    row = db.session.scalars(select(OpenIdentity)).one()
    client = checked(linked).sign_in_as(ben)
    assert client.post(f"/account/openid/{row.id}/unlink").status_code == 404


def test_who_changed_in_between_links_nothing(linked: Flask, ana: User) -> None:
    ben = make.user("ben")
    db.session.add(ben)
    client = checked(linked)
    sign_in(client)
    back = visit(client.get("/account/openid").location)
    client.sign_in_as(ben)
    client.get(back)
    assert "You are signed in as someone else by now." in client.get("/account/sign-in").text
    assert db.session.scalars(select(OpenIdentity)).all() == []


def test_a_code_of_the_app_is_asked_for_all_the_same(linked: Flask, ana: User, provider: Provider) -> None:
    client = checked(linked)
    sign_in(client)
    set_up(client)
    go(client, "/account/openid")
    assert go(linked.test_client()) == "/sign-in/second-step"


def test_the_address_may_come_from_the_second_question(linked: Flask, provider: Provider) -> None:
    provider.only_in_userinfo = {"email", "email_verified"}
    assert go(linked.test_client()) == "/workshops/mine"
    assert users() == ["ana@example.org"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"sub": None},
        {"issuer of the metadata": "https://evil.example"},
    ],
    ids=str,
)
def test_an_answer_that_is_wrong_in_anything_signs_nobody_in(
    linked: Flask, provider: Provider, wrong: dict[str, Any]
) -> None:
    provider.wrong = wrong
    client = linked.test_client()
    assert go(client) == "/sign-in"
    assert "Signing in with The Ministry did not work this time." in client.get("/sign-in").text
    assert users() == []


def test_an_answer_signed_by_another_key_signs_nobody_in(linked: Flask, provider: Provider) -> None:
    provider.keys = RSAKey.generate_key(2048, {"kid": "one"})
    assert go(linked.test_client()) == "/sign-in"
    assert users() == []


def test_a_second_answer_about_somebody_else_is_not_believed(linked: Flask, provider: Provider) -> None:
    provider.only_in_userinfo, provider.userinfo_subject = {"email", "email_verified"}, "43"
    assert go(linked.test_client()) == "/sign-in"


def test_an_answer_counts_once_and_in_the_browser_that_went_there(linked: Flask) -> None:
    here, elsewhere = linked.test_client(), linked.test_client()
    back = visit(here.get("/sign-in/openid").location)
    assert elsewhere.get(back).location == "/sign-in"
    assert here.get(back).location == "/workshops/mine"
    assert here.get(back).location == "/sign-in"
    stranger = linked.test_client()
    stranger.get("/sign-in/openid")
    assert stranger.get("/sign-in/openid/back?code=code0&state=invented").location == "/sign-in"
    assert not is_signed_in(stranger)
    assert stranger.get("/sign-in/openid/back?error=access_denied&state=x").location == "/sign-in"


def test_a_service_that_is_away_is_said_to_be(linked: Flask, provider: Provider) -> None:
    provider.is_down = True
    client = linked.test_client()
    assert client.get("/sign-in/openid").location == "/sign-in"
    assert "did not work this time" in client.get("/sign-in").text
    provider.is_down = False
    assert go(client) == "/workshops/mine"


def test_demonstration_accounts_are_linked_to_nothing(linked: Flask, ana: User) -> None:
    ana.is_demo = True
    client = linked.test_client()
    sign_in(client)
    go(client, "/account/openid")
    assert "Demonstration accounts stay as they are" in client.get("/account/sign-in").text
    assert PASSWORD not in client.get("/account/sign-in").text
