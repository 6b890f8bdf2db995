"""The outbox of a workshop: what its organisers see of each mail, and sending it again."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests import factories as make
from tests.platform.sink import Sink, listening
from workshop.platform import outbox, tasks
from workshop.platform.db import db, now
from workshop.platform.mail import LINK, Message, MessageState
from workshop.secretariat.correspondence.rules import Tray

OUTBOX = "/workshops/w/desk/outbox"
SECRET = "https://meeting.example/q/kZ3secret"


@pytest.fixture
def sink(app: Flask) -> Iterator[Sink]:
    before = app.config["MAIL_URL"]
    with listening() as server:
        app.config["MAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
        yield server
    app.config["MAIL_URL"] = before


@pytest.fixture
def ana(as_: Callable[[str], Any]) -> Any:
    return as_("ana")


def a_mail(company: Any, state: MessageState = MessageState.QUEUED, **more: Any) -> Message:
    values = {"workshop_id": company.workshop.id, "recipient": "ben@example.org", "subject": "Invitation"}
    text = f"Dear Ben,\n\n{LINK}\nor {SECRET}\n\nThe secretariat"
    message = Message(**{**values, "text": text, "secret": SECRET, "written_at": make.NOON, "state": state, **more})
    db.session.add(message)
    db.session.commit()
    return message


@pytest.mark.usefixtures("sink")
def test_every_mail_stands_in_its_tray_with_its_reason(ana: Any, company: Any) -> None:
    for state in MessageState:
        a_mail(company, state, subject=f"Letter {state.value}", reason=f"550 {state.value}" if state.has_failed else "")
    page = ana.get(OUTBOX).text
    assert all(f"Letter {state.value}" in page for state in MessageState)
    assert "All (7)" in page
    assert "Waiting (2)" in page, "one that is leaving waits still"
    for tray in Tray:
        page = ana.get(f"{OUTBOX}?tray={tray.value}").text
        assert {state for state in MessageState if f"Letter {state.value}" in page} == tray.states
    assert "550 refused" in ana.get(f"{OUTBOX}?tray=refused").text


def test_a_secret_is_shown_to_nobody(ana: Any, company: Any) -> None:
    message = a_mail(company)
    page = ana.get(f"{OUTBOX}/{message.id}").text
    assert "Dear Ben," in page
    assert "https://meeting.example/…" in page
    assert "kZ3secret" not in page + ana.get(OUTBOX).text


@pytest.mark.parametrize(("name", "status"), [("ben", 403), ("eva", 403), ("oto", 404), ("nobody", 302)])
def test_only_organisers_of_the_workshop_see_its_mails(
    as_: Callable[[str], Any], company: Any, name: str, status: int
) -> None:
    message = a_mail(company)
    for address in (OUTBOX, f"{OUTBOX}/{message.id}"):
        assert as_(name).get(address).status_code == status
    assert as_(name).post(f"{OUTBOX}/retry").status_code in (status, 401)


def test_mails_of_others_and_of_accounts_are_not_there(ana: Any, company: Any) -> None:
    for workshop in (None, company.other_workshop.id):
        message = a_mail(company, MessageState.REFUSED, workshop_id=workshop)
        assert ana.get(f"{OUTBOX}/{message.id}").status_code == 404
        assert ana.post(f"{OUTBOX}/{message.id}/retry").status_code == 404
    assert "No emails here." in ana.get(OUTBOX).text
    ana.post(f"{OUTBOX}/retry")
    assert set(db.session.scalars(db.select(Message.state))) == {MessageState.REFUSED}


def test_one_is_sent_again_and_then_its_text_is_gone(ana: Any, company: Any, sink: Sink) -> None:
    message = a_mail(company, MessageState.GIVEN_UP, reason="Connection refused")
    page = ana.post(f"{OUTBOX}/{message.id}/retry", follow_redirects=True).text
    assert "One email is being tried again." in page
    tasks.run_due()
    assert sink.readers == ["ben@example.org"]
    assert SECRET in sink.received[0].get_content()
    page = ana.get(f"{OUTBOX}/{message.id}").text
    assert "passed to the mail server" in page
    assert "The text is not kept once the email has gone" in page
    page = ana.post(f"{OUTBOX}/{message.id}/retry", follow_redirects=True).text
    assert "cannot be sent again from here" in page
    assert len(sink.received) == 1


def test_all_that_failed_are_sent_again_or_those_of_one_tray(ana: Any, company: Any, sink: Sink) -> None:
    for state in (MessageState.GIVEN_UP, MessageState.REFUSED, MessageState.IN_DOUBT, MessageState.SENT):
        a_mail(company, state, recipient=f"{state.value}@example.org")
    a_mail(company, MessageState.RETURNED, text="", secret="", recipient="returned@example.org")
    ana.post(f"{OUTBOX}/retry", data={"tray": "given-up"})
    tasks.run_due()
    assert sink.readers == ["given_up@example.org"]
    page = ana.post(f"{OUTBOX}/retry", follow_redirects=True).text
    assert "2 emails are being tried again." in page
    tasks.run_due()
    assert sorted(sink.readers) == ["given_up@example.org", "in_doubt@example.org", "refused@example.org"]
    assert "no email here that can be sent again" in ana.post(f"{OUTBOX}/retry", follow_redirects=True).text


def test_one_that_waits_is_tried_at_once(ana: Any, company: Any, sink: Sink) -> None:
    sink.stop()
    message = Message(
        workshop_id=company.workshop.id, recipient="ben@example.org", subject="S", text="T", written_at=now()
    )
    outbox.add(message)
    db.session.commit()
    tasks.run_due()
    sink.start()
    db.session.rollback()
    assert "Try now" in ana.get(OUTBOX).text
    ana.application.extensions["mail_away"].clear()
    ana.post(f"{OUTBOX}/{message.id}/retry")
    assert tasks.run_due() == 1, "one task, however often one presses"
    assert sink.readers == ["ben@example.org"]


def test_long_lists_have_pages(ana: Any, company: Any) -> None:
    for number in range(51):
        a_mail(company, subject=f"Letter {number:02}")
    assert "Letter 00" not in ana.get(OUTBOX).text
    page = ana.get(f"{OUTBOX}?page=2").text
    assert "Letter 00" in page
    assert "Letter 01" not in page


def test_without_a_mail_server_the_desk_says_that_letters_wait(app: Flask, ana: Any) -> None:
    for address in ("", "outbox", "speakers", "papers/reminders"):
        assert "No email server is set up yet" in ana.get(f"/workshops/w/desk/{address}").text, address
    app.config["MAIL_URL"], before = "smtp://mail.example", app.config["MAIL_URL"]
    assert "No email server is set up yet" not in ana.get("/workshops/w/desk/").text
    app.config["MAIL_URL"] = before
