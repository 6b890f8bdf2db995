"""What a stranger may try on the sign-in pages, with all guards up."""

import re
import time
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import cast
from tests import factories as make
from tests.conftest import checked
from tests.looking import matched, there
from tests.secretariat.accounts.conftest import PASSWORD, mails
from tests.secretariat.accounts.test_rules import FOREIGN
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now
from workshop.platform.mail import Message
from workshop.platform.operations import registry
from workshop.secretariat.accounts import browsers, passwords
from workshop.secretariat.accounts.models import PasswordReset, SignIn, User

WRONG = {"email": "ana@example.org", "password": "wrong horse battery"}
RIGHT = {"email": "ana@example.org", "password": PASSWORD}


def post(
    client: FlaskClient, path: str, data: dict[str, str], address: str = "192.0.2.1", **more: dict[str, str]
) -> TestResponse:
    """Send a form as a browser does: with the token of its page."""
    token = matched(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)[1]
    return client.post(path, data={**data, "csrf_token": token}, environ_base={"REMOTE_ADDR": address}, **more)


def metric(outcome: str) -> float:
    return registry.get_sample_value("sign_ins_total", {"outcome": outcome}) or 0.0


def a_minute_passes() -> None:
    """The failures so far lie a minute further back, so that the pause after them is over."""
    for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "sign_in_failed")):
        entry.at -= timedelta(minutes=1)


# Headers and cookies


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/forgotten", "/sign-in/new-password/" + "x" * 43])
def test_the_pages_cannot_be_framed_kept_or_made_to_run_anything(client: FlaskClient, app: Flask, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe-inline" not in policy
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_page_of_a_secret_address_does_not_pass_the_address_on(client: FlaskClient, ana: User) -> None:
    assert '<meta name="referrer" content="origin">' in client.get("/sign-in/new-password/" + "x" * 43).text


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(client: FlaskClient, ana: User) -> None:
    cookies = client.post("/sign-in", data=RIGHT).headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["intersession", "known"]
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie
    assert "Path=/sign-in" in next(cookie for cookie in cookies if cookie.startswith("known="))


def test_over_https_the_cookies_never_travel_in_clear(app: Flask, ana: User) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    try:
        answer = app.test_client().post("/sign-in", data=RIGHT, base_url="https://meeting.example")
    finally:
        app.config["SESSION_COOKIE_SECURE"] = False
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


def test_a_password_manager_can_do_its_work(client: FlaskClient, app: Flask) -> None:
    page = client.get("/sign-in").text
    assert re.search(r'<input[^>]*autocomplete="username"[^>]*type="email"', page)
    assert re.search(r'<input[^>]*autocomplete="current-password"[^>]*type="password"', page)


# Form tokens


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/sign-in", RIGHT),
        ("/sign-in/forgotten", {"email": "ana@example.org"}),
        ("/sign-in/new-password/x", {"password": PASSWORD}),
        ("/sign-out", {}),
        ("/account/password", {"current": PASSWORD, "password": "another horse battery"}),
        ("/account/sign-ins/1/end", {}),
        ("/account/sign-ins/end-others", {}),
    ],
)
def test_a_form_without_its_token_does_nothing(guarded: Flask, ana: User, path: str, data: dict[str, str]) -> None:
    client = checked(guarded).sign_in_as(ana)
    assert client.post(path, data=data).status_code == 400
    assert db.session.scalars(select(AuditEntry)).all() == []
    assert client.get("/account").status_code == 200


def test_the_demonstration_too_asks_for_the_token(guarded: Flask, ana: User) -> None:
    guarded.config["DEMO"] = True
    ana.is_demo = True
    client = guarded.test_client()
    assert client.post("/sign-in/demo", data={"email": ana.email}).status_code == 400
    token = matched(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]
    assert client.post("/sign-in/demo", data={"email": ana.email, "csrf_token": token}).status_code == 302


def test_a_form_with_its_token_works(guarded: Flask, ana: User) -> None:
    assert post(guarded.test_client(), "/sign-in", RIGHT).status_code == 302


# How often


