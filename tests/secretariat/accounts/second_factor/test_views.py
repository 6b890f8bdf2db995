"""An authenticator app set up, asked for, lost and turned off, as a person does it."""

import html
import re
import threading
from contextvars import Context
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from tests.conftest import CheckedClient
from tests.secretariat.accounts.conftest import PASSWORD, mails
from tests.secretariat.accounts.test_views import audited, is_signed_in, sign_in
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now
from workshop.secretariat.accounts import sign_in as signing_in
from workshop.secretariat.accounts.models import SignIn, User
from workshop.secretariat.accounts.second_factor import rules
from workshop.secretariat.accounts.second_factor.models import Authenticator, HalfSignIn, RecoveryCode
from workshop.secretariat.series.models import Membership, Role

SECOND_STEP = "/sign-in/second-step"


def key_on(page: str) -> str:
    return re.search(r'class="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>([0-9a-z-]{19})</code></li>", page)


def set_up(client: CheckedClient) -> tuple[str, list[str]]:
    """The secret that the app was given, and the recovery codes."""
    assert client.post("/account/second-factor/begin").location == "/account/second-factor"
    secret = key_on(client.get("/account/second-factor").text)
    page = client.post("/account/second-factor", data={"code": pyotp.TOTP(secret).now()})
    return secret, codes_on(page.text)


def next_code(secret: str) -> str:
    """The code that the app shows, as if half a minute had passed since the last one was typed."""
    for app in db.session.scalars(select(Authenticator)):
        app.last_step -= 10
    db.session.commit()
    return pyotp.TOTP(secret).now()


@pytest.fixture
def phone(app, ana) -> str:
    """Ana's app; the secret it was given."""
    secret, _codes = set_up(app.test_client().sign_in_as(ana))
    return secret


@pytest.fixture
def codes(app, ana) -> list[str]:
    _secret, found = set_up(app.test_client().sign_in_as(ana))
    return found


# set_up


def test_the_app_is_given_its_secret_as_a_picture_and_in_letters(client, ana):
    sign_in(client)
    client.post("/account/second-factor/begin")
    page = client.get("/account/second-factor")
    assert re.search(r'<div class="qr" role="img" aria-label="QR code[^"]*"><svg ', page.text)
    assert "style=" not in page.text
    secret = key_on(page.text)
    address = html.unescape(re.search(r'href="(otpauth:[^"]+)"', page.text)[1])
    assert pyotp.parse_uri(address).secret == secret
    assert key_on(client.get("/account/second-factor").text) == secret  # a reload changes nothing


def test_a_first_code_turns_it_on_and_ten_recovery_codes_are_shown_once(client, ana):
    sign_in(client)
    secret, codes = set_up(client)
    assert len(set(codes)) == 10
    assert client.get("/account/second-factor").location == "/account/sign-in"
    page = client.get("/account/sign-in").text
    assert "10 codes are left" in page
    assert not any(code in page for code in codes)
    kept = db.session.scalars(select(RecoveryCode.token_hash)).all()
    assert not set(codes) & set(kept)
    app = db.session.scalars(select(Authenticator)).one()
    assert secret not in app.sealed_secret
    assert signing_in.secret_of(app) == secret
    assert [mail.subject for mail in mails()] == ["Your sign-in was changed"]
    assert [verb for verb, _who in audited()] == ["sign_in", "second_factor_on", "recovery_codes_made"]


def test_a_wrong_first_code_turns_nothing_on(client, ana):
    sign_in(client)
    client.post("/account/second-factor/begin")
    page = client.post("/account/second-factor", data={"code": "000000"})
    assert "This code is not right." in page.text
    assert "<title>Error:" in page.text
    assert sign_in(client).location == "/workshops/mine"


def test_a_set_up_that_was_not_finished_is_begun_anew(client, ana):
    sign_in(client)
    client.post("/account/second-factor/begin")
    first = key_on(client.get("/account/second-factor").text)
    client.post("/account/second-factor/begin")
    assert key_on(client.get("/account/second-factor").text) != first


def test_the_code_that_confirmed_it_signs_nobody_in(app, ana):
    client = app.test_client().sign_in_as(ana)
    client.post("/account/second-factor/begin")
    code = pyotp.TOTP(key_on(client.get("/account/second-factor").text)).now()
    client.post("/account/second-factor", data={"code": code})
    other = app.test_client()
    sign_in(other)
    assert "has been used" in other.post(SECOND_STEP, data={"code": code}).text


def test_demonstration_accounts_have_none(client, ana):
    ana.is_demo = True
    sign_in(client)
    assert client.post("/account/second-factor/begin").location == "/account/sign-in"
    assert db.session.scalars(select(Authenticator)).all() == []


# second_step


def test_after_the_password_a_code_is_asked_for_and_one_comes_to_where_one_wanted_to_go(client, phone):
    answer = sign_in(client, next="/account/browsers")
    assert answer.location == SECOND_STEP
    assert not is_signed_in(client)
    assert client.post(SECOND_STEP, data={"code": next_code(phone)}).location == "/account/browsers"
    assert is_signed_in(client)
    newest = db.session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
    assert newest.strong
    trace = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (trace.verb, trace.subject) == ("sign_in", "password, code")


def test_a_wrong_password_does_not_tell_that_a_code_would_be_asked(client, phone):
    assert sign_in(client, password="wrong horse battery").status_code == 200


def test_a_code_works_once(app, phone):
    code = next_code(phone)
    for number, expected in enumerate((302, 200)):
        client = app.test_client()
        sign_in(client)
        assert client.post(SECOND_STEP, data={"code": code}).status_code == expected, number


def test_of_two_who_send_one_code_at_once_one_is_let_in(app, phone):
    code, clients, answers = next_code(phone), [app.test_client() for _ in range(4)], []
    for client in clients:
        sign_in(client)
    db.session.remove()
    start = threading.Barrier(len(clients))

    def send(client) -> None:
        start.wait()
        answers.append(Context().run(app.test_client_class.__mro__[1].post, client, SECOND_STEP, data={"code": code}))

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]


