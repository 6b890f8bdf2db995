"""Signing in by a mailed link: the same for everybody who asks, good once, and not for programs that read mails."""

import re
import time
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import CheckedClient, checked, count_statements
from tests.looking import matched
from tests.secretariat.accounts.conftest import PASSWORD, mails
from tests.secretariat.accounts.second_factor.test_views import set_up
from tests.secretariat.accounts.test_rules import FOREIGN
from tests.secretariat.accounts.test_security import HOSTS, post, without_address
from tests.secretariat.accounts.test_views import audited, is_signed_in
from workshop.platform import tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now
from workshop.platform.mail import Message
from workshop.platform.tasks import Task, TaskState
from workshop.secretariat.accounts.models import SignInLink, SignInWish, User

ASK = "/sign-in/by-mail"


def link_in(mail: Message) -> str:
    return matched(r"https://meeting\.example(/sign-in/link/\S+)", mail.text)[1]


def ask(client: FlaskClient, email: str = "ana@example.org", **more: str) -> str:
    """The link that arrives."""
    assert client.post(ASK, data={"email": email, **more}).location == "/sign-in"
    return link_in(mails()[-1])


def test_a_link_signs_in_and_leads_to_where_one_wanted_to_go(client: CheckedClient, ana: User) -> None:
    link = ask(client, "Ana@example.org ", next="/account/browsers")
    assert client.post(link).location == "/account/browsers"
    assert is_signed_in(client)
    trace = db.session.scalars(select(AuditEntry)).one()
    assert (trace.verb, trace.subject, trace.who) == ("sign_in", "mailed link", ana.id)


def test_opening_it_signs_nobody_in(client: CheckedClient, ana: User) -> None:
    link = ask(client)
    for _ in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert "you are signed in here as ana@example.org" in page.text
    assert not is_signed_in(client)
    assert client.post(link).status_code == 302


def test_the_page_of_the_link_does_not_pass_its_address_on(client: CheckedClient, ana: User) -> None:
    assert '<meta name="referrer" content="origin">' in client.get(ask(client)).text


def test_it_works_once(app: Flask, client: CheckedClient, ana: User) -> None:
    link = ask(client)
    client.post(link)
    other = app.test_client()
    assert other.post(link).status_code == 404
    assert "This link no longer works" in other.get(link).text
    assert not is_signed_in(other)


def test_it_works_for_a_quarter_of_an_hour(client: CheckedClient, ana: User) -> None:
    link = ask(client)
    row = db.session.scalars(select(SignInLink)).one()
    assert timedelta(minutes=14) < row.expires_at - now() <= timedelta(minutes=15)
    row.expires_at = now() - timedelta(seconds=1)
    assert client.post(link).status_code == 404


def test_it_is_kept_as_a_digest_only(client: CheckedClient, ana: User) -> None:
    token = ask(client).rpartition("/")[2]
    row = db.session.scalars(select(SignInLink)).one()
    assert len(token) >= 43
    assert token not in row.token_hash


def test_a_second_factor_is_asked_for_all_the_same(app: Flask, client: CheckedClient, ana: User) -> None:
    set_up(checked(app).sign_in_as(ana))
    assert client.post(ask(client)).location == "/sign-in/second-step"
    assert not is_signed_in(client)


def test_a_new_password_ends_links_that_are_out(app: Flask, client: CheckedClient, ana: User) -> None:
    link = ask(client)
    checked(app).sign_in_as(ana).post(
        "/account/password", data={"current": PASSWORD, "password": "a horse of another colour"}
    )
    assert client.post(link).status_code == 404


def test_nobody_is_written_to_for_an_address_without_account(client: CheckedClient, app: Flask) -> None:
    client.post(ASK, data={"email": "stranger@example.org"})
    assert mails() == []
    assert db.session.scalars(select(SignInWish)).all() == []


def test_known_and_unknown_addresses_get_the_same_answer_after_the_same_statements(app: Flask, ana: User) -> None:
    answers = []
    for email in ("ana@example.org", "nobody@example.org"):
        client = app.test_client()
        client.post(ASK, data={"email": email})  # whatever is made at the first time only
        with count_statements() as statements:
            answer = client.post(ASK, data={"email": email})
        sent = [re.sub(r"\s+", " ", each) for each in statements]
        answers.append((answer.status_code, answer.location, sent, without_address(client.get("/sign-in").text)))
    assert answers[0] == answers[1]


def test_known_and_unknown_addresses_are_answered_in_the_same_time(app: Flask, ana: User) -> None:
    """The least of many, by turns, so that a busy machine makes no difference."""
    client = app.test_client()
    taken: dict[str, list[float]] = {"ana@example.org": [], "nobody@example.org": []}
    for _ in range(25):
        for email, times in taken.items():
            started = time.thread_time()
            client.post(ASK, data={"email": email})
            times.append(time.thread_time() - started)
    known, unknown = (min(times) for times in taken.values())
    assert abs(known - unknown) < 0.003


def test_a_stranger_cannot_flood_a_mailbox(client: CheckedClient, ana: User) -> None:
    for _ in range(5):
        client.post(ASK, data={"email": ana.email})
    assert len(mails()) == 3


def test_asking_is_limited(guarded: Flask, ana: User) -> None:
    client = guarded.test_client()
    answers = [post(client, ASK, {"email": "ana@example.org"}).status_code for _ in range(12)]
    assert answers == [302] * 10 + [429] * 2


def test_it_arrives_once_however_often_the_tasks_run(client: CheckedClient, ana: User) -> None:
    client.post(ASK, data={"email": ana.email})
    mails()
    for task in db.session.scalars(select(Task)):
        task.state, task.due_at = TaskState.READY, now()
    db.session.commit()
    tasks.run_due()
    assert len(mails()) == 1


@pytest.mark.parametrize("address", FOREIGN)
def test_next_never_leads_away(client: CheckedClient, ana: User, address: str) -> None:
    assert client.post(ask(client, next=address)).location == "/workshops/mine"


@pytest.mark.parametrize("headers", HOSTS, ids=lambda headers: " ".join(headers.values()))
def test_no_header_puts_another_site_into_the_mail(client: CheckedClient, ana: User, headers: dict[str, str]) -> None:
    client.post(ASK, data={"email": ana.email}, headers=headers)
    (mail,) = mails()
    assert "https://meeting.example/sign-in/link/" in mail.text
    assert "evil" not in mail.text


def test_the_mail_is_written_in_the_language_of_the_page(client: CheckedClient, ana: User) -> None:
    client.post(f"{ASK}?lang=fr", data={"email": ana.email})
    assert mails()[0].text.startswith("Bonjour")


def test_demonstration_accounts_get_none(client: CheckedClient, ana: User) -> None:
    ana.is_demo = True
    client.post(ASK, data={"email": ana.email})
    assert mails() == []
    assert audited() == []
