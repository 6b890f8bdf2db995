"""Those whom a release concerns are told once, in their language, of what concerns them and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import Words, db
from workshop.platform.mail import Message
from workshop.platform.tasks import Task
from workshop.programme.agenda.formats import Part
from workshop.programme.speakers.models import Invitation, InvitationStatus
from workshop.programme.speakers.notifications import Notification
from workshop.secretariat.register.models import Person

DESK = "/workshops/w/desk/agenda"
TELL = f"{DESK}/releases/2/tell"
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def people(company: Company) -> dict[str, Person]:
    """Session 1 has a talk by Abel and one by Beck; Coll chairs session 2. Abel reads French; Dumas has no address."""
    workshop, rows = company.workshop, {}
    sessions = [
        make.session(
            workshop=workshop,
            number=number,
            title=Words(en=f"Part {number}"),
            starts_at=NINE,
            ends_at=NINE + timedelta(hours=1),
        )
        for number in (1, 2)
    ]
    for place, name in enumerate(("Abel", "Beck", "Coll", "Dumas"), 1):
        who = make.appearance(person=make.person(family_name=name), position=place)
        session = sessions[place > 2]
        if place <= 2:
            who.item = make.item(position=place, title=Words(en=f"Talk of {name}"))
            session.items.append(who.item)
        else:
            who.part = Part.CHAIR if name == "Coll" else Part.SPEAKER
        session.appearances.append(who)
        rows[name] = who.person
    db.session.add_all(sessions)
    for name, language, standing in (
        ("Abel", "fr", InvitationStatus.ACCEPTED),
        ("Beck", "en", InvitationStatus.INVITED),
        ("Coll", "en", InvitationStatus.DECLINED),
    ):
        email = f"{name.lower()}@example.org"
        db.session.add(
            Invitation(workshop=workshop, person=rows[name], email=email, language=language, standing=standing)
        )
    db.session.commit()
    return rows


@pytest.fixture
def moved(as_: SignedIn, people: dict[str, Person]) -> FlaskClient:
    """Part 1 moved by half an hour and the talk of Beck got its length, in release 2."""
    from workshop.programme.agenda.models import Item, Session

    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    session = db.session.scalars(db.select(Session).where(Session.number == 1)).one()
    session.starts_at, session.ends_at = NINE + timedelta(minutes=30), NINE + timedelta(minutes=90)
    db.session.scalars(db.select(Item).where(Item.position == 2)).one().minutes = 20
    db.session.commit()
    assert ana.fill(f"{DESK}/publish").location == TELL
    return ana


def test_only_those_are_offered_whom_the_changes_concern(moved: FlaskClient) -> None:
    page = moved.get(TELL).text
    assert "abel@example.org" in page
    assert "beck@example.org" in page
    assert "coll@example.org" not in page
    assert page.count(" checked") == 2
    assert page.count("20 minutes for Talk of Beck") == 1


def test_whoever_declined_is_offered_unticked_and_whoever_has_no_address_is_named(
    as_: SignedIn, moved: FlaskClient
) -> None:
    page = moved.get(f"{DESK}/releases/1/tell").text
    assert page.count('name="person"') == 3
    assert page.count(" checked") == 2
    assert "Without an address" in page
    assert "Ines Dumas" in page.split("Without an address")[1]


def test_each_is_written_to_in_her_language_and_once(moved: FlaskClient, people: dict[str, Person]) -> None:
    ids = {"person": [people["Abel"].id, people["Beck"].id]}
    moved.post(TELL, data=ids)
    moved.post(TELL, data=ids)
    french, english = db.session.scalars(db.select(Message).order_by(Message.recipient)).all()
    assert french.recipient == "abel@example.org"
    assert "20 minutes" not in french.text
    assert "https://meeting.example/workshops/w/agenda?lang=fr" in french.text
    assert english.subject == "A workshop: the agenda has changed for you"
    assert [line for line in english.text.splitlines() if line.startswith("- ")] == [
        "- Session 1 moved from 09:00 to 09:30",
        "- Session 1: 20 minutes for Talk of Beck (Ines Beck)",
    ]
    assert "Times are local times at Geneva (Europe/Zurich)." in english.text
    assert db.session.scalars(db.select(Task.kind)).all() == ["mail.deliver"] * 2
    page = moved.get(TELL).text
    assert "Already notified" in page
    assert 'name="person"' not in page


def test_only_those_ticked_are_written_to(moved: FlaskClient, people: dict[str, Person]) -> None:
    moved.post(TELL, data={"person": [people["Beck"].id, people["Coll"].id, people["Dumas"].id, 999]})
    assert db.session.scalars(db.select(Message.recipient)).all() == ["beck@example.org"]
    moved.post(TELL, data={})
    assert db.session.scalars(db.select(Notification.person_id)).all() == [people["Beck"].id]


def test_two_who_press_at_once_send_one_mail(
    as_: SignedIn, app: Flask, moved: FlaskClient, people: dict[str, Person]
) -> None:
    ids = {"person": people["Beck"].id}

    def press(ana: FlaskClient) -> int:
        with app.app_context():
            return ana.post(TELL, data=ids).status_code

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(press, [as_("ana") for _ in range(3)])) == [302] * 3
    assert db.session.scalars(db.select(Message.recipient)).all() == ["beck@example.org"]


def test_a_release_that_never_was_concerns_nobody(as_: SignedIn, people: dict[str, Person]) -> None:
    assert as_("ana").get(TELL).status_code == 404
