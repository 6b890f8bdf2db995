"""What the public schema of the schedule format asks, written down from reading it: github.com/voc/schedule,
validator/xsd/schedule.xml.xsd and validator/json/schema.json. The schema itself is under the EUPL 1.2 and not kept
here. Where its versions differ, a file must please each of them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element

from tests.looking import there

TIME = re.compile(r"[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?")
DURATION = re.compile(r"[0-9]{1,2}:[0-9]{2}")
SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
ACRONYM = re.compile(r"[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?")
ZONE = re.compile(r"([A-Z][a-z]+/[A-Z][a-z]+)|UTC")
OF_EVENT = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track"}
MAY_BE_IN_EVENT = {
    "logo",
    "persons",
    "language",
    "description",
    "recording",
    "links",
    "attachments",
    "video_download_url",
    "url",
}
OF_JSON_EVENT = OF_EVENT | {"guid", "id", "language", "links", "persons", "url"}
MAY_BE_IN_JSON_EVENT = OF_JSON_EVENT | {
    "logo",
    "description",
    "recording_license",
    "do_not_record",
    "do_not_stream",
    "attachments",
    "answers",
}
OF_CONFERENCE = {"title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"}
MAY_BE_IN_CONFERENCE = OF_CONFERENCE | {
    "description",
    "time_zone_name",
    "logo",
    "colors",
    "keywords",
    "url",
    "tracks",
    "rooms",
    "meta",
}


def check_xml(schedule: Element) -> list[Element]:
    """Fail where the file breaks a rule of the XML schema; its events otherwise."""
    assert schedule.tag == "schedule"
    head = [child.tag for child in schedule if child.tag != "day"]
    assert [child.tag for child in schedule] == head + ["day"] * (len(schedule) - len(head))
    assert [tag for tag in head if tag != "generator"] == ["version", "conference"]
    assert len(schedule) > len(head)  # one day at least
    check_xml_conference({child.tag: there(child.text) for child in there(schedule.find("conference"))})
    for day in schedule.findall("day"):
        assert set(day.keys()) <= {"date", "start", "end", "index"}
        date.fromisoformat(there(day.get("date")))
        for name in ("start", "end"):
            assert datetime.fromisoformat(there(day.get(name))).tzinfo
        assert {room.tag for room in day} <= {"room"}
        assert all(set(room.keys()) == {"name"} and {event.tag for event in room} <= {"event"} for room in day)
    assert unique(day.get("index") for day in schedule.findall("day"))
    events = schedule.findall("day/room/event")
    for event in events:
        check_xml_event(event)
    for names in (
        [event.get("id") for event in events],
        [event.get("guid") for event in events],
        [event.findtext("slug") for event in events],
    ):
        assert unique(names)
    return events


def check_xml_conference(conference: dict[str, str]) -> None:
    assert conference.keys() >= {"title", "acronym"}
    assert conference.keys() <= {
        "title",
        "acronym",
        "start",
        "end",
        "days",
        "timeslot_duration",
        "base_url",
        "time_zone_name",
    }
    date.fromisoformat(conference["start"])
    date.fromisoformat(conference["end"])
    assert int(conference["days"]) > 0
    assert DURATION.fullmatch(conference["timeslot_duration"])
    assert conference["base_url"].startswith(("http://", "https://"))


def check_xml_event(event: Element) -> None:
    tags = [child.tag for child in event]
    assert unique(tags)
    assert OF_EVENT <= set(tags) <= OF_EVENT | MAY_BE_IN_EVENT
    assert int(there(event.get("id"))) > 0
    UUID(event.get("guid"))
    assert datetime.fromisoformat(there(event.findtext("date"))).tzinfo
    assert TIME.fullmatch(there(event.findtext("start")))
    assert DURATION.fullmatch(there(event.findtext("duration")))
    assert there(event.findtext("url")).startswith(("http://", "https://"))
    assert all(
        each.tag == "person" and int(there(each.get("id"))) > 0 and set(each.keys()) == {"id"}
        for each in there(event.find("persons"))
    )
    assert all(each.tag == "attachment" and set(each.keys()) == {"href"} for each in there(event.find("attachments")))
    assert not list(there(event.find("links")))


def check_json(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Fail where the document breaks a rule of the JSON schema; its events otherwise."""
    assert document.keys() <= {"$schema", "generator", "schedule"}
    schedule = document["schedule"]
    assert schedule.keys() >= {"base_url", "conference", "version"}
    assert "rooms" not in schedule
    conference = schedule["conference"]
    assert OF_CONFERENCE <= conference.keys() <= MAY_BE_IN_CONFERENCE
    assert ACRONYM.fullmatch(conference["acronym"])
    assert ZONE.match(conference.get("time_zone_name", "UTC"))
    assert conference["daysCount"] == len(conference["days"])
    for room in conference["rooms"]:
        assert {"guid", "name"} <= room.keys() <= {"guid", "name", "description", "capacity"}
        UUID(room["guid"])
    events = []
    for day in conference["days"]:
        assert day.keys() == {"index", "date", "day_start", "day_end", "rooms"}
        assert isinstance(day["index"], int)
        date.fromisoformat(day["date"])
        assert datetime.fromisoformat(day["day_start"]) < datetime.fromisoformat(day["day_end"])
        events += [event for room in day["rooms"].values() for event in room]
    for event in events:
        check_json_event(event)
    return events


def check_json_event(event: dict[str, Any]) -> None:
    assert OF_JSON_EVENT <= event.keys() <= MAY_BE_IN_JSON_EVENT
    assert isinstance(event["id"], int)
    assert event["id"] >= 1
    UUID(event["guid"])
    assert datetime.fromisoformat(event["date"]).tzinfo
    assert DURATION.fullmatch(event["duration"])
    assert SLUG.fullmatch(event["slug"])
    for name in ("title", "subtitle", "track", "type", "language", "abstract", "description", "room", "url", "start"):
        assert isinstance(event[name], str), name
    for person in event["persons"]:  # exactly one of two kinds: with a name, or with a public_name
        assert ("name" in person) != ("public_name" in person)
        assert isinstance(person["id"], int)
        UUID(person["guid"])


def unique(names: Iterable[str | None]) -> bool:
    names = list(names)
    return len(names) == len(set(names))