def test_guessing_ends_after_ten_tries_a_minute_whatever_a_proxy_header_says(guarded: Flask, ana: User) -> None:
    client = guarded.test_client()
    answers = []
    for number in range(12):
        a_minute_passes()
        forged = {"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"203.0.113.{number}"}
        answers.append(post(client, "/sign-in", WRONG, headers=forged))
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) in range(1, 62)
    assert "Too many attempts" in answers[-1].text
    assert post(client, "/sign-in", WRONG, address="192.0.2.77").status_code == 200


def test_guessing_for_many_accounts_from_one_address_ends_as_well(guarded: Flask, ana: User) -> None:
    client = guarded.test_client()
    guesses = [post(client, "/sign-in", {"email": f"p{n}@example.org", "password": "winter2026!!"}) for n in range(11)]
    assert [answer.status_code for answer in guesses] == [200] * 10 + [429]


def test_an_ipv6_subscriber_has_one_allowance(guarded: Flask, ana: User) -> None:
    client = guarded.test_client()
    answers = []
    for number in range(11):
        a_minute_passes()
        answers.append(post(client, "/sign-in", WRONG, address=f"2001:db8:1:2::{number:x}"))
    assert answers[-1].status_code == 429
    a_minute_passes()
    assert post(client, "/sign-in", WRONG, address="2001:db8:1:3::1").status_code == 200


def test_a_whole_meeting_signs_in_through_the_address_of_one_hall(guarded: Flask, ana: User) -> None:
    for _ in range(15):
        assert post(guarded.test_client(), "/sign-in", RIGHT).status_code == 302


@pytest.mark.parametrize("path", ["/sign-in/forgotten", "/sign-in/new-password/x"])
def test_asking_and_trying_links_is_limited_too(guarded: Flask, ana: User, path: str) -> None:
    client = guarded.test_client()
    if path.endswith("forgotten"):
        answers = [post(client, path, {"email": "ana@example.org"}).status_code for _ in range(12)]
        assert answers == [302] * 10 + [429] * 2
    else:
        answers = [client.get(path + str(number)).status_code for number in range(22)]
        assert answers == [404] * 20 + [429] * 2


# Slowing down for one account


def test_guessing_from_many_addresses_is_slow(guarded: Flask, ana: User) -> None:
    tries = [post(guarded.test_client(), "/sign-in", WRONG, address=f"198.51.100.{n}") for n in range(8)]
    assert [each.status_code for each in tries[:5]] == [200] * 5
    assert tries[-1].status_code == 429
    assert "Please wait" in tries[-1].text
    assert "<title>Error:" in tries[-1].text
    assert post(guarded.test_client(), "/sign-in", RIGHT, address="198.51.100.200").status_code == 429


def test_the_owner_is_let_in_by_a_browser_that_was_let_in_before(guarded: Flask, ana: User) -> None:
    owner = guarded.test_client()
    assert post(owner, "/sign-in", RIGHT).status_code == 302
    for number in range(12):
        post(guarded.test_client(), "/sign-in", WRONG, address=f"198.51.100.{number}")
    assert post(guarded.test_client(), "/sign-in", RIGHT, address="192.0.2.9").status_code == 429
    assert post(owner, "/sign-in", RIGHT, address="192.0.2.9").status_code == 302


def test_the_mark_of_another_account_or_a_forged_one_helps_nobody(guarded: Flask, ana: User) -> None:
    dov = make.user("dov", password_hash=passwords.hash("dovs own password"))
    db.session.add(dov)
    attacker = guarded.test_client()
    assert post(attacker, "/sign-in", {"email": dov.email, "password": "dovs own password"}).status_code == 302
    for number in range(8):
        post(guarded.test_client(), "/sign-in", WRONG, address=f"198.51.100.{number}")
    assert post(attacker, "/sign-in", WRONG).status_code == 429
    attacker.set_cookie(browsers.COOKIE, "f" * 32, path="/sign-in")
    assert post(attacker, "/sign-in", WRONG).status_code == 429


def test_nobody_is_held_up_for_longer_than_half_a_minute(guarded: Flask, ana: User) -> None:
    for number in range(30):
        post(guarded.test_client(), "/sign-in", WRONG, address=f"198.51.100.{number}")
    for entry in db.session.scalars(select(AuditEntry)):
        entry.at -= timedelta(seconds=30)
    assert post(guarded.test_client(), "/sign-in", RIGHT).status_code == 302


