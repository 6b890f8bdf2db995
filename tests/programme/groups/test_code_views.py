"""A rapporteur found on the spot: a code, a name, and she writes; once, and for this group alone."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.deliberation.capture.test_views import POINT
from tests.looking import matched
from workshop.platform.db import db, now
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.groups.models import Group, GroupCode, GroupRole
from workshop.programme.groups.rules import CODE_LETTERS, code_as_typed, new_code
from workshop.secretariat.accounts.models import User

DESK = "/workshops/w/desk/breakouts/1"


@pytest.fixture
def group(company: Company) -> Group:
    session = make.session(workshop=company.workshop, format=Format.BREAKOUT)
    asked = [make.group_question()]
    group = make.group(workshop=company.workshop, session=session, number=1, questions=asked)
    other = make.group(workshop=company.workshop, session=session, number=2)
    db.session.add_all([group, other])
    db.session.commit()
    return group


def made_code(as_: SignedIn, part: str = "rapporteur") -> str:
    page = as_("ana").post(f"{DESK}/codes", data={"part": part}).text
    assert "<svg" in page
    return matched(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)[0]


def join(client: FlaskClient, code: str, name: str = "Rana Sample") -> TestResponse:
    return client.post(f"/join/{code_as_typed(code)}", data={"name": name})


def test_a_code_lets_a_person_write_for_her_group_without_an_account(as_: SignedIn, app: Flask, group: Group) -> None:
    code = made_code(as_)
    guest = app.test_client()
    typed = guest.post("/join", data={"code": f" {code.lower()} "})
    assert typed.location == f"/join/{code_as_typed(code)}"
    assert "Rapporteur" in guest.get(typed.location).text
    assert join(guest, code).location == "/workshops/w/breakouts/1/notes"
    assert guest.get("/workshops/w/breakouts/1/notes").status_code == 200
    data = POINT | {"text": "Said on the spot"}
    assert guest.post("/workshops/w/breakouts/1/notes", data=data).status_code == 302
    assert guest.post("/workshops/w/breakouts/2/notes", data=data).status_code == 403
    assert guest.get("/workshops/w/desk/agenda").status_code == 403
    user = db.session.scalars(select(User).where(User.is_guest)).one()
    assert db.session.scalars(select(GroupRole)).one().user == user


def test_it_works_once(as_: SignedIn, app: Flask, group: Group) -> None:
    code = made_code(as_)
    join(app.test_client(), code)
    second = app.test_client()
    assert "This code does not work" in second.get(f"/join/{code_as_typed(code)}").text
    assert join(second, code, "Somebody Else").status_code == 404
    assert db.session.scalar(select(db.func.count(User.id)).where(User.is_guest)) == 1


def test_an_expired_or_revoked_code_opens_nothing(as_: SignedIn, client: FlaskClient, group: Group) -> None:
    code = made_code(as_)
    row = db.session.scalars(select(GroupCode)).one()
    row.expires_at = now() - timedelta(seconds=1)
    assert client.get(f"/join/{code_as_typed(code)}").status_code == 404
    other = made_code(as_, "note_taker")
    row = db.session.scalars(select(GroupCode).where(GroupCode.role == Part.NOTE_TAKER)).one()
    assert "not used yet" in as_("ana").get(f"{DESK}/people").text
    as_("ana").post(f"{DESK}/codes/{row.id}/revoke")
    assert client.get(f"/join/{code_as_typed(other)}").status_code == 404


def test_a_name_is_asked_for(as_: SignedIn, client: FlaskClient, group: Group) -> None:
    assert "Give your name." in join(client, made_code(as_), "  ").text


def test_a_code_is_stored_as_a_digest_only(as_: SignedIn, group: Group) -> None:
    code = made_code(as_)
    row = db.session.scalars(select(GroupCode)).one()
    assert code_as_typed(code) not in row.token_hash


def test_codes_have_no_letters_that_look_alike() -> None:
    assert not set("IO01") & set(CODE_LETTERS)
    assert len({new_code() for _ in range(200)}) == 200


def test_a_guest_has_nothing_to_set_up_and_is_told_so(as_: SignedIn, app: Flask, group: Group) -> None:
    guest = app.test_client()
    join(guest, made_code(as_))
    page = guest.get("/account").text
    assert "You came in with a code" in page
    assert "guest.invalid" not in page
    for place in ("/account/address", "/account/erase"):
        assert f'href="{place}"' not in page
    typed = {"email": "rana@example.org", "current": "a long enough one"}
    assert "Ask the organisers for an invitation" in guest.post("/account/address", data=typed).text
    assert guest.post("/account", data={"name": "Rana Sample-Two"}).status_code == 302


def test_the_page_to_sign_in_leads_to_the_code(client: FlaskClient) -> None:
    assert 'href="/join"' in client.get("/sign-in").text
