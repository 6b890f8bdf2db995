"""Passkeys in a real browser, with an authenticator that the browser itself plays."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import axe_faults, sticks_out_of
from tests.secretariat.accounts.conftest import PASSWORD, mails
from tests.secretariat.accounts.second_factor.test_views import codes_on
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now
from workshop.secretariat.accounts.models import SignIn, User
from workshop.secretariat.accounts.passkeys.models import Passkey, SpentChallenge


@pytest.fixture
def tab(app: Flask, ana: User, server: str, page: Any) -> Iterator[Any]:
    """A tab of a person whose device has a passkey store; passkeys belong to names, so the site is "localhost" here."""
    place = server.replace("127.0.0.1", "localhost")
    app.config["PUBLIC_URL"], before = place, app.config["PUBLIC_URL"]
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.place, page.device, page.authenticator = place, session, made["authenticatorId"]
    yield page
    app.config["PUBLIC_URL"] = before


def sign_in(tab: Any, wanted: str = "/account/sign-in") -> None:
    tab.goto(f"{tab.place}/sign-in?next={wanted}")
    tab.fill("#email", "ana@example.org")
    tab.fill("#password", PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url(f"**{wanted}")


def add(tab: Any, name: str) -> None:
    tab.goto(f"{tab.place}/account/passkeys")
    tab.fill("#name", name)
    tab.get_by_role("button", name="Add the passkey").click()


def sign_out(tab: Any) -> None:
    tab.goto(f"{tab.place}/account")
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/sign-in")


def use_passkey(tab: Any, wanted: str = "/account/sign-in") -> None:
    tab.goto(f"{tab.place}/sign-in?next={wanted}")
    tab.get_by_role("button", name="Use a passkey").click()


def test_a_passkey_is_added_signs_in_and_is_removed(tab: Any) -> None:
    sign_in(tab)
    add(tab, "Office laptop")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    assert len(codes_on(tab.content())) == 10
    tab.get_by_role("link", name="I have kept them").click()
    tab.wait_for_url("**/account/sign-in")
    assert "not used yet" in tab.inner_text(".browsers")
    sign_out(tab)
    use_passkey(tab)
    tab.wait_for_url("**/account/sign-in")
    assert tab.inner_text(".browsers b") == "Office laptop"
    assert "last used" in tab.inner_text(".browsers")
    strong = [each.strong for each in db.session.scalars(select(SignIn).order_by(SignIn.id))]
    assert strong == [True, True]
    tab.get_by_role("button", name="Remove Office laptop").click()
    tab.get_by_text("The passkey is removed.").wait_for()
    assert db.session.scalars(select(Passkey)).all() == []
    assert [mail.subject for mail in mails()] == ["Your sign-in was changed"] * 2
    verbs = [entry.verb for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert verbs == [
        "sign_in",
        "passkey_added",
        "recovery_codes_made",
        "sign_out",
        "sign_in",
        "passkey_removed",
    ]


def test_a_removed_passkey_opens_nothing(tab: Any) -> None:
    sign_in(tab)
    add(tab, "Phone")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    db.session.delete(db.session.scalars(select(Passkey)).one())
    db.session.commit()
    sign_out(tab)
    use_passkey(tab)
    tab.get_by_text("The passkey could not be used here.").wait_for()


def test_a_device_that_has_one_makes_no_second(tab: Any) -> None:
    sign_in(tab)
    add(tab, "Phone")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    add(tab, "The same phone")
    tab.get_by_text("Your device made no passkey. You can try again.").wait_for()
    assert [each.name for each in db.session.scalars(select(Passkey))] == ["Phone"]


def test_who_says_no_to_the_device_stays_where_they_are(tab: Any) -> None:
    sign_in(tab)
    add(tab, "Phone")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    sign_out(tab)
    tab.device.send("WebAuthn.setUserVerified", {"authenticatorId": tab.authenticator, "isUserVerified": False})
    use_passkey(tab)
    tab.get_by_text("No passkey was used. You can try again.").wait_for()


def test_a_name_is_asked_for(tab: Any) -> None:
    sign_in(tab)
    add(tab, "  ")
    tab.get_by_role("link", name="Name of this passkey: Please give it a name.").wait_for()
    assert db.session.scalars(select(Passkey)).all() == []


ANSWER = """async () => {
  const asked = await (await fetch("/sign-in/passkey/options")).json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
  return JSON.stringify((await navigator.credentials.get({ publicKey })).toJSON());
}"""


@pytest.mark.on_both_databases
def test_the_same_answer_counts_once(tab: Any, app: Flask) -> None:
    """Not even for whoever has both the answer and the cookie of the browser that was asked."""
    sign_in(tab)
    add(tab, "Phone")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    sign_out(tab)
    answer = tab.evaluate(ANSWER)
    cookie = next(each["value"] for each in tab.context.cookies() if each["name"] == "intersession")
    led_to = []
    for _ in range(2):
        client = app.test_client()
        client.set_cookie("intersession", cookie)
        led_to.append(client.post("/sign-in/passkey", data={"answer": answer}).location)
        for passkey in db.session.scalars(select(Passkey)):
            passkey.uses = 0  # as with devices that do not count
    assert led_to == ["/workshops/mine", "/sign-in"]
    assert len(db.session.scalars(select(SpentChallenge)).all()) == 2


def test_an_answer_counts_in_the_browser_that_was_asked(tab: Any, app: Flask) -> None:
    sign_in(tab)
    add(tab, "Phone")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    answer = tab.evaluate(ANSWER)
    other = app.test_client()
    assert other.post("/sign-in/passkey", data={"answer": answer}).location == "/sign-in"
    other.get("/sign-in/passkey/options")
    assert other.post("/sign-in/passkey", data={"answer": answer}).location == "/sign-in"


def test_a_device_that_counts_backwards_is_a_copy(tab: Any) -> None:
    sign_in(tab)
    add(tab, "Phone")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    sign_out(tab)
    for passkey in db.session.scalars(select(Passkey)):
        passkey.uses += 100
    db.session.commit()
    use_passkey(tab)
    tab.get_by_text("The passkey could not be used here.").wait_for()
    refused = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "passkey_refused")).one()
    assert refused.at <= now()


def test_an_organiser_with_a_passkey_alone_comes_in_where_a_second_factor_is_required(tab: Any, app: Flask) -> None:
    app.config["REQUIRE_SECOND_FACTOR"] = True
    try:
        sign_in(tab)
        tab.get_by_text("Set up an authenticator app or a passkey, and the workspace opens.").wait_for()
        add(tab, "Phone")
        tab.get_by_role("heading", name="Your recovery codes").wait_for()
        tab.goto(f"{tab.place}/account/sign-in")
        assert "Organisers here need" not in tab.inner_text("main")
        sign_out(tab)
        sign_in(tab)
        tab.get_by_text("Confirm that it is you, and the workspace opens.").wait_for()
        tab.get_by_role("button", name="Remove Phone").click()
        tab.get_by_text("Please confirm first that it is you").wait_for()
    finally:
        app.config["REQUIRE_SECOND_FACTOR"] = False
    assert len(db.session.scalars(select(Passkey)).all()) == 1


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_page_of_an_account_is_accessible_and_fits_a_phone(tab: Any, language: str) -> None:
    sign_in(tab)
    add(tab, "Phone")
    tab.get_by_role("heading", name="Your recovery codes").wait_for()
    tab.goto(f"{tab.place}/account/sign-in?lang={language}")
    tab.locator("form[action$='/second-factor/begin'] button").click()
    tab.wait_for_url("**/account/second-factor")
    pages = ("", "/sign-in", "/browsers", "/erase", "/second-factor", "/passkeys", "/address", "/recovery-codes")
    for path in (*(f"/account{each}" for each in pages), "/account/password", "/sign-in", "/sign-in/by-mail"):
        tab.goto(f"{tab.place}{path}")
        assert axe_faults(tab) == [], path
        assert not sticks_out_of(tab), path
