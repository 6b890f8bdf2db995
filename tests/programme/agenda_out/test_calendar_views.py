"""Personal calendars: who may make one, what it shows, and that it can be taken back."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.looking import matched
from tests.programme.agenda_out.published import NINE, publish, session
from workshop.platform import links
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.platform.mail import Message
from workshop.platform.tasks import Task
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance
from workshop.programme.agenda_out.models import CalendarFeed
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Visibility

SECRET = "s" * 43


@pytest.fixture
def zoe(company: Company) -> Person:
    """The speaker of session 1, of which she also speaks on a second item; and of no other."""
    row = session(company.workshop, 1)
    session(company.workshop, 2)
    db.session.commit()
    return row.appearances[1].person


@pytest.fixture
def feed(company: Company, zoe: Person) -> CalendarFeed:
    row = CalendarFeed(
        workshop=company.workshop, person=zoe, token_hash=links.digest(SECRET), language="fr", made_at=make.NOON
    )
    db.session.add(row)
    db.session.commit()
    return row


def slots(client: FlaskClient, secret: str = SECRET) -> list[Any]:
    answer = client.get(f"/c/{secret}.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return Calendar.from_ical(answer.data).walk("VEVENT")


def local(hour: int, minute: int = 0) -> datetime:
    return NINE.astimezone(ZoneInfo("Europe/Zurich")).replace(hour=hour, minute=minute)


def test_it_shows_what_this_person_does_and_when(client: FlaskClient, company: Company, feed: CalendarFeed) -> None:
    publish(company.workshop)
    (slot,) = slots(client)
    assert slot["SUMMARY"] == "Un exposé"
    assert (slot["DTSTART"].dt, slot["DTEND"].dt) == (local(9), local(9, 20))
    lines = slot["DESCRIPTION"].splitlines()
    assert "Partenariats 1, 09:00–10:00" in lines[1]
    assert "Partnerships 2" not in client.get(f"/c/{SECRET}.ics").text


def test_an_item_begins_where_those_before_it_end(
    client: FlaskClient, company: Company, zoe: Person, feed: CalendarFeed
) -> None:
    row = db.session.scalars(db.select(Appearance).where(Appearance.person_id == zoe.id)).one().session
    later = make.item(position=2, minutes=15, title=Words(en="Another talk"))
    row.items.append(later)
    row.appearances.append(make.appearance(person=zoe, item=later))
    publish(company.workshop)
    assert [(slot["DTSTART"].dt, slot["DTEND"].dt) for slot in slots(client)] == [
        (local(9), local(9, 20)),
        (local(9, 20), local(9, 35)),
    ]
    row.items[0].minutes = None  # then nobody knows when the second begins
    publish(company.workshop, 2)
    assert [(slot["DTSTART"].dt, slot["DTEND"].dt) for slot in slots(client)] == [(local(9), local(10))] * 2
    assert {slot["SEQUENCE"] for slot in slots(client)} == {1}


def test_who_chairs_is_there_throughout(client: FlaskClient, company: Company, zoe: Person, feed: CalendarFeed) -> None:
    row = db.session.scalars(db.select(Appearance).where(Appearance.person_id == zoe.id)).one().session
    row.appearances.append(make.appearance(person=zoe, part=Part.DISCUSSANT))
    publish(company.workshop)
    found = {slot["SUMMARY"]: (slot["DTSTART"].dt, slot["DTEND"].dt) for slot in slots(client)}
    assert found == {"Un exposé": (local(9), local(9, 20)), "Partenariats 1": (local(9), local(10))}
    assert len({slot["UID"] for slot in slots(client)}) == 2


def test_it_moves_with_the_agenda_and_cancels_what_is_taken_away(
    client: FlaskClient, company: Company, zoe: Person, feed: CalendarFeed
) -> None:
    who = db.session.scalars(db.select(Appearance).where(Appearance.person_id == zoe.id)).one()
    publish(company.workshop, 1)
    (before,) = slots(client)
    who.session.starts_at += timedelta(hours=3)
    who.session.ends_at += timedelta(hours=3)
    publish(company.workshop, 2)
    (moved,) = slots(client)
    assert (moved["UID"], moved["SEQUENCE"], moved["DTSTART"].dt) == (before["UID"], 1, local(12))
    db.session.delete(who)
    publish(company.workshop, 3)
    (gone,) = slots(client)
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (before["UID"], 2, "CANCELLED")


def test_the_draft_is_not_in_it(client: FlaskClient, company: Company, zoe: Person, feed: CalendarFeed) -> None:
    assert client.get(f"/c/{SECRET}.ics").status_code == 404
    publish(company.workshop)
    who = db.session.scalars(db.select(Appearance).where(Appearance.person_id == zoe.id)).one()
    who.item.title = Words(en="A secret change")
    db.session.commit()
    assert "secret" not in client.get(f"/c/{SECRET}.ics").text
    company.workshop.visibility = Visibility.PRIVATE
    assert client.get(f"/c/{SECRET}.ics").status_code == 404


def test_it_is_kept_by_its_owner_only_and_sent_once(client: FlaskClient, company: Company, feed: CalendarFeed) -> None:
    publish(company.workshop)
    first = client.get(f"/c/{SECRET}.ics")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex"
    again = client.get(f"/c/{SECRET}.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("length", [1, 3])
def test_it_takes_three_statements_whatever_its_length(
    client: FlaskClient, company: Company, zoe: Person, feed: CalendarFeed, length: int
) -> None:
    for number in range(3, 2 + length):
        row = session(company.workshop, number)
        row.appearances.append(make.appearance(person=zoe, part=Part.DISCUSSANT))
    publish(company.workshop)
    with count_statements() as statements:
        assert len(slots(client)) == length
    assert len(statements) == 3


# Making and taking back


def place(person: Person) -> str:
    return f"/workshops/w/desk/calendars/{person.id}"


def address_on(page: TestResponse) -> str:
    return matched(r'id="address" value="https://meeting\.example(/c/[\w-]{43}\.ics)"', page.text)[1]


def test_an_organiser_makes_it_and_sees_the_address_once(
    as_: SignedIn, client: FlaskClient, company: Company, zoe: Person
) -> None:
    publish(company.workshop)
    ana = as_("ana")
    assert "No address has been created yet." in ana.get(place(zoe)).text
    address = address_on(ana.post(place(zoe)))
    assert client.get(address).status_code == 200
    assert address.removeprefix("/c/") not in ana.get(place(zoe)).text
    row = db.session.scalars(db.select(CalendarFeed)).one()
    assert row.token_hash == links.digest(address.removeprefix("/c/").removesuffix(".ics"))
    verbs = db.session.scalars(db.select(AuditEntry)).all()
    assert [(entry.verb, entry.subject) for entry in verbs] == [("make calendar address", "w")]


def test_a_new_address_puts_the_old_one_out_of_use(
    as_: SignedIn, client: FlaskClient, company: Company, zoe: Person
) -> None:
    publish(company.workshop)
    first, second = (address_on(as_("ana").post(place(zoe))) for _ in range(2))
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert as_("ana").post(f"{place(zoe)}/revoke", follow_redirects=True).status_code == 200
    assert client.get(second).status_code == 404
    assert as_("ana").post(f"{place(zoe)}/revoke").status_code == 302  # nothing left to revoke


def test_the_speaker_gets_it_by_mail_where_she_was_invited(as_: SignedIn, company: Company, zoe: Person) -> None:
    db.session.add(Invitation(workshop=company.workshop, person=zoe, email="zoe@example.org", language="fr"))
    publish(company.workshop)
    page = as_("ana").get(place(zoe))
    assert "zoe@example.org" in page.text
    address = address_on(as_("ana").post(place(zoe), data={"send": "1"}))
    letter = db.session.scalars(db.select(Message)).one()
    assert letter.recipient == "zoe@example.org"
    assert f"https://meeting.example{address}" in letter.text
    assert db.session.scalars(db.select(Task.kind)).all() == ["mail.deliver"]
    assert db.session.scalars(db.select(CalendarFeed.language)).one() == "fr"
    as_("ana").post(place(zoe))
    assert len(db.session.scalars(db.select(Message)).all()) == 1  # not asked for: not sent


def test_only_who_is_on_this_agenda_can_have_one(as_: SignedIn, company: Company, zoe: Person) -> None:
    stranger = make.person(family_name="Elsewhere (synthetic)")
    db.session.add(stranger)
    db.session.commit()
    assert as_("ana").get(place(stranger)).status_code == 404
    assert as_("ana").post(place(stranger)).status_code == 404
    assert as_("oto").post(place(zoe)).status_code == 404
    assert as_("ben").post(place(zoe)).status_code == 403


def test_the_page_of_a_person_leads_there(as_: SignedIn, company: Company, zoe: Person) -> None:
    who = db.session.scalars(db.select(Appearance).where(Appearance.person_id == zoe.id)).one()
    page = as_("ana").get(f"/workshops/w/desk/agenda/sessions/1/people/{who.id}")
    assert f'href="{place(zoe)}"' in page.text
