"""The agenda as iCalendar, read back by a parser that knows nothing of how it was written."""

import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from icalendar.parser.string import _foldline

from tests import factories as make
from tests.cast import Company
from tests.conftest import count_statements
from tests.looking import there
from tests.programme.agenda_out.published import FIRST, NINE, large, publish, room, session
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda_out.writers import ical
from workshop.programme.agenda_out.writers.zones import vtimezone
from workshop.secretariat.series.models import Visibility

pytestmark = pytest.mark.on_one_database("a file made of the released agenda, which is tried beside both")

ALL = "/workshops/w/agenda.ics"


def events(client: FlaskClient, address: str = ALL) -> list[Any]:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return Calendar.from_ical(answer.data).walk("VEVENT")


def one(client: FlaskClient, address: str = ALL) -> Any:
    (event,) = events(client, address)
    return event


def test_a_session_is_an_event_with_place_and_people(client: FlaskClient, company: Company) -> None:
    session(company.workshop, room=room(company.workshop, "Salle XX"), subtitle=Words(en="What helps"))
    publish(company.workshop)
    event = one(client, f"{ALL}?lang=fr")
    assert event["SUMMARY"] == "Partenariats 1"
    assert event["SUMMARY"].params["LANGUAGE"] == "fr"
    assert event["LOCATION"] == "Salle XX, Geneva"
    assert event["URL"] == "https://meeting.example/workshops/w/agenda#session-1"
    assert event["DTSTART"].params["TZID"] == "Europe/Zurich"
    assert event["DTSTART"].dt == datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Zurich"))
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    assert event["STATUS"] == "CONFIRMED"
    assert event["DESCRIPTION"].splitlines()[0] == "What helps"
    assert "– What works?" in event["DESCRIPTION"]
    assert "H.E. Ines Chair 1 (synthetic)" in event["DESCRIPTION"]
    assert "• Un exposé – Zoë Ñandú 1 (synthetic), Directrice, Bureau des exemples, Tunisie" in event["DESCRIPTION"]


def test_a_text_in_another_language_says_which(client: FlaskClient, company: Company) -> None:
    session(company.workshop, title=Words(en="Only in English"))
    publish(company.workshop)
    assert one(client, f"{ALL}?lang=es")["SUMMARY"].params["LANGUAGE"] == "en"


def test_one_session_is_the_same_event_alone(client: FlaskClient, company: Company) -> None:
    session(company.workshop, 1)
    session(company.workshop, 2)
    publish(company.workshop)
    both = {event["UID"]: event for event in events(client)}
    alone = one(client, "/workshops/w/agenda/sessions/2.ics")
    assert both[alone["UID"]].to_ical() == alone.to_ical()
    assert alone["SUMMARY"] == "Partnerships 2"
    assert client.get("/workshops/w/agenda/sessions/3.ics").status_code == 404


def test_the_draft_is_never_in_it(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop)
    assert client.get(ALL).status_code == 404
    publish(company.workshop)
    row.title = Words(en="A secret change")
    session(company.workshop, 2, title=Words(en="A secret session"))
    db.session.commit()
    assert b"secret" not in client.get(ALL).data
    company.workshop.visibility = Visibility.PRIVATE
    assert client.get(ALL).status_code == 404


def test_sessions_without_a_time_are_left_out(client: FlaskClient, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop, number=9))
    session(company.workshop)
    publish(company.workshop)
    assert one(client)["SUMMARY"] == "Partnerships 1"
    assert client.get("/workshops/w/agenda/sessions/9.ics").status_code == 404


def test_an_event_keeps_its_name_and_counts_what_changed(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop)
    publish(company.workshop, 1)
    first = one(client)
    publish(company.workshop, 2)
    same = one(client)
    row.title = Words(en="Alliances")
    publish(company.workshop, 3)
    retitled = one(client)
    row.starts_at = there(row.starts_at) + timedelta(hours=1)
    row.ends_at = there(row.ends_at) + timedelta(hours=1)
    row.room = room(company.workshop, "Room 4")
    publish(company.workshop, 4)
    moved = one(client)
    assert {each["UID"] for each in (first, same, retitled, moved)} == {first["UID"]}
    assert [each["SEQUENCE"] for each in (first, same, retitled, moved)] == [0, 0, 1, 2]
    assert [each["DTSTAMP"].dt for each in (first, moved)] == [FIRST, FIRST + timedelta(days=3)]


