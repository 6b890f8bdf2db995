"""Deciding on registrations, needs and counts, and the file for the secretariat."""

import io
from collections import Counter

import openpyxl
from sqlalchemy import select

from tests.conftest import SignedIn, count_statements
from tests.fetching import fetched
from tests.participation.registration.conftest import DESK, Invited, somebody
from workshop.participation.attendance import rules
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration.models import ParticipantNeeds
from workshop.participation.registration.participation_counts import counts_of, suppressed
from workshop.platform.db import db, now
from workshop.platform.mail import Message
from workshop.secretariat.register.models import Category


def people() -> list[Participant]:
    db.session.expire_all()
    return list(db.session.scalars(select(Participant).order_by(Participant.id)))


def test_many_are_approved_as_far_as_there_are_seats_and_each_is_told(invited: Invited, as_: SignedIn) -> None:
    invited.plan.seats = 2
    db.session.add_all(
        somebody(invited.workshop, family_name=f"Sample {number}", email=f"{number}@example.org") for number in range(4)
    )
    db.session.commit()
    ana = as_("ana")
    data = {"who": [each.id for each in people()], "decision": "approve"}
    assert ana.post(f"{DESK}/decide", data=data).status_code == 302
    assert [each.standing.value for each in people()] == ["approved", "approved", "waiting", "waiting"]
    assert [each.number for each in people()] == [1, 2, None, None]
    mails = {each.recipient: each.text for each in db.session.scalars(select(Message))}
    assert "You are registered" in mails["0@example.org"]
    assert "the workshop is full" in mails["3@example.org"]
    page = ana.get(DESK).text
    assert "Place 1 in line" in page
    assert "Place 2 in line" in page
    first = people()[0].id
    ana.post(f"{DESK}/{first}/decide", data={"decision": "withdraw"})
    assert [each.standing.value for each in people()] == ["withdrawn", "approved", "approved", "waiting"]
    assert people()[2].number == 3
    newest = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert newest is not None
    assert (newest.recipient, "You are registered" in newest.text) == ("2@example.org", True)


def test_more_seats_let_those_in_who_wait(invited: Invited, as_: SignedIn) -> None:
    invited.plan.seats = 0
    db.session.add(somebody(invited.workshop))
    db.session.commit()
    ana = as_("ana")
    ana.post(f"{DESK}/decide", data={"who": people()[0].id, "decision": "approve"})
    assert people()[0].standing is ParticipantStatus.WAITING
    data = {"mode": "open", "approves_by_hand": "y", "seats": "5", "asks": ["diet", "sex"], "category_ngo": "3"}
    assert ana.fill(f"{DESK}/seats", data).status_code == 302
    assert people()[0].standing is ParticipantStatus.APPROVED
    db.session.expire_all()
    assert (invited.plan.category_seats, invited.plan.asks, invited.plan.counts_support) == (
        {"ngo": 3},
        ["sex", "diet"],
        False,
    ) or set(invited.plan.asks) == {"diet", "sex"}


def test_nobody_is_refused_without_a_reason(invited: Invited, as_: SignedIn) -> None:
    db.session.add(somebody(invited.workshop))
    db.session.commit()
    ana, who = as_("ana"), people()[0]
    page = ana.post(f"{DESK}/{who.id}/decide", data={"decision": "refuse"}, follow_redirects=True)
    assert "Give the reason" in page.text
    assert people()[0].standing is ParticipantStatus.SUBMITTED
    ana.post(f"{DESK}/{who.id}/decide", data={"decision": "refuse", "reason": "For States only."})
    assert people()[0].standing is ParticipantStatus.REFUSED
    assert "Reason: For States only." in db.session.scalars(select(Message)).one().text


def test_erasing_leaves_the_counts_as_they_were(invited: Invited, as_: SignedIn) -> None:
    who = somebody(
        invited.workshop, standing=ParticipantStatus.APPROVED, number=1, phone="CANARY-1", institution="CANARY-2"
    )
    db.session.add_all([who, ParticipantNeeds(participant=who, diet="CANARY-3")])
    db.session.commit()
    ana = as_("ana")
    before = ana.get(f"{DESK}/counts").text
    assert ana.post(f"{DESK}/{who.id}/erase").status_code == 302
    ana.get(DESK)  # takes the message away
    assert ana.get(f"{DESK}/counts").text == before
    everything = "".join(
        ana.get(path).text for path in (DESK, f"{DESK}/{who.id}", f"{DESK}/needs", f"{DESK}/list", f"{DESK}/travel")
    )
    assert "CANARY" not in everything
    assert "Sample" not in everything
    assert db.session.scalars(select(ParticipantNeeds)).all() == []


