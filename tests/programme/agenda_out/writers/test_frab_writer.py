"""The agenda in the schedule format, XML and JSON."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import count_statements
from tests.fetching import fetched
from tests.looking import there
from tests.programme.agenda_out.published import NINE, group, large, papers, publish, room, session
from tests.programme.agenda_out.schedule_format import check_json, check_xml
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Format

pytestmark = pytest.mark.on_one_database("a file made of the released agenda, which is tried beside both")

XML, JSON = "/workshops/w/agenda.xml", "/workshops/w/agenda.json"


def events(client: FlaskClient, lang: str = "en") -> list[dict[str, Any]]:
    """The events of both forms, which say the same."""
    xml, doc = client.get(f"{XML}?lang={lang}"), client.get(f"{JSON}?lang={lang}")
    assert (xml.status_code, xml.mimetype, doc.mimetype) == (200, "application/xml", "application/json")
    in_xml, in_json = check_xml(fromstring(xml.data)), check_json(there(doc.json))
    for one, other in zip(in_xml, in_json, strict=True):
        told = {"id": one.get("id"), "guid": one.get("guid")} | {
            child.tag: child.text or "" for child in one if not list(child)
        }
        assert {name: str(other[name]) for name in told if name not in ("links", "attachments", "persons")} == {
            name: text for name, text in told.items() if name not in ("links", "attachments", "persons")
        }
        assert [person.text for person in there(one.find("persons"))] == [person["name"] for person in other["persons"]]
        assert [(each.text, each.get("href")) for each in there(one.find("attachments"))] == [
            (each["title"], each["url"]) for each in other["attachments"]
        ]
    return in_json


def test_a_session_is_an_event(client: FlaskClient, company: Company) -> None:
    row = session(
        company.workshop, room=room(company.workshop, "Salle XX"), subtitle=Words(en="What helps"), format=Format.PANEL
    )
    held = papers(company.workshop, row)
    publish(company.workshop)
    (event,) = events(client, "fr")
    told = {
        name: event[name]
        for name in ("date", "start", "duration", "room", "title", "subtitle", "type", "language", "slug")
    }
    assert told == {
        "date": "2026-03-02T09:00:00+01:00",
        "start": "09:00",
        "duration": "01:00",
        "room": "Salle XX",
        "title": "Partenariats 1",
        "subtitle": "What helps",
        "type": "panel",
        "language": "fr",
        "slug": f"w___-{row.id}-partenariats-1",
    }
    assert [person["name"] for person in event["persons"]] == [
        "H.E. Ines Chair 1 (synthetic)",
        "Zoë Ñandú 1 (synthetic)",
    ]
    assert event["attachments"] == [
        {"title": f"Déclaration ({code.upper()})", "url": f"https://meeting.example/papers/{held.key}/{code}"}
        for code in ("en", "fr")
    ]
    assert "Not yet for anybody" not in json.dumps(event)
    assert "Directrice, Bureau des exemples, Tunisie" in event["description"]


def test_the_conference_is_the_workshop(client: FlaskClient, company: Company) -> None:
    session(company.workshop)
    publish(company.workshop, name=Words(en="Provisional agenda"))
    schedule = there(client.get(JSON).json)["schedule"]
    conference = schedule["conference"]
    assert schedule["version"] == "Provisional agenda"
    assert (conference["title"], conference["acronym"]) == ("A workshop on something", "w___")
    assert (conference["start"], conference["end"], conference["daysCount"]) == ("2026-03-02", "2026-03-03", 2)
    assert conference["time_zone_name"] == "Europe/Zurich"
    assert [room["name"] for room in conference["rooms"]] == ["Geneva"]  # where no room is given yet


def test_what_begins_after_midnight_belongs_to_the_evening_before(client: FlaskClient, company: Company) -> None:
    session(company.workshop, 1, starts_at=NINE + timedelta(hours=17))  # two in the morning
    session(company.workshop, 2, starts_at=NINE + timedelta(hours=20))  # five
    publish(company.workshop)
    days = there(client.get(JSON).json)["schedule"]["conference"]["days"]
    found = {day["date"]: [event["title"] for room in day["rooms"].values() for event in room] for day in days}
    assert found == {"2026-03-02": ["Partnerships 1"], "2026-03-03": ["Partnerships 2"]}
    assert (days[0]["day_start"], days[0]["day_end"]) == ("2026-03-02T04:00:00+01:00", "2026-03-03T03:59:00+01:00")


def test_days_outside_the_workshop_are_counted_too(client: FlaskClient, company: Company) -> None:
    session(company.workshop, starts_at=NINE - timedelta(days=1))
    publish(company.workshop)
    days = there(client.get(JSON).json)["schedule"]["conference"]["days"]
    assert [(day["index"], day["date"]) for day in days] == [(1, "2026-03-01"), (2, "2026-03-02"), (3, "2026-03-03")]
    assert len(events(client)) == 1


@pytest.mark.parametrize(
    ("zone", "offset"), [("America/Los_Angeles", "-08:00"), ("Pacific/Kiritimati", "+14:00"), ("Etc/GMT+3", "-03:00")]
)
def test_zones_far_west_and_far_east(client: FlaskClient, company: Company, zone: str, offset: str) -> None:
    company.workshop.zone = zone
    session(company.workshop)
    publish(company.workshop)
    (event,) = events(client)
    assert event["date"].endswith(offset)
    assert datetime.fromisoformat(event["date"]) == NINE


def test_a_meeting_through_the_night_in_which_clocks_change(client: FlaskClient, company: Company) -> None:
    company.workshop.starts_on = company.workshop.ends_on = date(2026, 3, 28)
    begin = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    session(company.workshop, starts_at=begin, ends_at=begin + timedelta(hours=4))
    publish(company.workshop)
    (event,) = events(client)
    assert event["duration"] == "04:00"
    assert there(client.get(JSON).json)["schedule"]["conference"]["days"][0]["day_end"] == "2026-03-29T03:59:00+02:00"


@pytest.mark.parametrize(
    "text", ["شراكات من أجل المستقبل", '<b>&amp; "]]>" \'', "🌍🤝🏽", "\x00\x0b\x1f a \ufffe", "—"]
)
def test_hard_texts(client: FlaskClient, company: Company, text: str) -> None:
    session(company.workshop, title=Words(en=text), subtitle=Words(en=text), room=room(company.workshop, "a <& b"))
    publish(company.workshop)
    (event,) = events(client)
    assert event["title"] == "".join(c for c in text if c >= " " and c != "\ufffe")


def test_names_of_things_stay_from_release_to_release(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop)
    publish(company.workshop)
    (before,) = events(client)
    row.title = Words(en="Alliances")
    publish(company.workshop, 2)
    (after,) = events(client)
    assert (after["title"], after["guid"], after["persons"]) == ("Alliances", before["guid"], before["persons"])


def test_without_any_time_there_are_days_and_no_events(client: FlaskClient, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop))
    publish(company.workshop)
    assert events(client) == []


def test_120_sessions_take_no_more_statements_than_one(client: FlaskClient, company: Company) -> None:
    large(company.workshop)
    publish(company.workshop)
    counts = {}
    for address in (XML, JSON):
        with count_statements() as statements:
            assert client.get(address).status_code == 200
        counts[address] = len(statements)
    assert counts == {XML: 5, JSON: 5}
    assert len(events(client)) == 120


@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize("form", ["ics", "xml", "json", "docx", "xlsx", "csv"])
def test_every_form_takes_few_statements_whatever_the_length(
    client: FlaskClient, company: Company, form: str, length: int
) -> None:
    for number in range(1, length + 1):
        row = session(company.workshop, number)
        papers(company.workshop, row)
        group(company.workshop, row, number)
    publish(company.workshop)
    if form in ("docx", "xlsx"):
        assert fetched(client, f"/workshops/w/agenda.{form}").status_code == 200
    with count_statements() as statements:
        assert client.get(f"/workshops/w/agenda.{form}").status_code == 200
    assert len(statements) == (4 if form == "ics" else 5)
