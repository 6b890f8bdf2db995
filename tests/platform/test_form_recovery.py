"""What was typed into a form is never lost because the sign-in or the form token has gone."""

import re
from typing import Any

import pytest

from app import create_app
from workshop.platform.db import db, now
from workshop.secretariat.accounts.models import SignIn

STAGES = "/workshops/w/desk/stages"
OWN = {"Origin": "http://localhost"}


def fields_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_form_sent_after_the_sign_in_ended_comes_back(as_: Any) -> None:
    client = as_("ana")
    db.session.execute(db.update(SignIn).values(ended_at=now()))
    answer = client.post(STAGES, data={"report_due": "2026-04-01", "note": "a & b"}, headers=OWN)
    assert answer.status_code == 401
    assert fields_of(answer.text)["report_due"] == "2026-04-01"
    assert 'value="a &amp; b"' in answer.text
    assert "Sign in, in a new tab" in answer.text


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_what_another_site_sent_is_not_offered_again(as_: Any, headers: dict[str, str]) -> None:
    answer = as_("nobody").post(STAGES, data={"report_due": "2026-04-01"}, headers=headers)
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_a_password_is_not_written_into_a_page(as_: Any) -> None:
    answer = as_("nobody").post("/account/password", data={"current": "old", "password": "new"}, headers=OWN)
    assert answer.status_code == 302


def test_an_old_form_token_costs_one_more_press(app: Any, as_: Any, company: Any) -> None:
    guarded = create_app(dict(app.config) | {"WTF_CSRF_ENABLED": True})
    guarded.test_client_class = app.test_client_class
    client: Any = guarded.test_client()
    client.sign_in_as(company.ana)
    refused = client.post(STAGES, data={"report_due": "2026-04-01", "csrf_token": "old"}, headers=OWN)
    assert refused.status_code == 400
    kept = fields_of(refused.text)
    assert kept["report_due"] == "2026-04-01"
    assert kept["csrf_token"] not in {"", "old"}
    assert client.post(STAGES, data=kept, headers=OWN).status_code == 302
    with guarded.app_context():
        db.engine.dispose()