def test_a_count_kept_with_the_release_is_believed(client: FlaskClient, company: Company) -> None:
    session(company.workshop)
    release = publish(company.workshop)
    release.agenda = [release.agenda[0] | {"sequence": 7}]
    assert one(client)["SEQUENCE"] == 7


def test_what_is_no_longer_on_is_cancelled_and_may_come_back(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop, 1)
    other = session(company.workshop, 2)
    publish(company.workshop, 1)
    before = {event["SUMMARY"]: event for event in events(client)}
    number, title, hours = other.number, other.title, (other.starts_at, other.ends_at)
    other.starts_at = other.ends_at = None
    publish(company.workshop, 2)
    gone = next(event for event in events(client) if event["UID"] == before["Partnerships 2"]["UID"])
    assert (gone["STATUS"], gone["SEQUENCE"], gone["SUMMARY"]) == ("CANCELLED", 1, "Partnerships 2")
    assert gone["DTSTAMP"].dt == FIRST + timedelta(days=1)
    publish(company.workshop, 3)
    again = next(event for event in events(client) if event["UID"] == gone["UID"])
    assert again["DTSTAMP"].dt == gone["DTSTAMP"].dt  # cancelled once
    other.starts_at, other.ends_at = hours
    publish(company.workshop, 4)
    back = next(event for event in events(client) if event["UID"] == gone["UID"])
    assert (back["STATUS"], back["SEQUENCE"]) == ("CONFIRMED", 2)
    db.session.delete(row)
    publish(company.workshop, 5)
    assert [event["STATUS"] for event in events(client)] == ["CANCELLED", "CONFIRMED"]
    assert (number, title) == (other.number, other.title)
    assert client.get("/workshops/w/agenda/sessions/1.ics").status_code == 404


def test_the_file_stays_the_same_until_something_is_published(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop)
    publish(company.workshop)
    first = client.get(ALL)
    assert client.get(ALL).data == first.data
    with count_statements() as statements:
        again = client.get(ALL, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, len(statements)) == (304, 1)
    assert client.get(f"{ALL}?lang=fr", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    row.title = Words(en="Another")
    publish(company.workshop, 2)
    assert client.get(ALL, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


# Hard cases


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Zurich",
        "America/Los_Angeles",
        "Pacific/Kiritimati",
        "Asia/Kolkata",
        "Africa/Casablanca",
        "Europe/Dublin",
        "Australia/Lord_Howe",
        "UTC",
    ],
)
def test_the_zone_is_described_as_its_clocks_go(client: FlaskClient, company: Company, zone: str) -> None:
    """A program that knows no zone by name reads the right moment from the description alone."""
    company.workshop.zone = zone
    session(company.workshop)
    publish(company.workshop)
    described_zone = vtimezone(zone, 2025, 2027).to_tz(lookup_tzid=False)
    rules, moment = ZoneInfo(zone), datetime(2025, 1, 2, tzinfo=UTC)
    while moment.year < 2027:
        local = moment.astimezone(rules)
        if not local.fold and local.replace(fold=1).utcoffset() == local.utcoffset():
            assert local.replace(tzinfo=described_zone).utcoffset() == local.utcoffset(), local
        moment += timedelta(hours=5)
    assert one(client)["DTSTART"].dt == NINE


