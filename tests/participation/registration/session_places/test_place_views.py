"""Places in single sessions: as many as session and room have, a waiting list in order, and nobody named in closed ones."""

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.conftest import CheckedClient, SignedIn
from tests.participation.registration.conftest import DESK, KEY, Invited, somebody
from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import DelegationPart, ParticipantStatus
from workshop.participation.registration.models import SessionPlace
from workshop.platform.db import db
from workshop.platform.mail import Message
from workshop.programme.agenda.models import Room, Session
from workshop.secretariat.series.models import MeetingMode

LISTS = f"{DESK}/sessions"


@pytest.fixture
def session(invited: Invited) -> Session:
    row = make.session(workshop=invited.workshop)
    row.room = Room(workshop=invited.workshop, name="Small room", seats=2)
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def people(invited: Invited) -> list[tuple[Participant, str]]:
    """Four with seats in the workshop, each with the address of their page."""
    found = []
    for number in range(1, 5):
        who = somebody(invited.workshop, family_name=f"Sample {number}", email=f"{number}@example.org", number=number)
        who.standing = ParticipantStatus.APPROVED
        found.append((who, f"/r/{who.renew_link(KEY)}/sessions"))
        db.session.add(who)
    db.session.commit()
    return found


def kept() -> list[tuple[str, str]]:
    db.session.expire_all()
    places = db.session.scalars(select(SessionPlace).order_by(SessionPlace.asked_at, SessionPlace.id))
    return [(each.participant.family_name[-1], each.standing.value) for each in places]


def test_the_room_bounds_a_session_and_whoever_waited_longest_comes_next(
    session: Session, people: list[tuple[Participant, str]], as_: SignedIn, client: CheckedClient
) -> None:
    ana, pages = as_("ana"), [page for _who, page in people]
    assert client.post(f"{pages[0]}/1", data={"act": "take"}).status_code == 404, "it is not open yet"
    assert ana.fill(f"{LISTS}/1", data={"is_open": "y", "seats": ""}).status_code == 302
    offers = []
    for page in pages:
        offers.append("Join the waiting list" in client.get(page).text)
        assert client.post(f"{page}/1", data={"act": "take"}).status_code == 302
    assert offers == [False, False, True, True]
    assert kept() == [("1", "seated"), ("2", "seated"), ("3", "waiting"), ("4", "waiting")]
    assert "Your place in line: 2." in client.get(pages[3]).text
    assert "the room is full" in client.get(pages[3]).text
    assert "Sample 1" not in client.get(pages[3]).text
    client.post(f"{pages[0]}/1", data={"act": "leave"})
    assert kept() == [("2", "seated"), ("3", "seated"), ("4", "waiting")]
    told = db.session.scalars(select(Message)).all()
    assert [(each.recipient, "You now have a place" in each.text) for each in told] == [("3@example.org", True)]
    ana.post(f"{DESK}/decide", data={"who": [people[1][0].id], "decision": "withdraw"})
    assert ("4", "seated") in kept(), "who no longer comes to the workshop has no place in a session"
    ana.fill(f"{LISTS}/1", data={"is_open": "y", "seats": "1"})
    page = ana.get(f"{LISTS}/1").text
    assert page.index("SAMPLE 3") < page.index("SAMPLE 4")
    ana.post(f"{LISTS}/1/add", data={"badge": "1"})
    assert kept()[-1] == ("1", "waiting")
    assert "the session is full" in ana.get(f"{LISTS}/1").text
    assert "No badge has this number" in ana.post(f"{LISTS}/1/add", data={"badge": "77"}, follow_redirects=True).text


def test_nobody_has_places_in_two_sessions_at_once(
    invited: Invited, session: Session, people: list[tuple[Participant, str]], as_: SignedIn, client: CheckedClient
) -> None:
    other = make.session(workshop=invited.workshop, number=2)
    db.session.add(other)
    for row in (session, other):
        row.starts_at = datetime(2090, 3, 2, 10, tzinfo=ZoneInfo("UTC"))
        row.ends_at = datetime(2090, 3, 2, 11, tzinfo=ZoneInfo("UTC"))
    db.session.commit()
    for number in (1, 2):
        as_("ana").fill(f"{LISTS}/{number}", data={"is_open": "y", "seats": "5"})
    page = people[0][1]
    client.post(f"{page}/1", data={"act": "take"})
    assert "At the same time" in client.post(f"{page}/2", data={"act": "take"}, follow_redirects=True).text
    assert kept() == [("1", "seated")]


def test_no_one_is_listed_for_a_session_under_the_chatham_house_rule(
    session: Session, people: list[tuple[Participant, str]], as_: SignedIn, client: CheckedClient
) -> None:
    """Not when it is opened, and not when its mode changes afterwards."""
    ana, page = as_("ana"), people[0][1]
    ana.fill(f"{LISTS}/1", data={"is_open": "y", "seats": ""})
    client.post(f"{page}/1", data={"act": "take"})
    session.mode = MeetingMode.CHATHAM_HOUSE
    db.session.commit()
    assert "SAMPLE" not in ana.get(f"{LISTS}/1").text
    assert client.post(f"{page}/1", data={"act": "take"}).status_code == 404
    assert "no one is listed" in ana.fill(f"{LISTS}/1", data={"is_open": "y", "seats": ""}).text
    assert "limited number" not in client.get(page.removesuffix("/sessions")).text


def test_the_last_place_goes_to_one_of_two(
    session: Session, people: list[tuple[Participant, str]], as_: SignedIn, app: Flask
) -> None:
    as_("ana").fill(f"{LISTS}/1", data={"is_open": "y", "seats": "1"})

    def ask(page: str) -> None:
        with app.app_context():
            CheckedClient(app).post(f"{page}/1", data={"act": "take"})

    threads = [threading.Thread(target=ask, args=(page,)) for _who, page in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for _name, status in kept()) == ["seated", "waiting", "waiting", "waiting"]


def test_interpreters_and_assistants_take_chairs_but_no_places_where_they_do_not_count(
    session: Session, people: list[tuple[Participant, str]], invited: Invited, as_: SignedIn, client: CheckedClient
) -> None:
    ana, pages = as_("ana"), [page for _who, page in people]
    plan = db.session.scalars(delegations.plan(invited.workshop.id)).one()
    plan.counts_support = False
    people[0][0].part, people[2][0].part = DelegationPart.INTERPRETER, DelegationPart.ASSISTANT
    assert ana.fill(f"{LISTS}/1", data={"is_open": "y", "seats": "1"}).status_code == 302
    for page in pages:
        client.post(f"{page}/1", data={"act": "take"})
    assert kept() == [("1", "seated"), ("2", "seated"), ("3", "waiting"), ("4", "waiting")]
    assert "1 of 1 places taken" in ana.get(f"{LISTS}/1").text
    client.post(f"{pages[0]}/1", data={"act": "leave"})
    assert kept() == [("2", "seated"), ("3", "seated"), ("4", "waiting")], "the chair goes to the assistant"
