"""What was typed into a form is never lost because the sign-in or the form token has gone."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from app import create_app
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import db, now
from workshop.secretariat.accounts.models import SignIn

STAGES = "/workshops/w/desk/stages"
OWN = {"Origin": "http://localhost"}


def fields_of(page: str) -> dict[str, str]:
    return dict(
        re.findall(r'<input[^>]*name="([^"]+)" type="hidden" value="([^"]*)"', page)
        + re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    )


def test_a_form_sent_after_the_sign_in_ended_comes_back(as_: SignedIn) -> None:
    client = as_("ana")
    db.session.execute(db.update(SignIn).values(ended_at=now()))
    answer = client.post(STAGES, data={"report_due": "2026-04-01", "note": "a & b"}, headers=OWN)
    assert answer.status_code == 401
    assert fields_of(answer.text)["report_due"] == "2026-04-01"
    assert 'value="a &amp; b"' in answer.text
    assert "Sign in, in a new tab" in answer.text


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_what_another_site_sent_is_not_offered_again(as_: SignedIn, headers: dict[str, str]) -> None:
    answer = as_("nobody").post(STAGES, data={"report_due": "2026-04-01"}, headers=headers)
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_a_password_is_not_written_into_a_page(as_: SignedIn) -> None:
    answer = as_("nobody").post("/account/password", data={"current": "old", "password": "new"}, headers=OWN)
    assert answer.status_code == 302


def test_an_old_form_token_costs_one_more_press(app: Flask, as_: SignedIn, company: Company) -> None:
    guarded = create_app(dict(app.config) | {"WTF_CSRF_ENABLED": True})
    guarded.test_client_class = app.test_client_class
    client: Any = guarded.test_client()
    client.sign_in_as(company.ana)
    seen = fields_of(client.get(STAGES).text)["seen"]
    sent = {"report_due": "2026-04-01", "csrf_token": "old", "seen": seen}
    refused = client.post(STAGES, data=sent, headers=OWN)
    assert refused.status_code == 400
    kept = fields_of(refused.text)
    assert kept["report_due"] == "2026-04-01"
    assert kept["csrf_token"] not in {"", "old"}
    assert client.post(STAGES, data=kept, headers=OWN).status_code == 302
    with guarded.app_context():
        db.engine.dispose()


# What could not be taken for another reason: the page that comes carries what was typed, without a script.

TYPED = {"report_due": "2026-04-01", "seen": "x", "note": "a & b"}


def test_a_fault_of_ours_gives_back_what_was_typed(app: Flask, as_: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = as_("ana")
    monkeypatch.setitem(app.view_functions, "overview.stages", broken(RuntimeError("a fault")))
    answer = ana.post(STAGES, data=TYPED, headers=OWN)
    assert answer.status_code == 500
    assert fields_of(answer.text)["report_due"] == "2026-04-01"
    assert 'value="a &amp; b"' in answer.text
    assert "Send it again" in answer.text


def test_a_busy_database_gives_back_what_was_typed(app: Flask, as_: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = as_("ana")
    monkeypatch.setitem(app.view_functions, "overview.stages", broken(OperationalError("", {}, Exception("locked"))))
    answer = ana.post(STAGES, data=TYPED, headers=OWN)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert fields_of(answer.text)["report_due"] == "2026-04-01"
    assert ana.post(STAGES, data=TYPED).status_code == 503
    assert "Send it again" not in ana.post(STAGES, data=TYPED).text


def test_too_many_attempts_give_back_what_was_typed(app: Flask, as_: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = as_("ana")
    monkeypatch.setitem(app.view_functions, "overview.stages", broken(TooManyRequests()))
    answer = ana.post(STAGES, data=TYPED, headers=OWN)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert fields_of(answer.text)["report_due"] == "2026-04-01"


def broken(fault: Exception) -> Any:
    def view(**_values: Any) -> Any:
        raise fault

    return view


@pytest.mark.parametrize("first", [True, False])
def test_a_file_that_is_too_large_does_not_take_the_text_along(
    app: Flask, as_: SignedIn, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    text, file = {"comment": "Reviewed by both, é", "seen": "x"}, {"file": (BytesIO(b"\0\r\n--" * 60_000), "talk.pptx")}
    sent = file | text if first else text | file
    answer = as_("ana").post(STAGES, data=sent, headers=OWN, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert fields_of(answer.text)["comment"] == "Reviewed by both, é"
    assert '<input type="file" id="again-1" name="file">' in answer.text
    assert 'enctype="multipart/form-data"' in answer.text
    assert "\0" not in answer.text


def test_a_text_that_is_too_long_comes_back_whole(app: Flask, as_: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAX_FORM_MEMORY_SIZE", 1000)
    sent = {"first": "short", "note": "word " * 1000}
    answer = as_("ana").post(STAGES, data=sent, headers=OWN, content_type="multipart/form-data")
    assert answer.status_code == 413
    kept = fields_of(answer.text)
    assert (kept["first"], kept["note"].count("word")) == ("short", 1000)


def test_what_is_broken_off_or_from_elsewhere_is_an_error_page_only(
    app: Flask, as_: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10)
    ana = as_("ana")
    for body, kind in ((b"--x\r\nContent", "multipart/form-data; boundary=x"), (b"\xff" * 99, "text/plain")):
        assert ana.post(STAGES, data=body, content_type=kind, headers=OWN).status_code == 413
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert "Send it again" not in ana.post(STAGES, data={"note": "x" * 50}, headers=elsewhere).text