def test_the_night_in_which_clocks_go_back(client: FlaskClient, company: Company) -> None:
    zone = ZoneInfo("Europe/Zurich")
    begin = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half past two, for the first time
    session(company.workshop, 1, starts_at=begin, ends_at=begin + timedelta(hours=1))
    session(company.workshop, 2, starts_at=begin + timedelta(hours=1), ends_at=begin + timedelta(hours=3))
    session(company.workshop, 3, starts_at=begin - timedelta(hours=2), ends_at=begin + timedelta(hours=4))
    publish(company.workshop)
    found = {event["SUMMARY"]: (event["DTSTART"].dt, event["DTEND"].dt) for event in events(client)}
    assert found["Partnerships 1"] == (begin, begin + timedelta(hours=1))
    assert found["Partnerships 2"] == (begin + timedelta(hours=1), begin + timedelta(hours=3))
    assert found["Partnerships 3"][0] == datetime(2026, 10, 25, 0, 30, tzinfo=zone)
    assert found["Partnerships 3"][1].astimezone(UTC) == begin + timedelta(hours=4)


def test_the_night_in_which_clocks_go_forward(client: FlaskClient, company: Company) -> None:
    begin = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    session(company.workshop, starts_at=begin, ends_at=begin + timedelta(hours=1))
    publish(company.workshop)
    event = one(client)
    assert (event["DTSTART"].dt.hour, event["DTEND"].dt.hour) == (1, 3)
    assert event["DTEND"].dt.astimezone(UTC) - event["DTSTART"].dt.astimezone(UTC) == timedelta(hours=1)


HARD = [
    "الهجرة والتنمية: شراكات من أجل المستقبل، دروس مستفادة من التجارب الوطنية والإقليمية في المنطقة",
    "commas, semicolons; back\\slash \"quotes\" and 'more', colons: and \\n that is no new line",
    "🌍🤝🏽👩‍👩‍👧‍👦 " * 12,
    "x" * 400,
    "é" * 200,
    "two\nlines",
]


@pytest.mark.parametrize("text", HARD, ids=["arabic", "marks", "emoji", "long", "accents", "lines"])
def test_hard_texts_come_back_as_they_were(client: FlaskClient, company: Company, text: str) -> None:
    session(company.workshop, title=Words(en=text), subtitle=Words(en=text))
    publish(company.workshop)
    raw = client.get(ALL).data
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert raw.count(b"\n") == raw.count(b"\r\n")
    for line in raw.split(b"\r\n"):
        line.decode()  # no character is cut in two
    event = one(client)
    assert event["SUMMARY"] == text
    assert event["DESCRIPTION"].startswith(text)


def test_nothing_can_be_smuggled_into_the_file(client: FlaskClient, company: Company) -> None:
    session(company.workshop, title=Words(en="A\r\nEND:VEVENT\r\nATTENDEE:mailto:x@example.org\x00\x1b"))
    publish(company.workshop)
    event = one(client)
    assert event["SUMMARY"] == "A\nEND:VEVENT\nATTENDEE:mailto:x@example.org"
    assert "ATTENDEE" not in event
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", client.get(ALL).data)


def test_a_break_does_not_make_people_busy(client: FlaskClient, company: Company) -> None:
    session(company.workshop, format=Format.COFFEE)
    publish(company.workshop)
    assert one(client)["TRANSP"] == "TRANSPARENT"


def test_a_large_workshop_takes_no_more_statements_than_a_small_one(client: FlaskClient, company: Company) -> None:
    large(company.workshop)
    publish(company.workshop)
    with count_statements() as statements:
        found = events(client)
    assert (len(found), len(statements)) == (120, 4)
    assert len({event["UID"] for event in found}) == 120


def test_the_address_of_the_request_is_never_repeated(client: FlaskClient, company: Company) -> None:
    session(company.workshop)
    publish(company.workshop)
    assert b"evil.example" not in client.get(ALL, headers={"Host": "evil.example"}).data


PIECES = ["a", "plain words, ", "\\\\n", "^n", "é", "الهجرة", "😀", " ", "x" * 73, "y" * 74, "z" * 75]


def test_a_line_is_folded_as_the_library_folds_it() -> None:
    dice = random.Random(5545)
    for _ in range(500):
        line = "".join(dice.choices(PIECES, k=dice.randrange(30)))
        assert ical.fold(line, _foldline) == _foldline(line)
        assert all(len(part.encode()) <= 75 for part in ical.fold(line, _foldline).split("\r\n"))