def test_a_recovery_code_works_once_however_it_is_typed(app, codes):
    for typed, status in ((codes[0].upper().replace("-", " "), 302), (codes[0], 200), (codes[1], 302)):
        client = app.test_client()
        sign_in(client)
        assert client.post(SECOND_STEP, data={"code": typed}).status_code == status
    assert ("recovery_code_used" in [verb for verb, _who in audited()]) is True
    assert "8 codes are left" in client.get("/account/sign-in").text


def test_the_code_of_another_person_opens_nothing(app, ana, codes):
    ben = User(email="ben@example.org", name="Ben", password_hash=ana.password_hash, created_at=now())
    db.session.add(ben)
    set_up(app.test_client().sign_in_as(ben))
    client = app.test_client()
    sign_in(client, email="ben@example.org")
    assert client.post(SECOND_STEP, data={"code": codes[0]}).status_code == 200
    assert not is_signed_in(client)


def test_whoever_comes_without_the_first_step_begins_with_it(client, phone):
    for _ in range(2):
        assert client.get(SECOND_STEP).location == "/sign-in"
        assert client.post(SECOND_STEP, data={"code": next_code(phone)}).location == "/sign-in"
    assert not is_signed_in(client)


def test_the_second_step_waits_ten_minutes_and_is_used_up_by_the_right_code(client, phone):
    sign_in(client)
    with client.session_transaction() as session:
        secret = session["half"]
    half = db.session.scalars(select(HalfSignIn)).one()
    assert timedelta(minutes=9) < half.expires_at - now() <= timedelta(minutes=10)
    client.post(SECOND_STEP, data={"code": next_code(phone)})
    with client.session_transaction() as session:
        session["half"] = secret
    assert client.get(SECOND_STEP).location == "/sign-in"
    sign_in(client)
    for each in db.session.scalars(select(HalfSignIn)):
        each.expires_at = now() - timedelta(seconds=1)
    assert client.post(SECOND_STEP, data={"code": next_code(phone)}).location == "/sign-in"


def test_guessing_codes_gets_slow_from_every_browser(app, phone):
    answers = []
    for _ in range(7):
        client = app.test_client()
        sign_in(client)
        answers.append(client.post(SECOND_STEP, data={"code": "000000"}).text)
    assert "This code is not right" in answers[4]
    assert "There were several wrong codes. Please wait" in answers[5]
    client = app.test_client()
    sign_in(client)
    assert "Please wait" in client.post(SECOND_STEP, data={"code": next_code(phone)}).text
    failed = [entry for entry in db.session.scalars(select(AuditEntry)) if entry.verb == "second_factor_failed"]
    assert len(failed) == 5
    for entry in failed:
        entry.at -= timedelta(seconds=2)
    assert client.post(SECOND_STEP, data={"code": next_code(phone)}).status_code == 302


