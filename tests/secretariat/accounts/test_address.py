"""Another email address: confirmed at the new one, told to the old one, and stopped there if need be."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.secretariat.accounts.conftest import PASSWORD, mails
from tests.secretariat.accounts.test_views import audited, is_signed_in, sign_in
from workshop.platform.db import db, now
from workshop.secretariat.accounts.models import AddressChange, AddressStop

NEW = "ana@elsewhere.example"


def ask(client, email=NEW, password=PASSWORD):
    return client.post("/account/address", data={"email": email, "current": password})


def links() -> dict[str, str]:
    """The link in the last mail to each address, "" where there is none."""
    found = {}
    for mail in mails():
        link = re.search(r"https://meeting\.example(/sign-in/address\S+)", mail.text)
        found[mail.recipient] = link[1] if link else ""
    return found


def test_it_changes_when_it_is_confirmed_at_the_new_address(client, ana):
    sign_in(client)
    assert ask(client).location == "/account"
    assert NEW in client.get("/account").text
    link = links()[NEW]
    assert f"The account of ana@example.org will have the address {NEW}." in client.get(link).text
    assert ana.email == "ana@example.org"
    assert client.post(link).location == "/account"
    db.session.refresh(ana)
    assert ana.email == NEW
    assert sign_in(client).status_code == 200
    assert sign_in(client, email=NEW).status_code == 302
    assert client.post(link).status_code == 404
    verbs = [verb for verb, _who in audited()]
    assert verbs[:3] == ["sign_in", "address_change_asked", "address_changed"]


def test_the_old_address_is_told_and_stops_it(app, ana):
    client, owner = app.test_client(), app.test_client()
    sign_in(client)
    ask(client)
    out = links()
    stop = out["ana@example.org"]
    assert f"and not {NEW}" in owner.get(stop).text
    assert ana.email == "ana@example.org"
    answer = owner.post(stop)
    assert answer.location.startswith("/sign-in/new-password/")
    assert owner.get(answer.location).status_code == 200
    assert not is_signed_in(client)
    assert client.post(out[NEW]).status_code == 404
    assert owner.get(stop).status_code == 404


def test_the_old_address_takes_it_back_after_it_has_happened(app, ana):
    thief, owner = app.test_client(), app.test_client()
    sign_in(thief)
    ask(thief)
    out = links()
    thief.post(out[NEW])
    ask(thief, email="thief@elsewhere.example")
    later = links()
    owner.post(out["ana@example.org"])
    db.session.refresh(ana)
    assert ana.email == "ana@example.org"
    assert not is_signed_in(thief)
    assert thief.post(later["thief@elsewhere.example"]).status_code == 404
    assert ("address_change_stopped", ana.id) in audited()


def test_stopping_ends_the_links_that_went_to_the_new_address(app, ana):
    thief = app.test_client()
    sign_in(thief)
    ask(thief)
    out = links()
    thief.post(out[NEW])
    thief.post("/sign-in/forgotten", data={"email": NEW})
    key = re.search(r"(/sign-in/new-password/\S+)", mails()[-1].text)[1]
    app.test_client().post(out["ana@example.org"])
    assert thief.get(key).status_code == 404


def test_an_address_that_has_an_account_is_told_so_itself_and_nobody_else(client, ana):
    db.session.add(make.user("ben"))
    sign_in(client)
    free, taken = ask(client, "free@example.org"), ask(client, "ben@example.org")
    assert (free.status_code, free.location) == (taken.status_code, taken.location)
    page = client.get("/account").text
    assert "ben@example.org. It is used once the link sent there is opened" in page
    found = {mail.recipient: mail.text for mail in mails()}
    assert "/sign-in/address" not in found["ben@example.org"]
    assert "has an account already" in found["ben@example.org"]


def test_opening_the_links_changes_nothing(client, ana):
    sign_in(client)
    ask(client)
    for link in links().values():
        assert client.get(link).status_code == 200
    db.session.refresh(ana)
    assert ana.email == "ana@example.org"


def test_the_later_wish_counts(client, ana):
    sign_in(client)
    ask(client, "first@example.org")
    first = links()["first@example.org"]
    ask(client, "second@example.org")
    assert client.post(first).status_code == 404
    assert client.post(links()["second@example.org"]).status_code == 302


@pytest.mark.parametrize(
    ("email", "password", "message"),
    [
        (NEW, "wrong", "This is not your password."),
        ("ana@example.org", PASSWORD, "This is the address that your account has already."),
        ("ana", PASSWORD, "This is not an email address"),
    ],
)
def test_it_is_refused_when_something_is_wrong(client, ana, email, password, message):
    sign_in(client)
    assert message in ask(client, email, password).text
    assert mails() == []


def test_three_changes_a_day_are_enough(client, ana):
    sign_in(client)
    answers = [ask(client, f"a{number}@example.org") for number in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "try again tomorrow" in answers[-1].text


def test_both_links_end_in_time(client, ana):
    sign_in(client)
    ask(client)
    out = links()
    change, stop = db.session.scalars(select(AddressChange)).one(), db.session.scalars(select(AddressStop)).one()
    assert timedelta(hours=23) < change.expires_at - now() <= timedelta(days=1)
    assert timedelta(days=7) < stop.expires_at - now() <= timedelta(days=8)
    change.expires_at = stop.expires_at = now() - timedelta(seconds=1)
    assert {client.post(link).status_code for link in out.values()} == {404}


def test_the_stop_outlives_the_daily_clearing_and_goes_with_it_in_the_end(client, ana):
    from workshop.secretariat.accounts.tasks import forget_expired

    sign_in(client)
    ask(client)
    mails()
    change, stop = db.session.scalars(select(AddressChange)).one(), db.session.scalars(select(AddressStop)).one()
    change.expires_at = now() - timedelta(days=3)
    db.session.commit()
    forget_expired()
    assert len(db.session.scalars(select(AddressStop)).all()) == 1
    stop.expires_at = now() - timedelta(days=3)
    db.session.commit()
    forget_expired()
    assert db.session.scalars(select(AddressStop)).all() == db.session.scalars(select(AddressChange)).all() == []


def test_demonstration_accounts_keep_theirs(client, ana):
    ana.is_demo = True
    sign_in(client)
    assert "Demonstration accounts stay as they are" in ask(client).text
