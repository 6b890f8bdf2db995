"""Signing in and out, the account page, and a new password, as a person does it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import cast
from tests import factories as make
from tests.conftest import CheckedClient, count_statements
from tests.looking import matched, there
from tests.secretariat.accounts.conftest import PASSWORD, mails
from workshop.demonstration import cast as demonstration
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now
from workshop.platform.mail import Message
from workshop.platform.tasks import Task
from workshop.secretariat.accounts import passwords
from workshop.secretariat.accounts.models import ForgottenPassword, PasswordReset, SignIn, User

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
NEW = "a horse of another colour"


def sign_in(client: FlaskClient, email: str = "ana@example.org", password: str = PASSWORD, **more: Any) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password, **more}, headers={"User-Agent": FIREFOX})


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def audited() -> list[tuple[str, int | None]]:
    return [(entry.verb, entry.who) for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def link_in(mail: Message) -> str:
    return matched(r"https://meeting\.example(/sign-in/new-password/\S+)", mail.text)[1]


# sign_in


def test_the_right_password_lets_in_and_leaves_a_trace(client: FlaskClient, ana: User) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (302, "/workshops/mine")
    assert is_signed_in(client)
    started = db.session.scalars(select(SignIn)).one()
    assert (started.user, started.device, started.ended_at) == (ana, "Firefox, Linux", None)
    assert timedelta(days=13) < started.expires_at - now() <= timedelta(days=14)
    assert audited() == [("sign_in", ana.id)]


def test_the_address_is_recognised_however_it_is_written(client: FlaskClient, ana: User) -> None:
    assert sign_in(client, email="  Ana@Example.ORG ").status_code == 302


@pytest.mark.parametrize("password", ["wrong horse battery", PASSWORD.upper(), PASSWORD + " "])
def test_a_wrong_password_does_not(client: FlaskClient, ana: User, password: str) -> None:
    page = sign_in(client, password=password)
    assert page.status_code == 200
    assert "<title>Error:" in page.text
    assert 'value="ana@example.org"' in page.text
    assert not is_signed_in(client)
    assert audited() == [("sign_in_failed", None)]


def test_what_is_missing_is_named(client: FlaskClient, app: Flask) -> None:
    page = sign_in(client, email="", password="")
    assert "Please type your email address." in page.text
    assert "Please type a password." in page.text
    assert audited() == []


def test_after_signing_in_one_comes_back_to_where_one_wanted_to_go(client: FlaskClient, ana: User) -> None:
    asked = client.get("/account")
    assert asked.location == "/sign-in?next=/account"
    page = client.get(asked.location)
    assert "Please sign in first." in page.text
    assert 'value="/account"' in page.text
    assert sign_in(client, next="/account").location == "/account"


def test_a_password_hashed_with_older_settings_is_hashed_anew(client: FlaskClient, ana: User) -> None:
    ana.password_hash = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1).hash(PASSWORD)
    db.session.commit()
    old = ana.password_hash
    assert sign_in(client).status_code == 302
    assert ana.password_hash != old
    assert passwords.verify(ana.password_hash, PASSWORD)


def test_signing_in_again_ends_the_sign_in_it_replaces(client: FlaskClient, ana: User) -> None:
    sign_in(client)
    sign_in(client)
    first, second = db.session.scalars(select(SignIn).order_by(SignIn.id))
    assert first.ended_at is not None
    assert second.ended_at is None


def test_an_expired_sign_in_is_over(client: FlaskClient, ana: User) -> None:
    sign_in(client)
    db.session.scalars(select(SignIn)).one().expires_at = now() - timedelta(seconds=1)
    assert not is_signed_in(client)


# sign_in_as_demo


def test_a_demonstration_offers_its_people_with_one_click(demo: Flask) -> None:
    people = demonstration.demo_accounts(at=now())
    db.session.add_all(people.values())
    client = demo.test_client()
    page = client.get("/sign-in")
    assert re.findall(r'value="(\S+@example.org)" class="second">(.+?)</button>', page.text) == [
        ("organiser@example.org", "Olga Organiser (demonstration)"),
        ("participant@example.org", "Paulo Participant (demonstration)"),
        ("rapporteur@example.org", "Rosa Rapporteur (demonstration)"),
        ("chair@example.org", "Chandra Chair (demonstration)"),
        ("analyst@example.org", "Anna Analyst (demonstration)"),
        ("focal-point@example.org", "Felix Focal-Point (demonstration)"),
        ("speaker@example.org", "Sara Speaker (demonstration)"),
        ("translator@example.org", "Tariq Translator (demonstration)"),
    ]
    answer = client.post("/sign-in/demo", data={"email": "organiser@example.org", "next": "/account"})
    assert (answer.status_code, answer.location) == (302, "/account")
    assert "Olga Organiser" in client.get("/account").text
    assert sign_in(demo.test_client(), "chair@example.org", "intersession").status_code == 302


def test_one_click_works_for_nobody_else(demo: Flask, ana: User) -> None:
    assert demo.test_client().post("/sign-in/demo", data={"email": ana.email}).status_code == 404
    assert demo.test_client().post("/sign-in/demo").status_code == 404


def test_outside_a_demonstration_there_is_no_such_thing(app: Flask, client: FlaskClient) -> None:
    db.session.add_all(demonstration.demo_accounts(at=now()).values())
    assert "organiser@example.org" not in client.get("/sign-in").text
    assert client.post("/sign-in/demo", data={"email": "organiser@example.org"}).status_code == 404


def test_in_production_a_demonstration_account_opens_nothing(app: Flask, client: FlaskClient) -> None:
    db.session.add_all(demonstration.demo_accounts(at=now()).values())
    app.config["MODE"] = "production"
    try:
        assert sign_in(client, "organiser@example.org", "intersession").status_code == 200
    finally:
        app.config["MODE"] = "test"
    assert sign_in(client, "organiser@example.org", "intersession").status_code == 302


# sign_out


def test_signing_out_ends_the_sign_in(client: FlaskClient, ana: User) -> None:
    sign_in(client)
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert "You are signed out." in client.get("/sign-in").text
    assert not is_signed_in(client)
    assert db.session.scalars(select(SignIn)).one().ended_at is not None
    assert audited() == [("sign_in", ana.id), ("sign_out", ana.id)]


def test_a_link_cannot_sign_anybody_out(client: FlaskClient, ana: User) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert is_signed_in(client)


def test_signing_out_twice_does_no_harm(client: FlaskClient, app: Flask) -> None:
    assert client.post("/sign-out").status_code == 302
    assert audited() == []


# account, end_sign_in, end_other_sign_ins


def test_the_account_lists_where_one_is_signed_in(client: FlaskClient, ana: User) -> None:
    sign_in(client)
    cast.signed_in(ana)
    ended = make.user("dov")
    db.session.add(ended)
    cast.signed_in(ended)
    page = client.get("/account/browsers").text
    assert page.count("since ") - page.count('class="unseen"') == 2
    assert page.count(">this browser<") == 1
    assert "Firefox, Linux" in page
    assert "a test" in page


@pytest.mark.parametrize("others", [0, 2])
def test_the_account_takes_a_fixed_number_of_statements(client: FlaskClient, ana: User, others: int) -> None:
    sign_in(client)
    for _ in range(others):
        cast.signed_in(ana)
    db.session.commit()
    with count_statements() as statements:
        client.get("/account/browsers")
    assert len(statements) == 2


def test_a_browser_signed_out_from_afar_is_out_at_once(app: Flask, ana: User) -> None:
    here, afar = app.test_client(), app.test_client()
    sign_in(here)
    sign_in(afar)
    theirs = there(db.session.scalars(select(SignIn).order_by(SignIn.id.desc())).first())
    assert here.post(f"/account/sign-ins/{theirs.id}/end").location == "/account/browsers"
    assert not is_signed_in(afar)
    assert is_signed_in(here)


def test_all_others_are_signed_out_at_once(app: Flask, ana: User) -> None:
    here, afar, farther = (app.test_client() for _ in range(3))
    for browser in (here, afar, farther):
        sign_in(browser)
    here.post("/account/sign-ins/end-others")
    assert [is_signed_in(browser) for browser in (here, afar, farther)] == [True, False, False]


def test_nobody_signs_out_somebody_else(client: FlaskClient, ana: User) -> None:
    dov = make.user("dov")
    db.session.add(dov)
    cast.signed_in(dov)
    db.session.commit()
    theirs = db.session.scalars(select(SignIn)).one()
    sign_in(client)
    assert client.post(f"/account/sign-ins/{theirs.id}/end").status_code == 404
    assert theirs.ended_at is None


@pytest.mark.parametrize("path", ["/account", "/account/password"])
def test_the_account_is_for_those_signed_in(client: FlaskClient, app: Flask, path: str) -> None:
    assert client.get(path).location == f"/sign-in?next={path}"


# change_password


def test_a_password_is_changed_and_the_owner_told(app: Flask, ana: User) -> None:
    here, afar = app.test_client(), app.test_client()
    sign_in(here)
    sign_in(afar)
    answer = here.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert answer.location == "/account/sign-in"
    assert is_signed_in(here)
    assert not is_signed_in(afar)
    assert sign_in(app.test_client()).status_code == 200
    assert sign_in(app.test_client(), password=NEW).status_code == 302
    assert ("password_changed", ana.id) in audited()
    assert [(mail.recipient, mail.subject) for mail in mails()] == [("ana@example.org", "Your password was changed")]


@pytest.mark.parametrize(
    ("current", "password", "message"),
    [
        ("wrong", NEW, "This is not your password."),
        (PASSWORD, "too short", "This has 9 characters; at least 12 are required."),
        (PASSWORD, "ana@example.org", "This is your email address."),
        ("", "", "Please type a password."),
    ],
)
def test_a_password_is_not_changed_when_something_is_wrong(
    client: FlaskClient, ana: User, current: str, password: str, message: str
) -> None:
    sign_in(client)
    page = client.post("/account/password", data={"current": current, "password": password})
    assert "<title>Error:" in page.text
    assert message in page.text
    assert passwords.verify(ana.password_hash, PASSWORD)


def test_the_password_of_a_demonstration_account_stays(demo: Flask) -> None:
    db.session.add_all(demonstration.demo_accounts(at=now()).values())
    client = demo.test_client()
    client.post("/sign-in/demo", data={"email": "chair@example.org"})
    page = client.post("/account/password", data={"current": "intersession", "password": NEW})
    assert "Demonstration accounts keep their password" in page.text


# forgotten, new_password


def test_without_a_mail_server_nobody_is_told_that_a_mail_is_on_its_way(client: CheckedClient, ana: User) -> None:
    client.post("/sign-in/forgotten", data={"email": ana.email})
    page = client.get("/sign-in").text
    assert "No email can be sent: no email server is set up yet." in page
    assert "on its way" not in page


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(
    app: Flask, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1:1")  # set, and away: the text stays to be read here
    afar, client = app.test_client(), app.test_client()
    sign_in(afar)
    assert client.post("/sign-in/forgotten", data={"email": "Ana@example.org"}).location == "/sign-in"
    assert "If ana@example.org has an account here" in client.get("/sign-in").text
    (mail,) = mails()
    assert (mail.recipient, mail.subject) == ("ana@example.org", "Set a new password")
    link = link_in(mail)
    assert "For the account of ana@example.org." in client.get(link).text
    assert client.post(link, data={"password": NEW}).location == "/sign-in"
    assert not is_signed_in(afar)
    assert not is_signed_in(client)
    assert sign_in(client, password=NEW).status_code == 302
    assert [mail.subject for mail in mails()] == ["Set a new password", "Your password was changed"]


def test_the_language_of_the_page_is_kept_for_the_mail(client: FlaskClient, ana: User) -> None:
    client.post("/sign-in/forgotten?lang=fr", data={"email": ana.email})
    assert [wish.language for wish in db.session.scalars(select(ForgottenPassword))] == ["fr"]


def test_what_is_no_address_is_refused(client: FlaskClient, app: Flask) -> None:
    page = client.post("/sign-in/forgotten", data={"email": "ana"})
    assert "This is not an email address" in page.text
    assert db.session.scalars(select(Task)).all() == []


def test_nobody_is_written_to_and_nothing_kept_for_an_address_without_account(client: FlaskClient, app: Flask) -> None:
    client.post("/sign-in/forgotten", data={"email": "stranger@example.org"})
    assert mails() == []
    assert db.session.scalars(select(ForgottenPassword)).all() == []


def test_a_stranger_cannot_flood_a_mailbox(client: FlaskClient, ana: User) -> None:
    for _ in range(5):
        client.post("/sign-in/forgotten", data={"email": ana.email})
    assert len(mails()) == 3


def test_a_link_works_once(client: FlaskClient, ana: User) -> None:
    for _ in range(2):
        client.post("/sign-in/forgotten", data={"email": ana.email})
    first, second = (link_in(mail) for mail in mails())
    assert client.post(first, data={"password": NEW}).status_code == 302
    for link in (first, second):
        page = client.post(link, data={"password": "and yet another one"})
        assert page.status_code == 404
        assert "This link no longer works" in page.text
    db.session.refresh(ana)
    assert passwords.verify(ana.password_hash, NEW)


def test_a_link_works_for_an_hour(client: FlaskClient, ana: User) -> None:
    client.post("/sign-in/forgotten", data={"email": ana.email})
    link = link_in(mails()[0])
    reset = db.session.scalars(select(PasswordReset)).one()
    assert timedelta(minutes=59) < reset.expires_at - now() <= timedelta(hours=1)
    reset.expires_at = now() - timedelta(seconds=1)
    assert client.get(link).status_code == 404
    assert client.post(link, data={"password": NEW}).status_code == 404


def test_a_weak_new_password_is_refused_and_the_link_still_works(client: FlaskClient, ana: User) -> None:
    client.post("/sign-in/forgotten", data={"email": ana.email})
    link = link_in(mails()[0])
    assert "at least 12 are required" in client.post(link, data={"password": "short"}).text
    assert client.post(link, data={"password": NEW}).status_code == 302


def test_an_invented_link_opens_nothing(client: FlaskClient, ana: User) -> None:
    assert client.get("/sign-in/new-password/" + "a" * 43).status_code == 404


def test_the_demonstration_loads_one_invented_person_per_role(app: Flask) -> None:
    people = demonstration.demo_accounts(at=now())
    assert " ".join(people) == "organiser participant rapporteur chair analyst focal-point speaker translator"
    assert all(isinstance(person, User) and person.is_demo for person in people.values())
    assert all(person.name.endswith("(demonstration)") for person in people.values())
