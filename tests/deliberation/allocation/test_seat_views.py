"""From the organisers' list by mail to a page of one's own: told, chosen, waited for, put into the calendar."""

import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import there
from workshop.deliberation.allocation.models import ChoiceKind, SeatChoice, SeatedPerson
from workshop.platform.db import db
from workshop.platform.mail import Message
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Session

SEATS = "/workshops/w/desk/breakouts/seats/6"
LIST = "Ada Sample;;;;;;;;ada@example.org\nBen Sample;;;;;;;;ben@example.org\nCleo Sample"


@pytest.fixture
def session(company: Company, as_: SignedIn) -> Session:
    session = make.session(
        workshop=company.workshop, number=6, format=Format.BREAKOUT, starts_at=make.NOON, ends_at=make.NOON
    )
    questions = [make.group_question("Why?")]
    db.session.add_all(
        [
            session,
            make.group(number=1, workshop=company.workshop, session=session, seats=1, questions=questions, room="B2"),
            make.group(number=2, workshop=company.workshop, session=session, seats=5),
        ]
    )
    db.session.commit()
    as_("ana").post(f"{SEATS}/people", data={"text": LIST})
    return session


def open_choice(session: Session, kind: ChoiceKind) -> None:
    db.session.add(SeatChoice(session=session, kind=kind, is_open=True))
    db.session.commit()


def links(ana: FlaskClient) -> list[str]:
    """Send the notices, and read the link in each letter."""
    ana.post(f"{SEATS}/notices")
    mails = db.session.scalars(db.select(Message).order_by(Message.recipient)).all()
    return [re.findall(r"/seat/[\w-]+", each.text)[0] for each in mails]


def person(name: str) -> SeatedPerson:
    db.session.expire_all()
    found: SeatedPerson = db.session.scalars(db.select(SeatedPerson).where(SeatedPerson.name == name)).one()
    return found


def test_two_take_seats_by_their_links_and_the_queue_moves(
    as_: SignedIn, client: FlaskClient, session: Session
) -> None:
    open_choice(session, ChoiceKind.SEATS)
    ada, ben = links(as_("ana"))
    client.post(f"{ada}/group", data={"group": 1})
    client.post(f"{ben}/group", data={"group": 1})
    assert "place 1 on the list" in client.get(ben).text
    assert "Ada Sample" not in client.get(ben).text, "of the others only how many seats are left"
    assert "Ben Sample" in as_("ana").get(f"{SEATS}/choice").text
    client.post(f"{ada}/group", data={"group": 2})
    assert [there(person(name).group).number for name in ("Ben Sample", "Ada Sample")] == [1, 2]
    page = client.get(ben).text
    assert "B2" in page
    assert "Why?" in page
    calendar = client.get(f"{ben}.ics").text
    assert "LOCATION:B2" in calendar
    assert "Ben" not in calendar


def test_wishes_by_link_count_in_the_allocation(as_: SignedIn, client: FlaskClient, session: Session) -> None:
    open_choice(session, ChoiceKind.WISHES)
    ada, _ben = links(as_("ana"))
    client.post(f"{ada}/wishes", data={"wish-0": 2, "wish-1": 1})
    assert person("Ada Sample").wishes == [2, 1]
    as_("ana").post(SEATS, data={"grouping": "free", "seed": 1})
    assert '<option value="2" selected>' in client.get(ada).text


def test_each_is_told_once_and_again_only_of_another_group(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    assert links(ana) == [], "no seats, no choice: nothing to tell"
    ana.post(SEATS, data={"grouping": "free", "seed": 1})
    assert len(links(ana)) == 2
    assert len(links(ana)) == 2
    ada = person("Ada Sample")
    other = 2 if ada.group and ada.group.number == 1 else 1
    ana.post(f"{SEATS}/people/{ada.id}/move", data={"group": other})
    assert len(links(ana)) == 3


def test_choosing_is_opened_and_closed_by_organisers(as_: SignedIn, client: FlaskClient, session: Session) -> None:
    ana = as_("ana")
    page = ana.get(f"{SEATS}/choice").text
    marks = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("seen", "opened")}
    ana.post(f"{SEATS}/choice", data=marks | {"kind": "seats", "is_open": "y"})
    ada, _ben = links(ana)
    assert "Choose your group" in client.get(ada).text
    db.session.scalars(db.select(SeatChoice)).one().is_open = False
    db.session.commit()
    assert "cannot be chosen" in client.post(f"{ada}/group", data={"group": 1}, follow_redirects=True).text
    assert client.get("/seat/made-up").status_code == 404


def test_the_pages_can_be_used_by_everyone(page: Page, as_: SignedIn, session: Session) -> None:
    open_choice(session, ChoiceKind.SEATS)
    page.goto(links(as_("ana"))[0])
    assert axe_faults(page) == []
    assert not sticks_out_of(page)
