"""Every type of question is answered on the ordinary pages, by a plain form and with the script."""

import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browsing import axe_faults
from tests.consultation.questions.documents import asks, document
from tests.consultation.questions.test_question_types import EVERY
from workshop.consultation.answering import answer_files
from workshop.consultation.questionnaires import models as questionnaires_models
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.db import db

PDF = b"%PDF-1.4 a small survey\n%%EOF"
TYPED = {
    "K1": "other",
    "K1.other": "Perhaps",
    "K2": ["edu", "hea"],
    "K3.1": "wat",
    "K4.com": "low",
    "K5": "4",
    "K6": "12",
    "K7": "2,5",
    "K8.amount": "10",
    "K9": "2005-02-28",
    "K10": "1998",
    "K11": "TUN",
    "K12.1": "MAR",
    "K13": "Short",
    "K14": "Long",
    "K16": "a@example.org",
    "K17": "yes",
    "K18": "edu",
}
ANSWERS = {
    "K1": "other",
    "K1_other": "Perhaps",
    "K2": ["edu", "hea"],
    "K3": ["wat"],
    "K4": {"com": "low"},
    "K5": 4,
    "K6": 12,
    "K7": "2.5",
    "K8": {"amount": "10", "currency": "EUR"},
    "K9": "2005-02-28",
    "K10": 1998,
    "K11": "TUN",
    "K12": ["MAR"],
    "K13": "Short",
    "K14": "Long",
    "K16": "a@example.org",
    "K17": True,
    "K18": ["edu"],
}


@pytest.fixture(autouse=True)
def _published(app: Flask) -> None:
    db.session.add(make.version(EVERY))
    db.session.commit()


def the_response() -> Response:
    db.session.expire_all()
    return db.session.scalars(sa.select(Response)).one()


def begin(client: FlaskClient) -> str:
    return str(client.post("/workshops/w/questionnaires/q").headers["Location"])


def with_was(client: FlaskClient, address: str) -> dict[str, Any]:
    """What a browser sends along: how each question was when the page was opened."""
    import re

    return dict(re.findall(r'name="(K\d+\.was)" value="([^"]*)"', client.get(address).text))


def test_all_types_by_a_plain_form(client: FlaskClient) -> None:
    link = begin(client)
    sent = with_was(client, f"{link}/A") | TYPED | {"K15": (io.BytesIO(PDF), "survey.pdf"), "go": "next"}
    assert client.post(f"{link}/A", data=sent, content_type="multipart/form-data").status_code == 302
    kept = dict(the_response().answers)
    file = kept.pop("K15")
    assert (file["name"], file["media_type"], file["size"]) == ("survey.pdf", "application/pdf", len(PDF))
    assert kept == ANSWERS
    page = client.get(f"{link}/summary").text
    assert "survey.pdf (1 kB)" in page
    assert "28 February 2005" in page
    assert "Question K19" not in page, "a note is no answer"
    client.post(f"{link}/submit")
    assert the_response().state is ResponseState.SUBMITTED


def test_a_file_stays_when_the_page_is_sent_again_and_can_be_taken_back(client: FlaskClient) -> None:
    link = begin(client)
    file = {"K15": (io.BytesIO(PDF), "survey.pdf"), "go": "back"}
    client.post(f"{link}/A", data=with_was(client, f"{link}/A") | file, content_type="multipart/form-data")
    client.post(f"{link}/A", data=with_was(client, f"{link}/A") | {"go": "back"})
    client.post(f"{link}/save", data={"question": "K15"})
    assert the_response().answers["K15"]["name"] == "survey.pdf"
    client.post(f"{link}/A", data=with_was(client, f"{link}/A") | {"go": "clear:K15"})
    assert "K15" not in the_response().answers


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"MZ not a document", "survey.pdf", "is not a document we can accept"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50 + b"IEND", "photo.png", "is not one of the kinds asked for here: PDF."),
        (b"%PDF-1.4" + b"x" * 1100 + b"%%EOF", "large.pdf", "is larger than 1 MB."),
    ],
)
def test_a_file_that_is_not_taken_is_explained_beside_the_question(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, content: bytes, name: str, message: str
) -> None:
    monkeypatch.setattr(answer_files, "MEGABYTE", 1000)
    link = begin(client)
    sent = with_was(client, f"{link}/A") | {"K15": (io.BytesIO(content), name), "K13": "Kept", "go": "next"}
    page = client.post(f"{link}/A", data=sent, content_type="multipart/form-data").text
    assert message in page
    assert the_response().answers == {"K13": "Kept"}


def test_all_types_with_the_script(page: Page) -> None:
    page.goto("/workshops/w/questionnaires/q")
    page.click("main form button")
    page.fill("#K9", "2005-02-28")
    page.fill("#K10", "1998")
    page.fill("#K16", "a@example.org")
    page.set_input_files("#K15", {"name": "survey.pdf", "mimeType": "application/pdf", "buffer": PDF})
    assert axe_faults(page) == []
    page.click(".actions button[value=next]")
    page.wait_for_url("**/summary")
    kept = dict(the_response().answers)
    assert kept.pop("K15")["name"] == "survey.pdf"
    assert kept == {"K9": "2005-02-28", "K10": 1998, "K16": "a@example.org"}


def test_a_note_comes_and_goes_like_a_question(page: Page) -> None:
    db.session.execute(sa.delete(questionnaires_models.QuestionnaireVersion))
    form = db.session.scalars(sa.select(questionnaires_models.Questionnaire)).one()
    draft = document(asks("A1", "one", options="yesno"), asks("A2", "note", condition="${A1} = 'y'"))
    db.session.add(make.version(draft, questionnaire=form))
    db.session.commit()
    page.goto("/workshops/w/questionnaires/q")
    page.click("main form button")
    expect(page.get_by_text("Question A2")).to_be_hidden()
    page.check("#A1-o-y")
    expect(page.get_by_text("Question A2")).to_be_visible()