def test_what_people_need_is_seen_by_organisers_alone_and_in_no_file(invited: Invited, as_: SignedIn) -> None:
    who = somebody(invited.workshop, standing=ParticipantStatus.APPROVED, number=1)
    db.session.add_all([who, ParticipantNeeds(participant=who, access="CANARY ramp")])
    db.session.commit()
    assert "CANARY ramp" in as_("ana").get(f"{DESK}/needs").text
    assert as_("ben").get(f"{DESK}/needs").status_code == 403
    assert as_("dov").get(f"{DESK}/needs").status_code == 404
    content = fetched(as_("ana"), f"{DESK}.xlsx").data
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.values for cell in row]
    assert "Sample" in cells
    assert not any("CANARY" in str(cell) for cell in cells)


def test_the_export_holds_everybody_once(invited: Invited, as_: SignedIn) -> None:
    kinds = list(Category)
    db.session.add_all(
        somebody(invited.workshop, family_name=f"Sample {number}", category=kinds[number % 14], email="")
        for number in range(30)
    )
    db.session.commit()
    ana = as_("ana")
    with count_statements() as seen:
        page = ana.get(DESK)
    assert page.status_code == 200
    assert len(seen) <= 12
    rows = list(openpyxl.load_workbook(io.BytesIO(fetched(ana, f"{DESK}.xlsx").data)).active.values)
    assert len(rows) == 31


def test_cells_under_five_are_withheld_and_a_single_one_not_alone() -> None:
    assert suppressed([("a", 3), ("b", 12), ("c", 7)]) == [("a", None), ("b", 12), ("c", None)]
    assert suppressed([("a", 3), ("b", 2), ("c", 7)]) == [("a", None), ("b", None), ("c", 7)]
    assert suppressed([("a", 0), ("b", 5)]) == [("a", 0), ("b", 5)]


def test_every_figure_agrees_with_the_export_and_the_front_page(invited: Invited, as_: SignedIn) -> None:
    """300 registrations over 14 categories, by category, region, group of States and sex."""
    kinds, places = list(Category), ["TUN", "FRA", "MEX", "JPN", "FJI", ""]
    statuses = [ParticipantStatus.APPROVED, ParticipantStatus.APPROVED, ParticipantStatus.WAITING]
    everybody = [
        somebody(
            invited.workshop,
            family_name=f"Sample {number}",
            category=kinds[number % 14],
            country=places[number % 6],
            standing=statuses[number % 3],
            sex=["f", "m", ""][number % 3],
            email="",
        )
        for number in range(300)
    ]
    db.session.add_all(everybody)
    db.session.flush()
    db.session.add_all(
        rules.check_in(each, None, client_key=str(each.id), by=None, at=now()) for each in everybody[:4:3]
    )
    db.session.commit()
    ana = as_("ana")
    counted = counts_of(db.session, invited.workshop)
    assert (counted.total.nominated, counted.total.approved, counted.total.waiting) == (300, 200, 100)
    for rows in (counted.by_category, counted.by_region):
        assert len(rows) == (14 if rows is counted.by_category else 5)
    assert sum(row.approved for row in counted.by_category) == 200
    assert {row.label: row.nominated for row in counted.by_region} == dict.fromkeys(
        ("Africa", "Americas", "Asia", "Europe", "Oceania"), 50
    )
    assert sum(row.nominated for row in counted.by_group) == 250
    assert [(row.approved, row.present) for row in counted.sexes] == [(100, None), (100, 0), (0, 0)]
    content = fetched(ana, f"{DESK}.xlsx").data
    cells = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    exported = Counter(row[cells[0].index("Category")] for row in cells[1:])
    assert exported == {row.label: row.nominated for row in counted.by_category}
    page = ana.get("/workshops/w/desk/").text
    assert "Registered: 200 · Present: " in page


def test_the_secretariat_registers_somebody_itself(invited: Invited, as_: SignedIn) -> None:
    ana = as_("ana")
    data = {
        "given_name": "Nils",
        "family_name": "Sample",
        "language": "en",
        "interpreter": "none",
        "category": "expert",
        "part": "rep",
        "organisation": "Sample University",
        "country": "SWE",
    }
    assert ana.fill(f"{DESK}/add", data).status_code == 302
    who = people()[0]
    assert who.organisation is not None
    assert (who.standing, who.organisation.name) == (ParticipantStatus.SUBMITTED, {"en": "Sample University"})
    assert ana.fill(f"{DESK}/{who.id}", data | {"family_name": "Sampel", "hidden": "y"}).status_code == 302
    assert (people()[0].family_name, people()[0].hidden) == ("Sampel", True)
