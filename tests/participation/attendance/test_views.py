"""The desk at the door: typed, scanned, and two devices without a line for ten minutes."""

import re
import threading

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SignedIn, count_statements
from tests.participation.attendance.conftest import DESK
from tests.participation.delegations.conftest import Invited
from tests.participation.registration.conftest import somebody
from workshop.participation.attendance.models import Badge, CheckIn
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.db import db


def arrivals() -> list[CheckIn]:
    db.session.expire_all()
    return list(db.session.scalars(select(CheckIn).order_by(CheckIn.id)))


def test_people_are_found_by_letters_or_number_and_checked_in(seated: list[Participant], as_: SignedIn) -> None:
    ana = as_("ana")
    found = ana.get(f"{DESK}/check-in?q=aba").text
    assert "ÁBALOS" in found
    assert "BROWN" not in found
    assert "van der BERG" in ana.get(f"{DESK}/check-in?q=ber").text
    assert "ÇELIK" in ana.get(f"{DESK}/check-in?q=4").text
    assert "LATER" not in ana.get(f"{DESK}/check-in?q=lat").text
    for _twice in range(2):
        assert ana.post(f"{DESK}/check-in/{seated[0].id}", data={"q": "aba"}).status_code == 302
    assert [each.participant_id for each in arrivals()] == [seated[0].id]
    assert "ÁBALOS" not in ana.get(f"{DESK}/check-in?absent=1").text
    ana.post(f"{DESK}/check-in/{seated[0].id}/undo")
    assert arrivals() == []
    ana.post(f"{DESK}/check-in/{seated[5].id}")  # waits, and has no seat
    assert arrivals() == []
    assert as_("ben").get(f"{DESK}/check-in").status_code == 403


def test_two_desks_without_a_line_check_in_two_hundred(invited: Invited, as_: SignedIn, app: Flask) -> None:
    """Half of them twice, each sent again since no answer came; none is lost and none is doubled."""
    people = [
        somebody(invited.workshop, family_name=f"Sample {n}", email="", number=n, standing=ParticipantStatus.APPROVED)
        for n in range(1, 201)
    ]
    db.session.add_all(people)
    db.session.commit()
    ids = [each.id for each in people]
    desks = {
        "one": [{"key": f"one-{id}", "id": id, "at": 1_700_000_000_000 + id} for id in ids[:150]],
        "two": [{"key": f"two-{id}", "id": id, "at": 1_700_000_000_000 - id} for id in ids[50:]],
    }
    clients = {name: as_("ana") for name in desks}
    answers: list[int] = []

    def send(name: str) -> None:
        for acts in (desks[name], desks[name]):
            answer = clients[name].post(f"{DESK}/check-in/many", json={"acts": acts})
            answers.append(len(answer.get_json()["answers"]))

    threads = [threading.Thread(target=in_context, args=(app, send, name)) for name in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [150] * 4
    assert sorted(each.participant_id for each in arrivals()) == ids
    earliest = {each.participant_id: each.at.timestamp() for each in arrivals()}
    assert earliest[ids[100]] == pytest.approx((1_700_000_000_000 - ids[100]) / 1000)


def in_context(app: Flask, act: object, *args: object) -> None:
    with app.app_context():
        act(*args)  # type: ignore[operator]


@pytest.mark.parametrize("sent", [None, {}, {"acts": "x"}, {"acts": [{"id": "x"}]}, {"acts": [{}] * 501}])
def test_what_cannot_be_read_is_refused(seated: list[Participant], as_: SignedIn, sent: object) -> None:
    assert as_("ana").post(f"{DESK}/check-in/many", json=sent).status_code == 400
    assert arrivals() == []


def test_a_check_in_takes_few_statements_whatever_the_number_of_people(
    seated: list[Participant], as_: SignedIn
) -> None:
    ana = as_("ana")
    ana.get(f"{DESK}/check-in")
    first = seated[0].id
    with count_statements() as seen:
        ana.post(f"{DESK}/check-in/{first}")
    assert len(seen) <= 10


def test_somebody_without_registration(seated: list[Participant], as_: SignedIn, invited: Invited) -> None:
    ana = as_("ana")
    data = {"given_name": "Kim", "family_name": "Walk", "category": "media", "country": ""}
    assert ana.post(f"{DESK}/check-in/walk-in", data=data).status_code == 302
    who = db.session.scalars(select(Participant).where(Participant.family_name == "Walk")).one()
    assert (who.number, who.source.value, len(arrivals())) == (6, "walk_in", 1)
    invited.plan.seats = 6
    db.session.commit()
    assert "There is no seat" in ana.post(f"{DESK}/check-in/walk-in", data=data | {"family_name": "Full"}).text
    assert len(arrivals()) == 1


def test_the_code_of_a_badge_leads_the_desk_to_its_holder_and_nobody_else_anywhere(
    seated: list[Participant], as_: SignedIn
) -> None:
    ana = as_("ana")
    ana.post(f"{DESK}/badges/issue")
    first = db.session.scalars(select(Badge).order_by(Badge.id)).first()
    assert first is not None
    answer = ana.get(f"/b/{first.key}")
    assert answer.headers["Location"].endswith(f"check-in?q={first.participant.number}")
    assert as_("dov").get(f"/b/{first.key}").status_code == 404
    assert as_("ben").get(f"/b/{first.key}").status_code == 404
    ana.post(f"{DESK}/badges/{first.id}/replace")
    assert "void" in ana.get(f"/b/{first.key}", follow_redirects=True).text


def test_the_names_for_a_device_hold_nothing_else(seated: list[Participant], as_: SignedIn) -> None:
    seated[0].email, seated[0].phone = "canary@example.org", "CANARY"
    db.session.commit()
    text = as_("ana").get(f"{DESK}/check-in/people.json").text
    assert "CANARY" not in text.upper()
    assert len(re.findall('"id"', text)) == 5