def test_one_address_sends_ten_wrong_codes_a_minute(guarded, phone):
    client = guarded.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").text)[1]
    client.post("/sign-in", data={"email": "ana@example.org", "password": PASSWORD, "csrf_token": token})
    answers = [client.post(SECOND_STEP, data={"code": "000000", "csrf_token": token}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_nothing_of_codes_and_secrets_is_in_the_log(client, app, ana):
    sign_in(client)
    secret, codes = set_up(client)
    other = app.test_client()
    sign_in(other)
    other.post(SECOND_STEP, data={"code": codes[3]})
    log = " ".join(f"{entry.verb} {entry.subject}" for entry in db.session.scalars(select(AuditEntry)))
    assert not any(word in log for word in (secret, *codes, ana.email))


# turn_off, renew


def test_turning_it_off_asks_for_the_password(client, ana, phone):
    sign_in(client)
    client.post(SECOND_STEP, data={"code": next_code(phone)})
    assert "This is not your password." in client.post("/account/second-factor/off", data={"current": "wrong"}).text
    assert sign_in(client).location == SECOND_STEP
    client.post(SECOND_STEP, data={"code": next_code(phone)})
    assert client.post("/account/second-factor/off", data={"current": PASSWORD}).location == "/account/sign-in"
    assert sign_in(client).location == "/workshops/mine"
    assert db.session.scalars(select(RecoveryCode)).all() == []
    assert [mail.subject for mail in mails()] == ["Your sign-in was changed"] * 2
    assert client.get("/account/second-factor/off").status_code == 404


def test_new_recovery_codes_replace_the_old_ones(app, codes):
    client = app.test_client()
    sign_in(client)
    client.post(SECOND_STEP, data={"code": codes[0]})
    page = client.post("/account/recovery-codes", data={"current": PASSWORD}).text
    fresh = codes_on(page)
    assert len(set(fresh) - set(codes)) == 10
    for typed, status in ((codes[1], 200), (fresh[0], 302)):
        other = app.test_client()
        sign_in(other)
        assert other.post(SECOND_STEP, data={"code": typed}).status_code == status


def test_a_sign_in_from_before_renews_no_codes_without_a_confirmation(app, ana):
    before = app.test_client().sign_in_as(ana)
    secret, codes = set_up(app.test_client().sign_in_as(ana))
    page = before.post("/account/recovery-codes", data={"current": PASSWORD}).text
    assert "Please confirm first that it is you" in page
    assert "To change the settings below, confirm first" in before.get("/account/sign-in").text
    assert before.post("/account/confirm", data={"code": next_code(secret)}).location == "/account/sign-in"
    assert len(codes_on(before.post("/account/recovery-codes", data={"current": PASSWORD}).text)) == 10
    assert codes


def test_a_changed_key_of_the_installation_leaves_the_recovery_codes(app, codes):
    app.config["SECRET_KEY"], before = "another key", app.config["SECRET_KEY"]
    try:
        client = app.test_client()
        sign_in(client)
        assert client.post(SECOND_STEP, data={"code": codes[0]}).status_code == 302
    finally:
        app.config["SECRET_KEY"] = before


# Organisers who must have one


@pytest.fixture
def required(app):
    app.config["REQUIRE_SECOND_FACTOR"] = True
    yield
    app.config["REQUIRE_SECOND_FACTOR"] = False


DESK = "/workshops/w/desk/"


def test_an_organiser_is_led_to_setting_it_up_and_then_let_through(as_, required):
    ana = as_("ana")
    answer = ana.get(DESK)
    assert answer.location == f"/account/confirm?next={DESK}"
    page = ana.get(answer.location).text
    assert "Organisers here need a second factor" in page
    assert "Set up an authenticator app or a passkey" in ana.get("/account/sign-in").text
    set_up(ana)
    assert ana.get(DESK).status_code == 200
    assert ana.get("/account/confirm", query_string={"next": DESK}).location == DESK


def test_an_organiser_signed_in_by_the_password_alone_confirms(as_, company, required):
    secret, _codes = set_up(as_("ana"))
    ana = as_("ana")
    where = ana.get(DESK).location
    assert "Confirm that it is you" in ana.get(where).text
    assert ana.post(where, data={"code": next_code(secret)}).location == DESK
    assert ana.get(DESK).status_code == 200


def test_what_an_organiser_typed_is_kept_meanwhile(as_, required):
    page = as_("ana").post("/workshops/w/desk/stages", data={"a": "kept words"}, headers={"Origin": "http://localhost"})
    assert page.status_code == 403
    assert "Organisers here need a second factor" in page.text
    assert "kept words" in page.text


@pytest.mark.parametrize("name", ["ben", "chi", "eva"])
def test_nobody_else_is_asked(as_, required, name):
    assert as_(name).get(DESK).status_code == 200


def test_an_administrator_is_asked_too(as_, company, required):
    company.dov.is_administrator = True
    dov = as_("dov")
    assert dov.get("/administration").location == "/account/confirm?next=/administration"


def test_without_the_setting_organisers_are_free_to_choose(as_, company):
    assert as_("ana").get(DESK).status_code == 200


def test_somebody_who_becomes_an_organiser_is_asked_from_then_on(as_, company, required):
    ben = as_("ben")
    db.session.add(Membership(user=company.ben, workshop=company.workshop, role=Role.ORGANISER))
    assert ben.get(DESK).location == f"/account/confirm?next={DESK}"


def test_halves_and_links_that_are_long_over_are_cleared_away(client, phone):
    from workshop.secretariat.accounts.tasks import forget_expired

    sign_in(client)
    forget_expired()
    half = db.session.scalars(select(HalfSignIn)).one()
    half.expires_at = now() - timedelta(days=2)
    db.session.commit()
    forget_expired()
    assert db.session.scalars(select(HalfSignIn)).all() == []
    assert timedelta(days=1) > rules.HALF_GOOD_FOR
