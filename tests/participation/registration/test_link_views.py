"""What a participant says behind the personal link: entry, needs, permissions, passport; and how long it is kept."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.conftest import CheckedClient, Press, SignedIn
from tests.participation.registration.conftest import DESK, Invited, somebody
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.official import letter_print
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration import tasks
from workshop.participation.registration.models import ParticipantNeeds, PermissionEntry, TravelDocument
from workshop.platform.db import db
from workshop.platform.pdf import PdfFailed

ENTRY = {"given_name": "Ada", "family_name": "Sample", "language": "en", "interpreter": "needed"}
PASSPORT = {
    "surname": "SAMPLE",
    "given_names": "ADA CANARY",
    "born_on": "1970-01-02",
    "nationality": "TUN",
    "number": "X1234567",
    "expires_on": "2095-01-01",
    "consulate": "Embassy in Tunis",
}


def test_somebody_says_how_they_are_listed_and_what_they_need(
    ada: tuple[Participant, str], client: CheckedClient
) -> None:
    who, home = ada
    assert "You have a seat" in client.get(home).text
    page = client.get(f"{home}/entry").text
    assert "Diet" in page
    assert "Sex" not in page  # the plan does not ask for it
    data = ENTRY | {"function-en": "Head of office", "diet": "Vegetarian", "access": "Ramp", "sex": "f"}
    assert client.fill(f"{home}/entry", data).status_code == 302
    db.session.expire_all()
    needs = db.session.scalars(select(ParticipantNeeds)).one()
    assert (needs.diet, needs.access, who.function["en"], who.sex) == ("Vegetarian", "Ramp", "Head of office", "")
    assert who.email == "ada@example.org"


def test_each_permission_is_its_own_and_can_be_taken_back(ada: tuple[Participant, str], client: CheckedClient) -> None:
    who, home = ada
    client.post(f"{home}/consent", data={"listed": "y", "photo": "y"})
    client.post(f"{home}/consent", data={"contact": "y"})
    db.session.expire_all()
    assert (who.granted, who.hidden) == (["contact"], True)
    entries = db.session.scalars(select(PermissionEntry).order_by(PermissionEntry.id)).all()
    assert [(each.permission.value, each.given) for each in entries] == [
        ("photo", True),
        ("photo", False),
        ("contact", True),
    ]
    assert "recognised" in entries[0].text


def test_a_seat_given_back_goes_to_whoever_waits(
    invited: Invited, ada: tuple[Participant, str], client: CheckedClient
) -> None:
    invited.plan.seats = 1
    waiting = somebody(
        invited.workshop, family_name="Next", email="next@example.org", standing=ParticipantStatus.WAITING
    )
    waiting.queued_at, waiting.lacking = datetime(2089, 1, 1, tzinfo=UTC), ["workshop"]
    token = waiting.renew_link("test")
    db.session.add(waiting)
    db.session.commit()
    assert "Your place in line: 1." in client.get(f"/r/{token}").text
    assert client.post(f"{ada[1]}/withdraw").status_code == 302
    db.session.expire_all()
    assert (waiting.standing, waiting.number) == (ParticipantStatus.APPROVED, 2)


def test_a_passport_is_encrypted_and_erased_on_the_day_named(
    ada: tuple[Participant, str],
    client: CheckedClient,
    as_: SignedIn,
    invited: Invited,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who, home = ada
    late = client.post(f"{home}/travel", data=PASSPORT | {"expires_on": "2090-01-01"})
    assert "expires before the workshop ends" in late.text
    assert client.post(f"{home}/travel", data=PASSPORT).status_code == 302
    kept = db.session.scalars(select(TravelDocument)).one()
    assert "CANARY" not in kept.sealed
    assert "X1234567" not in client.get(f"{home}/travel").text
    letter = as_("ana").get(f"{DESK}/{who.id}/visa-letter.docx")
    assert letter.status_code == 200
    assert as_("ben").get(f"{DESK}/{who.id}/visa-letter.docx").status_code == 403
    press = Press()
    monkeypatch.setattr(letter_print, "WaitedFor", press)
    printed = as_("ana").get(f"{DESK}/{who.id}/visa-letter.pdf")
    assert (printed.mimetype, printed.headers["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert "holder of passport X1234567" in press.pages[0]
    press.failure = PdfFailed("too long")
    assert "Word file" in as_("ana").get(f"{DESK}/{who.id}/visa-letter.pdf", follow_redirects=True).text
    tasks.erase()
    assert len(db.session.scalars(select(TravelDocument)).all()) == 1
    kept.erase_on = kept.erase_on.replace(year=2020)
    db.session.add(ParticipantNeeds(participant=who, diet="Vegetarian"))
    invited.workshop.ends_on = invited.workshop.starts_on = invited.workshop.starts_on.replace(year=2020)
    db.session.commit()
    tasks.erase()
    assert db.session.scalars(select(TravelDocument)).all() == []
    assert db.session.scalars(select(ParticipantNeeds)).all() == []


def test_papers_are_asked_of_those_whose_travel_is_paid(
    ada: tuple[Participant, str], client: CheckedClient, as_: SignedIn
) -> None:
    ana = as_("ana")
    data = {"name": "Copy of the visa", "due_on": "2089-12-01"}
    assert ana.post(f"{DESK}/travel/papers", data=data).status_code == 302
    assert ana.post(f"{DESK}/travel/papers", data=data).status_code == 302
    assert client.get(f"{ada[1]}/travel").text.count("Copy of the visa") == 1
    page = ana.get(f"{DESK}/travel").text
    assert "until 1 December 2089" in page
    assert "missing" in page
    assert "Mark as received" in page
