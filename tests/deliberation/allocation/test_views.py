"""Seating people from a pasted list to the doors."""

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from workshop.deliberation.allocation.models import SeatedPerson
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Session

SEATS = "/workshops/w/desk/breakouts/seats/5"
PLAN = {"grouping": "split", "seed": "7"}
LIST = "\n".join(
    f"Person {n:02}; Delegation {n % 8}; {'ngo' if n % 2 else 'Member State'}; {'Africa' if n % 3 else 'Asia'}; en"
    for n in range(24)
)


@pytest.fixture
def session(company: Company) -> Session:
    row = make.session(workshop=company.workshop, number=5, format=Format.BREAKOUT)
    db.session.add(row)
    for number in (1, 2, 3):
        topic = Words(en=f"Topic {number}")
        db.session.add(make.group(workshop=company.workshop, session=row, number=number, topic=topic, seats=9))
    db.session.commit()
    return row


def people() -> list[SeatedPerson]:
    db.session.expire_all()
    return list(db.session.scalars(select(SeatedPerson).order_by(SeatedPerson.name)))


def test_the_groups_lead_to_their_seats(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    assert 'href="/workshops/w/desk/breakouts/seats"' in ana.get("/workshops/w/desk/breakouts").text
    assert ana.get("/workshops/w/desk/breakouts/seats").location == SEATS
    assert "No one is on the list yet." in ana.get(SEATS).text


def test_a_pasted_list_is_seated_in_groups_that_are_alike(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    assert ana.post(f"{SEATS}/people", data={"text": LIST}).location == SEATS
    assert ana.post(SEATS, data=PLAN).location == SEATS
    seated = people()
    assert {sum(each.group.number == n for each in seated if each.group) for n in (1, 2, 3)} == {8}
    for n in range(8):
        assert len({each.group_id for each in seated if each.delegation == f"Delegation {n}"}) == 3
    page = ana.get(SEATS).text
    assert "How alike the groups are" in page
    first = [each.group_id for each in seated]
    ana.post(SEATS, data=PLAN)
    assert [each.group_id for each in people()] == first


def test_no_line_is_added_while_one_has_a_fault(as_: SignedIn, session: Session) -> None:
    page = as_("ana").post(f"{SEATS}/people", data={"text": "Ada; A; pirate\n; B\nEve; C; ngo"}).text
    assert "Line 1: unknown category “pirate”" in page
    assert "Line 2: no name" in page
    assert people() == []


def test_the_same_list_twice_adds_nobody_twice(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": "Ada; A\nEve; B"})
    page = ana.post(f"{SEATS}/people", data={"text": "Ada; A\nIvo; C"}, follow_redirects=True).text
    assert "Added: 1. On the list already: 1." in page
    assert [each.name for each in people()] == ["Ada", "Eve", "Ivo"]


def test_a_person_seated_by_hand_stays_there(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": LIST})
    one = people()[0]
    ana.post(f"{SEATS}/people/{one.id}/move", data={"group": "3"})
    for seed in ("1", "2"):
        ana.post(SEATS, data=PLAN | {"seed": seed})
        seated = people()[0]
        assert seated.group is not None
        assert (seated.group.number, seated.is_locked) == (3, True)


def test_rules_that_clash_are_named_and_nothing_changes(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": "\n".join(f"P{n}; Same" for n in range(4))})
    page = ana.post(SEATS, data=PLAN).text
    assert "No seating meets every rule. Nothing was changed." in page
    assert "“same” has 4 people who must be in different groups, and there are 3 groups." in page
    assert all(each.group is None for each in people())


def test_a_late_comer_is_seated_and_nobody_else_moves(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": LIST})
    ana.post(SEATS, data=PLAN)
    before = {each.name: each.group_id for each in people()}
    ana.post(f"{SEATS}/people", data={"text": "Zoe Late; New"})
    ana.post(SEATS, data=PLAN | {"most_moves": "0", "seed": "99"})
    after = {each.name: each.group_id for each in people()}
    assert after.pop("Zoe Late") is not None
    assert after == before


def test_a_person_is_changed_and_removed(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": "Ada; A"})
    (one,) = people()
    address = f"{SEATS}/people/{one.id}"
    said = {"name": "Ada Sample", "sex": "woman", "languages": ["en"], "wishes": "2 1", "group": "2", "category": "un"}
    assert ana.fill(address, data=said).status_code == 302
    (one,) = people()
    assert (one.name, one.sex, one.wishes, one.group.number if one.group else 0) == ("Ada Sample", "woman", [2, 1], 2)
    ana.post(f"{address}/remove")
    assert people() == []


def test_a_wish_not_met_is_explained(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": "Ada; A; ; ; ; ; ; 1"})
    ana.post(f"{SEATS}/people/{people()[0].id}/move", data={"group": "2"})
    assert "the seat is locked" in ana.get(SEATS).text


def test_signs_for_the_doors_have_topic_names_and_a_code(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": LIST})
    ana.post(SEATS, data=PLAN)
    page = ana.get(f"{SEATS}/lists").text
    assert page.count('class="door"') == 4
    assert page.count("Person 05") == 2
    assert "agenda#session-5" in page


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("eva", 403), ("ben", 403), ("dov", 404), ("nobody", 302)])
def test_who_sees_the_seats(as_: SignedIn, session: Session, who: str, status: int) -> None:
    for address in (SEATS, f"{SEATS}/people", f"{SEATS}/lists"):
        assert as_(who).get(address).status_code == status


def test_the_board_takes_the_same_statements_for_few_and_many(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": "Ada; A"})
    with count_statements() as few:
        ana.get(SEATS)
    ana.post(f"{SEATS}/people", data={"text": LIST})
    with count_statements() as many:
        ana.get(SEATS)
    assert len(many) == len(few)


def test_the_board_can_be_used_by_everyone(
    page: Page, as_: SignedIn, session: Session, sign_in_browser: SignInBrowser
) -> None:
    ana = as_("ana")
    ana.post(f"{SEATS}/people", data={"text": LIST})
    sign_in_browser(page, "ana")
    page.goto(SEATS)
    page.get_by_role("button", name="Allocate").click()
    page.get_by_role("heading", name="How alike the groups are").wait_for()
    assert axe_faults(page) == []
    assert not sticks_out_of(page)