# Whether an account exists is nobody's business


def without_address(page: str) -> str:
    return re.sub(r"(ana|nobody)@example\.org", "X", page)


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(app: Flask, ana: User) -> None:
    known, unknown = (
        app.test_client().post("/sign-in", data={"email": email, "password": "wrong horse battery"})
        for email in ("ana@example.org", "nobody@example.org")
    )
    assert known.status_code == unknown.status_code == 200
    assert without_address(known.text) == without_address(unknown.text)
    assert sorted(known.headers.keys()) == sorted(unknown.headers.keys())


def test_an_unknown_address_is_slowed_down_like_a_known_one(app: Flask, ana: User) -> None:
    for email in ("ana@example.org", "nobody@example.org"):
        answers = [app.test_client().post("/sign-in", data={"email": email, "password": "x"}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_asking_for_a_new_password_answers_the_same_and_writes_the_same(app: Flask, ana: User) -> None:
    answers = []
    for email in ("ana@example.org", "nobody@example.org"):
        client = app.test_client()
        answer = client.post("/sign-in/forgotten", data={"email": email})
        answers.append((answer.status_code, answer.location, without_address(client.get("/sign-in").text)))
        assert db.session.scalars(select(Message)).all() == []
    assert answers[0] == answers[1]


def test_the_work_is_the_same_whether_or_not_there_is_a_password_to_compare(app: Flask) -> None:
    """Measured in this thread's own CPU time, the least of several, so that a busy machine makes no difference."""
    app.config["ARGON2"], before = {"time_cost": 3, "memory_cost": 8192, "parallelism": 1}, app.config["ARGON2"]
    try:
        stored = passwords.hash(PASSWORD)
        passwords.verify(None, "x")  # makes the dummy
        times = {}
        for known, value in (("known", stored), ("unknown", None), ("broken", "-")):
            taken = []
            for _ in range(7):
                started = time.thread_time()
                assert passwords.verify(value, "wrong horse battery") is False
                taken.append(time.thread_time() - started)
            times[known] = min(taken)
    finally:
        app.config["ARGON2"] = before
    assert times["known"] > 0.001
    assert 0.5 < times["unknown"] / times["known"] < 2
    assert 0.5 < times["broken"] / times["known"] < 2


def test_the_dummy_itself_lets_nobody_in(app: Flask) -> None:
    assert passwords.verify(None, "nobody's password") is False
    assert passwords.verify("-", "nobody's password") is False


def test_in_service_passwords_take_the_recommended_work(app: Flask) -> None:
    app.config["ARGON2"], before = {}, app.config["ARGON2"]
    try:
        assert passwords._hasher().memory_cost == PasswordHasher().memory_cost == 65536
    finally:
        app.config["ARGON2"] = before


# What is written down


def test_no_address_and_no_password_is_written_into_the_log(client: FlaskClient, ana: User) -> None:
    client.post("/sign-in", data=WRONG)
    client.post("/sign-in", data={"email": "nobody@example.org", "password": "some other password"})
    entries = [f"{entry.verb} {entry.subject} {entry.who}" for entry in db.session.scalars(select(AuditEntry))]
    assert len(entries) == 2
    assert not re.search(r"ana|nobody|example|password|horse", " ".join(entries))


def test_tokens_are_stored_hashed_only(client: FlaskClient, ana: User) -> None:
    client.post("/sign-in", data=RIGHT)
    with client.session_transaction() as session:
        token = session["_user_id"]
    client.post("/sign-in/forgotten", data={"email": ana.email})
    link = matched(r"new-password/(\S+)", mails()[0].text)[1]
    stored = [db.session.scalars(select(kind)).one().token_hash for kind in (SignIn, PasswordReset)]
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in stored)
    assert not {token, link} & set(stored)
    assert min(len(token), len(link)) >= 43


def test_sign_ins_are_counted_for_the_operator(client: FlaskClient, ana: User) -> None:
    before = metric("password"), metric("failed")
    client.post("/sign-in", data=WRONG)
    client.post("/sign-in", data=RIGHT)
    assert (metric("password"), metric("failed")) == (before[0] + 1, before[1] + 1)


# Open redirects


@pytest.mark.parametrize("address", FOREIGN)
def test_next_never_leads_away(client: FlaskClient, ana: User, address: str) -> None:
    assert client.post("/sign-in", data={**RIGHT, "next": address}).location == "/workshops/mine"


@pytest.mark.parametrize("address", [each for each in FOREIGN if "\r" not in each])
def test_the_page_itself_does_not_lead_away_either(client: FlaskClient, ana: User, address: str) -> None:
    page = client.get("/sign-in", query_string={"next": address})
    next_ = re.search(r'name="next"[^>]*value="([^"]*)"', page.text)
    assert client.post("/sign-in", data={**RIGHT, "next": next_[1] if next_ else ""}).location == "/workshops/mine"


# Host headers

HOSTS = [
    {"Host": "evil.example"},
    {"Host": "meeting.example.evil.example"},
    {"Host": "evil.example:443"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Host": "evil.example"},
    {"X-Forwarded-Server": "evil.example"},
    {"X-HTTP-Host-Override": "evil.example"},
    {"Forwarded": "host=evil.example"},
    {"X-Original-Host": "evil.example"},
    {"X-Original-URL": "http://evil.example/"},
    {"Origin": "http://evil.example"},
    {"Referer": "http://evil.example/"},
]


@pytest.mark.parametrize("headers", HOSTS, ids=lambda headers: " ".join(headers.values()))
def test_no_header_puts_another_site_into_the_mail(client: FlaskClient, ana: User, headers: dict[str, str]) -> None:
    answer = client.post("/sign-in/forgotten", data={"email": ana.email}, headers=headers)
    assert answer.location == "/sign-in"
    (mail,) = mails()
    assert "https://meeting.example/sign-in/new-password/" in mail.text
    assert "evil" not in mail.text


def test_where_the_site_has_a_name_no_other_is_answered(app: Flask, ana: User) -> None:
    app.config["TRUSTED_HOSTS"] = ["meeting.example"]
    try:
        client = app.test_client()
        assert client.post("/sign-in", data=RIGHT, base_url="http://evil.example").status_code == 400
        assert client.post("/sign-in", data=RIGHT, base_url="http://meeting.example").status_code == 302
    finally:
        app.config["TRUSTED_HOSTS"] = None


# Sessions


def test_a_session_planted_before_signing_in_is_worthless_afterwards(guarded: Flask, ana: User) -> None:
    client = guarded.test_client()
    client.get("/sign-in")
    planted = there(client.get_cookie("intersession")).value
    with client.session_transaction() as session:
        session["planted"] = "yes"
    post(client, "/sign-in", RIGHT)
    assert there(client.get_cookie("intersession")).value != planted
    with client.session_transaction() as session:
        assert "planted" not in session
        assert "csrf_token" not in session
    thief = guarded.test_client()
    thief.set_cookie("intersession", planted)
    assert thief.get("/account").status_code == 302


def test_a_copied_cookie_dies_with_the_sign_in(app: Flask, ana: User) -> None:
    client, thief = app.test_client(), app.test_client()
    client.post("/sign-in", data=RIGHT)
    thief.set_cookie("intersession", there(client.get_cookie("intersession")).value)
    assert thief.get("/account").status_code == 200
    client.post("/sign-out")
    assert thief.get("/account").status_code == 302


def test_the_number_of_a_person_in_the_cookie_opens_nothing(app: Flask, ana: User) -> None:
    client = app.test_client()
    for forged in (str(ana.id), ana.email, "", cast.signed_in(ana) + "x"):
        with client.session_transaction() as session:
            session["_user_id"] = forged
        assert client.get("/account").status_code == 302


def test_an_ended_sign_in_cannot_be_used_to_act(app: Flask, ana: User) -> None:
    client = checked(app).sign_in_as(ana)
    for sign_in in db.session.scalars(select(SignIn)):
        sign_in.ended_at = now()
    answer = client.post("/account/password", data={"current": PASSWORD, "password": "another horse battery"})
    assert answer.location.startswith("/sign-in")
    assert passwords.verify(ana.password_hash, PASSWORD)
