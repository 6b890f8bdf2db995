"""The speakers' list as it is run: asked for, given, timed, taken into the record."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from workshop.deliberation.floor.models import Floor, FloorRequest, RequestState
from workshop.platform.db import db
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.session_roles.models import SessionRole
from workshop.secretariat.series.models import MeetingMode, Membership, Role

FLOOR = "/workshops/w/sessions/4/floor"
CANARY = "Canary Example (sample)"


@pytest.fixture
def plenary(company: Company) -> Session:
    session = make.session(workshop=company.workshop, number=4, questions=[make.question()])
    db.session.add(session)
    db.session.commit()
    return session


def requests() -> list[FloorRequest]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(FloorRequest).order_by(FloorRequest.number)))


def test_the_chair_runs_the_list_from_request_to_record(as_: SignedIn, plenary: Session) -> None:
    eva = as_("eva")
    eva.post(f"{FLOOR}/limits", data=_limits(eva.get(f"{FLOOR}/limits").text))
    eva.post(FLOOR, data={"category": "ngo", "name": "Sample Union"})
    eva.post(FLOOR, data={"category": "state_member", "name": "Sample Ministry"})
    page = eva.get(FLOOR).text
    assert page.index("Sample Ministry") < page.index("Sample Union"), "States are called first"
    eva.post(f"{FLOOR}/2/give")
    page = eva.get(FLOOR).text
    assert 'data-left="1' in page  # two minutes, and a moment has passed
    assert "speaker=Sample+Ministry" in page
    eva.post(f"{FLOOR}/1/give")
    eva.post(f"{FLOOR}/1/end")
    assert [each.state for each in requests()] == [RequestState.SPOKEN, RequestState.SPOKEN]
    notes = as_("ana").get("/workshops/w/sessions/4/notes").text
    assert "Member State: 1 intervention" in notes
    table = eva.get(f"{FLOOR}.csv").text
    assert "Sample Ministry" in table
    assert table.count("\n") == 3


def _limits(page: str) -> dict[str, str]:
    marks = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("seen", "opened")}
    return marks | {"minutes": "2", "minutes_for_a_group": "5", "first": "state_member"}


def test_the_form_for_a_point_knows_who_has_the_floor(as_: SignedIn, plenary: Session) -> None:
    page = as_("ana").get("/workshops/w/sessions/4/notes?category=ngo&speaker=Sample+Union").text
    assert 'value="Sample Union"' in page
    assert '<option selected value="ngo">' in page


def test_no_name_can_be_typed_or_read_under_the_chatham_house_rule(as_: SignedIn, plenary: Session) -> None:
    ana = as_("ana")
    ana.post(FLOOR, data={"category": "ngo", "name": CANARY})
    plenary.mode = MeetingMode.CHATHAM_HOUSE
    db.session.commit()
    assert "Called as" not in ana.get(FLOOR).text
    assert ana.post(FLOOR, data={"category": "ngo", "name": CANARY}).status_code == 200, "longer than a seat"
    ana.post(f"{FLOOR}/1/give")
    pages = [ana.get(f"{FLOOR}{end}").text for end in ("", "/clock", ".csv", "/limits")]
    assert not any(CANARY.split()[0] in page for page in pages)
    ana.post(f"{FLOOR}/1/end")
    assert requests()[0].name == ""


def test_pressed_by_mistake_it_is_put_back(as_: SignedIn, plenary: Session) -> None:
    ana = as_("ana")
    ana.post(FLOOR, data={"category": "ngo", "name": "Sample Union"})
    for verb in ("give", "put-back", "withdraw", "put-back", "hand-in"):
        ana.post(f"{FLOOR}/1/{verb}")
    (request,) = requests()
    assert (request.state, request.started_at) == (RequestState.SUBMITTED, None)
    assert "no longer waiting" in ana.post(f"{FLOOR}/1/give", follow_redirects=True).text


def test_who_serves_one_session_runs_the_list_of_that_one(as_: SignedIn, company: Company, plenary: Session) -> None:
    other = make.session(workshop=company.workshop, number=5)
    db.session.add_all(
        [
            other,
            SessionRole(session=plenary, user=company.dov, role=Part.CHAIR),
            Membership(user=company.dov, workshop=company.workshop, role=Role.CHAIR, limited=True),
        ]
    )
    db.session.commit()
    dov = as_("dov")
    assert dov.post(FLOOR, data={"category": "ngo", "name": "Sample Union"}).status_code == 302
    assert dov.get(FLOOR.replace("4", "5")).status_code == 404


def test_an_unchanged_list_is_not_sent_again_and_costs_the_same_for_many(as_: SignedIn, plenary: Session) -> None:
    ana = as_("ana")
    ana.post(FLOOR, data={"category": "ngo", "name": "One"})
    first = ana.get(FLOOR)
    assert ana.get(FLOOR, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    with count_statements() as one:
        ana.get(FLOOR)
    for name in ("Two", "Three"):
        ana.post(FLOOR, data={"category": "un", "name": name})
    assert ana.get(FLOOR, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    with count_statements() as three:
        ana.get(FLOOR)
    assert len(one) == len(three)
    assert db.session.scalars(db.select(Floor)).one().changes == 3


def test_the_clock_runs_and_the_list_arrives_by_itself(
    page: Page, company: Company, plenary: Session, as_: SignedIn, sign_in_browser: SignInBrowser
) -> None:
    ana = as_("ana")
    ana.post(FLOOR, data={"category": "ngo", "name": "Sample Union"})
    sign_in_browser(page, "eva")
    page.goto(f"{FLOOR}/clock")
    expect(page.get_by_text("The floor is free.")).to_be_visible()
    ana.post(f"{FLOOR}/1/give")
    expect(page.locator(".time-left")).to_contain_text("2:5", timeout=30_000)
    assert axe_faults(page) == []
    page.goto(FLOOR)
    assert axe_faults(page) == []
    assert not sticks_out_of(page)


def test_what_belongs_to_the_plenary_stands_below_its_session(as_: SignedIn, plenary: Session) -> None:
    eva = as_("eva")
    for place in ("floor", "floor/clock", "floor/limits", "notes"):
        trail = eva.get(f"/workshops/w/sessions/4/{place}").text.split('<nav class="trail"')[1].split("</nav>")[0]
        assert "/workshops/w/desk/programme/4" in trail, place
        assert "Break-out groups" not in trail, place
