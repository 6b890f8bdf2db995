"""An edition goes round by personal link; what comes back is answered, and stands in the way of clearing until then."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import Company
from tests.conftest import SignedIn
from tests.deliberation.plenary.meeting import Met, saved
from tests.looking import there
from tests.participation.registration.conftest import somebody
from workshop.deliberation.circulation import tasks as circulation_tasks
from workshop.deliberation.circulation.models import Remark, RemarkDecision, ReviewCopy
from workshop.deliberation.editions.models import Edition, EditionState
from workshop.deliberation.plenary.models import Block
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform import tasks
from workshop.platform.db import db, now
from workshop.platform.mail import Message

DESK = "/workshops/w/desk/reports/plenary"
REVIEW = f"{DESK}/editions/1"


@pytest.fixture
def met(company: Company) -> Met:
    met = saved(company.workshop)
    seat = {"standing": ParticipantStatus.APPROVED, "number": 1}
    db.session.add(somebody(company.workshop, **seat))
    db.session.add(somebody(company.workshop, family_name="Waiting", email="w@example.org"))
    return met


@pytest.fixture
def edition(met: Met, as_: SignedIn) -> Edition:
    """Compiled, frozen and under review for two days."""
    as_("ana").post(f"{DESK}/compile", data={"after": 0})
    as_("ana").post(f"{DESK}/editions")
    edition = db.session.scalars(select(Edition)).one()
    edition.state, edition.review_until = EditionState.REVIEW, now() + timedelta(days=2)
    db.session.commit()
    return edition


@pytest.fixture
def link(edition: Edition, as_: SignedIn) -> str:
    """The address in the letter to Ada."""
    page = as_("ana").post(f"{REVIEW}/send", follow_redirects=True).text
    assert "Ada Sample" in page
    letter = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    return there(re.search(r"/review/[\w-]+", there(letter).text)).group()


def test_those_with_a_seat_get_it_once(link: str, as_: SignedIn) -> None:
    letter = db.session.scalars(select(Message)).one()
    assert letter.recipient == "ada@example.org"
    assert "this counts as no objection. It is not recorded as approval." in letter.text
    as_("ana").post(f"{REVIEW}/send")
    assert len(db.session.scalars(select(Message)).all()) == 1
    assert as_("chi").post(f"{REVIEW}/send").status_code == 403


def test_a_remark_by_link_is_answered_there(link: str, client: FlaskClient, as_: SignedIn) -> None:
    page = client.get(f"{link}?on=3").text
    assert 'value="3"' in page
    assert "has not been released" in page
    said = {"paragraph": "3", "kind": "correction", "text": "Wrong.", "wording": "The agenda names four speakers."}
    assert "Your remark was saved" in client.post(link, data=said, follow_redirects=True).text
    remark = db.session.scalars(select(Remark)).one()
    desk = as_("chi").get(f"{REVIEW}/remarks").text
    assert "Ada Sample" in desk
    assert "The agenda names four speakers." in desk
    as_("chi").post(f"{REVIEW}/decide", data={"remark": remark.id, "decision": "taken", "wording": "yes"})
    db.session.expire_all()
    assert there(db.session.get(Block, remark.block_id)).words == {"en": "The agenda names four speakers."}
    assert "accepted" in client.get(link).text


def test_nothing_is_cleared_before_the_deadline_nor_over_an_objection(
    edition: Edition, link: str, client: FlaskClient, as_: SignedIn
) -> None:
    client.post(link, data={"paragraph": "1", "kind": "objection", "text": "No.", "wording": ""})
    clear = f"{REVIEW}/clear"
    assert "The review is not over." in as_("eva").post(clear, follow_redirects=True).text
    edition.review_until = now() - timedelta(minutes=1)
    db.session.commit()
    assert "There are objections" in as_("eva").post(clear, follow_redirects=True).text
    assert "1 objection was received" in as_("eva").get(f"{REVIEW}/remarks").text
    remark = db.session.scalars(select(Remark)).one()
    decision = {"remark": remark.id, "decision": "not_taken", "answer": "It is the record."}
    as_("eva").post(f"{REVIEW}/decide", data=decision)
    assert "There are objections" not in as_("eva").post(clear, follow_redirects=True).text
    answer = client.post(link, data={"paragraph": "1", "kind": "objection", "text": "Late.", "wording": ""})
    assert answer.status_code == 422
    assert "The review of this edition is over." in answer.text
    assert len(db.session.scalars(select(Remark)).all()) == 1
    assert "It is the record." in client.get(link).text


def test_a_correction_from_the_floor_is_kept_with_its_paragraph(edition: Edition, as_: SignedIn) -> None:
    said = {"paragraph": "2", "kind": "correction", "text": "It was the 3rd.", "wording": ""}
    assert "From the floor" in as_("chi").post(f"{REVIEW}/remarks", data=said, follow_redirects=True).text
    faulty = as_("chi").post(f"{REVIEW}/remarks", data=said | {"paragraph": "999"})
    assert faulty.status_code == 422
    assert "has no such paragraph" in faulty.text


def test_at_half_time_only_the_silent_are_reminded_and_once(edition: Edition, link: str) -> None:
    half = now() + timedelta(days=1, minutes=1)
    copy = db.session.scalars(select(ReviewCopy)).one()
    task = db.session.scalars(select(tasks.Task).where(tasks.Task.kind == circulation_tasks.REMIND)).one()
    assert abs(there(task.due_at) - half) < timedelta(minutes=5)
    for _twice in range(2):
        circulation_tasks.remind(task)
        db.session.commit()
    subjects = [each.subject for each in db.session.scalars(select(Message).order_by(Message.id))]
    assert subjects[1:] == ["Reminder: please review “Report to the plenary”"]
    assert copy.reminded_at


def test_whoever_has_said_something_is_not_reminded(link: str, client: FlaskClient) -> None:
    client.post(link, data={"kind": "comment", "text": "Well done.", "wording": ""})
    circulation_tasks.remind(
        db.session.scalars(select(tasks.Task).where(tasks.Task.kind == circulation_tasks.REMIND)).one()
    )
    assert len(db.session.scalars(select(Message)).all()) == 1
    assert db.session.scalars(select(Remark)).one().decision is not RemarkDecision.TAKEN
