"""What a stranger may send where a passkey is asked for; where passkeys are offered at all."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.conftest import CheckedClient, checked
from tests.secretariat.accounts.conftest import mails
from tests.secretariat.accounts.test_views import is_signed_in, sign_in
from workshop.platform.db import db, now
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.passkeys import riddles
from workshop.secretariat.accounts.passkeys.models import Passkey
from workshop.secretariat.accounts.second_factor.models import RecoveryCode

NONSENSE = ["", "{", "[]", "1", '"x"', "null", '{"id": 1}', '{"id": "x"}', '{"id": {"a": []}}', "x" * 30_000]


@pytest.fixture
def passkey(ana: User) -> Passkey:
    row = Passkey(user=ana, name="Phone", credential="AAAA", public_key="AAAA", uses=1, added_at=now())
    db.session.add(row)
    db.session.commit()
    return row


@pytest.mark.parametrize("answer", [*NONSENSE, '{"id": "AAAA"}', '{"id": "AAAA", "response": {"signature": 1}}'])
def test_nonsense_signs_nobody_in(client: CheckedClient, passkey: Passkey, answer: str) -> None:
    client.get("/sign-in/passkey/options")
    sent = client.post("/sign-in/passkey", data={"answer": answer, "next": "/account"})
    assert sent.location == "/sign-in?next=/account"
    assert not is_signed_in(client)


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_adds_no_passkey(client: CheckedClient, ana: User, answer: str) -> None:
    sign_in(client)
    client.get("/account/passkeys/options")
    page = client.post("/account/passkeys", data={"name": "Phone", "answer": answer})
    assert page.status_code == 200
    assert "<title>Error:" in page.text
    assert db.session.scalars(select(Passkey)).all() == []
    assert mails() == []


def test_what_is_asked_names_the_site_and_is_another_each_time(app: Flask, ana: User) -> None:
    asked = []
    for _ in range(2):
        client = app.test_client()
        answer = client.get("/sign-in/passkey/options")
        assert answer.headers["Cache-Control"] == "private, no-store"
        asked.append(json.loads(answer.text))
    assert [each["rpId"] for each in asked] == ["meeting.example"] * 2
    assert [each["userVerification"] for each in asked] == ["required"] * 2
    assert asked[0]["challenge"] != asked[1]["challenge"]
    assert "allowCredentials" not in asked[0] or asked[0]["allowCredentials"] == []


def test_the_device_learns_no_number_of_the_person(client: CheckedClient, ana: User) -> None:
    sign_in(client)
    user = json.loads(client.get("/account/passkeys/options").text)["user"]
    assert user["name"] == "ana@example.org"
    assert len(user["id"]) > 40


def test_nobody_removes_the_passkey_of_another(app: Flask, passkey: Passkey) -> None:
    ben = make.user("ben")
    db.session.add(ben)
    assert checked(app).sign_in_as(ben).post(f"/account/passkeys/{passkey.id}/remove").status_code == 404
    assert db.session.scalars(select(Passkey)).one()


def test_whoever_has_the_password_alone_neither_adds_nor_removes_beside_a_passkey(
    client: CheckedClient, passkey: Passkey
) -> None:
    sign_in(client)
    client.post(f"/account/passkeys/{passkey.id}/remove")
    client.post("/account/second-factor/begin")
    assert "Please confirm first that it is you" in client.get("/account/sign-in").text
    assert client.get("/account/second-factor").location == "/account/sign-in"
    assert len(db.session.scalars(select(Passkey)).all()) == 1


def test_the_last_second_factor_takes_the_recovery_codes_with_it(app: Flask, ana: User, passkey: Passkey) -> None:
    code = RecoveryCode(user=ana)
    code.issue_link("0000-0000-0000-0000")
    db.session.add(code)
    client = app.test_client()
    sign_in(client)
    assert client.post("/account/confirm", data={"code": "0000 0000 0000 0000"}).status_code == 302
    client.post(f"/account/passkeys/{passkey.id}/remove")
    assert db.session.scalars(select(Passkey)).all() == []
    assert db.session.scalars(select(RecoveryCode)).all() == []


def test_demonstration_accounts_get_none(client: CheckedClient, ana: User) -> None:
    ana.is_demo = True
    sign_in(client)
    client.get("/account/passkeys/options")
    assert "Demonstration accounts stay as they are" in client.post("/account/passkeys", data={"name": "P"}).text


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("https://meeting.example", True),
        ("http://localhost:8000", True),
        ("http://meeting.example", False),
        ("https://192.0.2.1", False),
        ("https://[2001:db8::1]", False),
        ("http://127.0.0.1:8000", False),
        ("", False),
    ],
)
def test_passkeys_are_offered_where_browsers_know_them(
    app: Flask, client: CheckedClient, ana: User, address: str, offered: bool
) -> None:
    app.config["PUBLIC_URL"], before = address, app.config["PUBLIC_URL"]
    try:
        assert riddles.can_be_used() is offered
        assert ("Use a passkey" in client.get("/sign-in").text) is offered
        assert (client.get("/sign-in/passkey/options").status_code == 200) is offered
        sign_in(client)
        assert (client.get("/account/passkeys").status_code == 200) is offered
    finally:
        app.config["PUBLIC_URL"] = before
