"""Answers that came on paper: typed in by one, checked by another, and only then counted."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import record, there, written
from workshop.consultation.answering import answer_files
from workshop.consultation.answering.tasks import UNCONFIRMED, sweep
from workshop.consultation.questionnaires import models as questionnaires_models
from workshop.consultation.questionnaires import recipients
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response, Transcription
from workshop.consultation.questionnaires.recipients import Progress
from workshop.consultation.questionnaires.states import Anonymity, Channel, ResponseState
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import files
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now
from workshop.secretariat.series.models import Membership, Role

DESK = "/workshops/w/desk/questionnaires/ask"
RECEIVED = f"{DESK}/responses"
PDF = b"%PDF-1.4 a scan %%EOF"


def asks(code: str, kind: str = "text", **but: Any) -> dict[str, Any]:
    return {"code": code, "type": kind, "text": {"en": f"Question {code}"}} | but


FORM: Document = {
    "languages": ["en", "fr"],
    "lists": {},
    "sections": [
        {"code": "A", "title": {"en": "Consent"}, "questions": [asks("A1", "consent", required=True, on_no="end")]},
        {
            "code": "B",
            "title": {"en": "What you do"},
            "questions": [asks("B1", required=True), asks("B2", "integer", min=0, max=9), asks("B3", "file")],
        },
    ],
}


@pytest.fixture
def asked(company: Company) -> Questionnaire:
    """A questionnaire that closed a week ago. Ben helps Ana organise."""
    db.session.add(Membership(user=company.ben, workshop=company.workshop, role=Role.ORGANISER))
    row = make.questionnaire(workshop=company.workshop, slug="ask", closes_at=now() - timedelta(days=7))
    db.session.add(make.version(FORM, questionnaire=row))
    db.session.add(Recipient(questionnaire=row, name="Ministry of Example", email="one@example.org", language="en"))
    db.session.commit()
    return row


@pytest.fixture
def ana(as_: SignedIn, asked: Questionnaire) -> FlaskClient:
    return as_("ana")


@pytest.fixture
def ben(as_: SignedIn, asked: Questionnaire) -> FlaskClient:
    return as_("ben")


def recipient() -> Recipient:
    return db.session.scalars(select(Recipient)).one()


def the_response() -> Response:
    return db.session.scalars(select(Response)).one()


def begin(client: FlaskClient, days_ago: int = 9, **but: Any) -> str:
    """Say what came; the address of the pages to type into."""
    known = db.session.scalars(select(Recipient)).one_or_none()
    version = db.session.scalars(select(questionnaires_models.QuestionnaireVersion.id)).first()
    form = {
        "channel": "paper",
        "received_on": (now() - timedelta(days=days_ago)).date().isoformat(),
        "version": version,
        "language": "fr",
        "publication": "named",
        "recipient": known.key if known else "",
        "scan": (io.BytesIO(PDF), "scan.pdf"),
    }
    answer = client.post(f"{RECEIVED}/transcribe", data=form | but)
    assert answer.status_code == 302, answer.text
    return str(client.get(answer.headers["Location"]).headers["Location"])


def type_in(client: FlaskClient, link: str, **answers: str) -> None:
    client.post(f"{link}/A", data={"A1": "yes", "go": "next"})
    client.post(f"{link}/B", data=answers | {"go": "next"})


def one(number: int, verb: str = "") -> str:
    return f"{RECEIVED}/{number}{verb and '/' + verb}"


def test_what_came_on_paper_counts_once_somebody_else_has_checked_it(ana: FlaskClient, ben: FlaskClient) -> None:
    link = begin(ana)
    page = ana.get(link, follow_redirects=True).text
    assert "You are typing in what arrived on paper" in page
    assert "scan.pdf" in page
    type_in(ana, link, B2="3")
    number = the_response().id
    summary = ana.get(f"{link}/summary").text
    assert "Submit my answers" not in summary
    ana.post(one(number, "hand-over"), data={"note": "B1 cannot be read.", "publication": "named"})
    assert the_response().state is ResponseState.ENTERED, "B1 was left open on the paper; that keeps nobody back"
    assert "someone else must check" in ana.post(one(number, "confirm"), follow_redirects=True).text
    assert the_response().state is ResponseState.ENTERED

    page = ben.get(one(number)).text
    assert "B1 cannot be read." in page
    assert ben.get(one(number, "files/scan")).data == PDF
    ben.post(one(number, "confirm"))
    response = the_response()
    assert response.state is ResponseState.SUBMITTED
    assert response.answers == {"A1": True, "B2": 3}
    assert (response.channel, response.language, response.publication.value) == (Channel.PAPER, "fr", "named")
    assert not response.is_late, "it came before closing, whenever it was typed"
    assert there(response.submitted_at).date() <= (now() - timedelta(days=8)).date()
    verbs = [each.verb for each in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert verbs == ["type answers in", "download answer", "confirm answers"]


def test_until_then_no_snapshot_counts_it(ana: FlaskClient, ben: FlaskClient) -> None:
    type_in(ana, begin(ana), B1="Trees")
    number = the_response().id
    ana.post(one(number, "hand-over"))
    page = ana.get(f"{DESK.replace('/ask', '')}").text
    assert "0 sets of answers submitted" in page
    assert re.search(r"One set of answers from paper does not count yet", ana.get(RECEIVED).text)
    ben.post(one(number, "confirm"))
    assert "1 set of answers submitted" in ana.get(f"{DESK.replace('/ask', '')}").text


def test_what_differs_goes_back_and_nobody_checks_what_they_mended(
    ana: FlaskClient, ben: FlaskClient, as_: SignedIn, company: Company
) -> None:
    link = begin(ana)
    type_in(ana, link, B1="Trees")
    number = the_response().id
    ana.post(one(number, "hand-over"))
    assert "Write what differs" in ben.post(one(number, "send-back"), data={"found": " "}).text
    ben.post(one(number, "send-back"), data={"found": "B1: it says “Seeds”."})
    assert "it says “Seeds”" in ana.get(link, follow_redirects=True).text
    ben.post(f"{link}/save", data={"question": "B1", "B1": "Seeds"})
    ana.post(one(number, "hand-over"))
    assert "someone else must check" in ben.post(one(number, "confirm"), follow_redirects=True).text
    db.session.add(Membership(user=company.chi, workshop=company.workshop, role=Role.ORGANISER))
    as_("chi").post(one(number, "confirm"))
    assert (the_response().state, the_response().answers["B1"]) == (ResponseState.SUBMITTED, "Seeds")


def test_a_figure_that_cannot_be_taken_stays_a_draft_until_it_is_left_open(ana: FlaskClient) -> None:
    link = begin(ana)
    type_in(ana, link, B2="about ten")
    assert the_response().drafts == {"B2": {"": ["about ten"]}}
    number = the_response().id
    assert "One answer needs checking" in ana.post(one(number, "hand-over"), follow_redirects=True).text
    assert the_response().state is ResponseState.BEGUN
    ana.post(f"{link}/save", data={"question": "B2"})
    ana.post(one(number, "hand-over"), data={"note": "B2: “about ten”"})
    assert the_response().state is ResponseState.ENTERED


def test_the_pages_to_type_into_are_the_organisers_alone(ana: FlaskClient, as_: SignedIn, client: FlaskClient) -> None:
    link = begin(ana)
    for member in ("chi", "dov", "oto"):
        assert as_(member).get(f"{link}/A").status_code == 404
        assert as_(member).post(f"{link}/save", data={"question": "B1", "B1": "x"}).status_code == 404
    assert client.get(f"{link}/A").status_code == 404, "no address with the secret leads to signing in"
    ours = {"Origin": "http://localhost"}
    kept = client.post(f"{link}/B", data={"B1": "Typed while signed out"}, headers=ours)
    assert kept.status_code == 401
    assert "Typed while signed out" in kept.text


def test_whoever_sent_paper_is_told_so_by_their_link_and_may_take_it_back(
    ana: FlaskClient, client: FlaskClient, app: Flask
) -> None:
    token = recipient().current_link(app.config["SECRET_KEY"])
    db.session.commit()
    type_in(ana, begin(ana), B1="Trees")
    assert recipients.progress(recipient()) is Progress.RECEIVED
    assert not Progress.RECEIVED.is_owed, "no reminder goes out"
    page = client.get(f"/q/{token}", follow_redirects=True).text
    assert "reached the organisers" in page
    assert client.post(f"/q/{token}/begin").status_code == 200
    assert len(db.session.scalars(select(Response)).all()) == 1
    scan = written(there(the_response().transcription).scan["stored_as"])
    assert files.get(scan) == PDF
    client.post(f"/q/{token}/decline", data={"decline": "yes"})
    response = the_response()
    assert (response.state, response.answers, there(response.transcription).scan) == (ResponseState.WITHDRAWN, {}, {})
    with pytest.raises(FileNotFoundError):
        files.get(scan)


def test_another_link_for_the_recipient_does_not_open_what_staff_type(
    ana: FlaskClient, client: FlaskClient, app: Flask
) -> None:
    link = begin(ana)
    token = recipient().renew_link(app.config["SECRET_KEY"])
    db.session.commit()
    assert ana.get(link).status_code == 302
    assert "reached the organisers" in client.get(f"/q/{token}", follow_redirects=True).text


def test_nobody_is_counted_twice(ana: FlaskClient, client: FlaskClient, app: Flask, asked: Questionnaire) -> None:
    asked.closes_at = None
    token = recipient().current_link(app.config["SECRET_KEY"])
    client.post(f"/q/{token}/begin")
    page = ana.get(f"{RECEIVED}/transcribe").text
    assert "Ministry of Example" not in page


@pytest.mark.parametrize(
    ("but", "says"),
    [
        ({"scan": None}, "Add the scan"),
        ({"scan": (io.BytesIO(b"MZ not a scan"), "scan.pdf")}, "is not a document we can accept"),
        ({"received_on": (now() + timedelta(days=3)).date().isoformat()}, "That day has not come yet."),
        ({"received_on": "0005-02-02"}, "Write the year in four digits."),
    ],
)
def test_what_came_must_be_told_properly(ana: FlaskClient, but: dict[str, Any], says: str) -> None:
    form = {
        "channel": "paper",
        "received_on": "2026-06-02",
        "version": "1",
        "language": "en",
        "publication": "totals",
        "recipient": "",
        "scan": (io.BytesIO(PDF), "scan.pdf"),
    } | but
    form["version"] = db.session.scalars(select(questionnaires_models.QuestionnaireVersion.id)).first()
    answer = ana.post(f"{RECEIVED}/transcribe", data={key: value for key, value in form.items() if value})
    assert answer.status_code == 200
    assert says in answer.text
    assert db.session.scalars(select(Response)).all() == []


def test_of_anonymous_answers_no_time_is_kept_and_nobody_is_named(
    ana: FlaskClient, ben: FlaskClient, asked: Questionnaire
) -> None:
    asked.anonymity = Anonymity.ANONYMOUS
    db.session.commit()
    assert "Ministry of Example" not in ana.get(f"{RECEIVED}/transcribe").text
    link = begin(ana, publication="anonymous", scan=(io.BytesIO(b""), ""))
    type_in(ana, link, B1="Trees")
    number = the_response().id
    ana.post(one(number, "hand-over"))
    ben.post(one(number, "confirm"))
    response, typed = the_response(), db.session.scalars(select(Transcription)).one()
    times = [response.begun_at, response.saved_at, response.submitted_at, typed.checked_at]
    closed = there(asked.closes_at) + timedelta(seconds=1)
    month = typed.received_on.replace(day=1)
    assert {there(each) for each in times} <= {closed, datetime(month.year, month.month, 1, tzinfo=UTC)}
    assert (recipient().response_id, typed.scan) == (None, {})
    assert response.id >= 2**20


def test_two_who_decide_at_the_same_moment_do_not_undo_each_other(
    ana: FlaskClient, ben: FlaskClient, company: Company, as_: SignedIn
) -> None:
    type_in(ana, begin(ana), B1="Trees")
    number = the_response().id
    ana.post(one(number, "hand-over"))
    ben.post(one(number, "confirm"))
    db.session.add(Membership(user=company.chi, workshop=company.workshop, role=Role.ORGANISER))
    said = as_("chi").post(one(number, "send-back"), data={"found": "B1 differs"}).text
    assert "are no longer waiting to be checked" in said
    assert the_response().state is ResponseState.SUBMITTED


def test_opened_again_it_is_checked_again(ana: FlaskClient, ben: FlaskClient) -> None:
    type_in(ana, begin(ana), B1="Trees")
    number = the_response().id
    ana.post(one(number, "hand-over"))
    ben.post(one(number, "confirm"))
    ben.post(one(number, "reopen"))
    assert the_response().state is ResponseState.BEGUN
    ana.post(one(number, "hand-over"))
    assert the_response().state is ResponseState.ENTERED


def test_files_that_no_answers_hold_are_swept_away(
    ana: FlaskClient, asked: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, later = answer_files.folder(asked.id), now() + timedelta(days=1)
    for name in files.names_in(folder, before=later):  # of other tests
        files.remove(name)
    link = begin(ana)
    for name in ("first.pdf", "second.pdf"):
        ana.post(f"{link}/B", data={"B3": (io.BytesIO(PDF), name), "go": "back"})
    sweep()
    assert len(files.names_in(folder, before=later)) == 3, "a form may still be on its way"
    monkeypatch.setattr("workshop.consultation.answering.tasks.now", lambda: now() + UNCONFIRMED + timedelta(minutes=1))
    sweep()
    response = the_response()
    kept = {record(response.answers["B3"])["stored_as"], there(response.transcription).scan["stored_as"]}
    assert set(files.names_in(folder, before=later)) == kept


def test_typed_for_the_wrong_one_and_erased_leaves_them_asked_as_before(
    ana: FlaskClient, client: FlaskClient, app: Flask, asked: Questionnaire
) -> None:
    asked.closes_at = None
    token = recipient().current_link(app.config["SECRET_KEY"])
    recipient().invited = True
    type_in(ana, begin(ana), B1="Trees")
    ana.post(one(the_response().id, "erase"))
    assert recipients.progress(recipient()) is Progress.INVITED
    assert client.post(f"/q/{token}/begin").status_code == 302
    assert recipients.progress(recipient()) is Progress.BEGUN


def test_whoever_took_paper_answers_back_may_answer_after_all(
    ana: FlaskClient, client: FlaskClient, app: Flask, asked: Questionnaire
) -> None:
    asked.closes_at = None
    token = recipient().current_link(app.config["SECRET_KEY"])
    type_in(ana, begin(ana), B1="Trees")
    client.post(f"/q/{token}/decline", data={"decline": "yes"})
    client.post(f"/q/{token}/decline", data={"decline": "no"})
    assert client.post(f"/q/{token}/begin").status_code == 302
    assert recipients.progress(recipient()) is Progress.BEGUN


def test_paper_from_somebody_who_declined_first_is_an_answer(ana: FlaskClient, ben: FlaskClient) -> None:
    recipient().declined = True
    db.session.commit()
    type_in(ana, begin(ana), B1="Trees")
    number = the_response().id
    ana.post(one(number, "hand-over"))
    ben.post(one(number, "confirm"))
    assert recipients.progress(recipient()) is Progress.SUBMITTED
