"""The agenda in the schedule format that frab began and most conference programs read, as XML and as JSON.

Sessions without a time are left out: the format has no place for them.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from workshop.platform.i18n import on_day
from workshop.platform.mail import link_to

from ..blocks import Block, Paper
from ..published_programme import Programme, guid, plain
from .ical import description_lines

DAY_CHANGE = time(4)  # what begins after midnight still belongs to the evening before
TIMESLOT = "00:05"
SCHEMA = "https://c3voc.de/schedule/schema.json"
ZONE = re.compile("[A-Z][a-z]+/[A-Z][a-z]+|UTC")  # what the format takes for the name of a zone
GENERATOR = "Intersession"


@dataclass(frozen=True)
class Day:
    """A day of the meeting with its sessions by room."""

    index: int
    date: date
    starts_at: datetime
    ends_at: datetime
    rooms: dict[str, list[Block]]


def days(programme: Programme) -> list[Day]:
    """All days of the workshop, and those beside them on which something takes place."""
    workshop, zone = programme.workshop, ZoneInfo(programme.zone)
    length = (workshop.ends_on - workshop.starts_on).days + 1
    by_day: dict[date, dict[str, list[Block]]] = {workshop.starts_on + timedelta(n): {} for n in range(length)}
    for block in timed_blocks(programme):
        day = on_day(times_of(block)[0] - timedelta(hours=DAY_CHANGE.hour), programme.zone)
        by_day.setdefault(day, {}).setdefault(room_of(programme, block), []).append(block)
    return [
        Day(
            index,
            day,
            datetime.combine(day, DAY_CHANGE, zone),
            datetime.combine(day + timedelta(1), DAY_CHANGE, zone) - timedelta(minutes=1),
            by_day[day],
        )
        for index, day in enumerate(sorted(by_day), 1)
    ]


def timed_blocks(programme: Programme) -> list[Block]:
    return [block for block in programme.blocks if block.starts_at and block.ends_at]


def times_of(block: Block) -> tuple[datetime, datetime]:
    if block.starts_at is None or block.ends_at is None:
        raise ValueError(f"session {block.id} has no time, so it stands in no schedule")
    return block.starts_at, block.ends_at


def room_of(programme: Programme, block: Block) -> str:
    """A session that has no room yet takes place at the place of the workshop."""
    return block.room or programme.place


def acronym(programme: Programme) -> str:
    """The short name of the workshop as the format allows it: at least four small letters, digits and underscores."""
    return plain(programme.workshop.slug, "_").ljust(4, "_")


def event(programme: Programme, block: Block) -> dict[str, str]:
    """A session as both forms of the format write it."""
    slug = programme.workshop.slug
    begin, end = times_of(block)
    starts_at = begin.astimezone(ZoneInfo(programme.zone))
    hours, minutes = divmod(int((end - begin).total_seconds()) // 60, 60)
    ending = plain(block.title.text)
    return {
        "guid": guid(slug, "session", block.id),
        "date": starts_at.isoformat(),
        "start": f"{starts_at:%H:%M}",
        "duration": f"{hours:02}:{minutes:02}",
        "room": room_of(programme, block),
        "slug": f"{acronym(programme)}-{block.id}{'-' if ending else ''}{ending}",
        "url": link_to("public.agenda", slug=slug, lang=programme.language) + f"#session-{block.number}",
        "title": block.title.text,
        "subtitle": block.subtitle.text,
        "track": "",
        "type": block.format.value,
        "language": block.title.language or programme.language,
        "abstract": block.note.text,
        "description": "\n".join(description_lines(block)),
    }


def attachments(block: Block) -> list[tuple[str, str]]:
    """The documents that can be read, each with its address, language by language."""
    papers = [*block.papers, *(paper for entry in block.entries for paper in entry.papers)]
    return [
        (_name(paper, code), link_to("papers.download", key=paper.key, language=code))
        for paper in papers
        for code in paper.languages
    ]


def _name(paper: Paper, code: str) -> str:
    return " – ".join(filter(None, (f"{paper.label} ({code.upper()})", paper.title.text)))


def as_json(programme: Programme) -> bytes:
    slug, workshop = programme.workshop.slug, programme.workshop
    every = days(programme)
    rooms = sorted({name for day in every for name in day.rooms})
    zone = {"time_zone_name": programme.zone} if ZONE.match(programme.zone) else {}
    conference: dict[str, object] = zone | {
        "acronym": acronym(programme),
        "title": programme.title.text,
        "start": workshop.starts_on.isoformat(),
        "end": workshop.ends_on.isoformat(),
        "daysCount": len(every),
        "timeslot_duration": TIMESLOT,
        "url": link_to("public.workshop", slug=slug),
        "rooms": [{"guid": guid(slug, "room", name), "name": name} for name in rooms],
        "days": [_day_as_json(programme, day) for day in every],
    }
    schedule = {"version": programme.edition, "base_url": link_to("public.index"), "conference": conference}
    whole = {"$schema": SCHEMA, "generator": {"name": GENERATOR}, "schedule": schedule}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _day_as_json(programme: Programme, day: Day) -> dict[str, object]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.starts_at.isoformat(),
        "day_end": day.ends_at.isoformat(),
        "rooms": {name: [_event_as_json(programme, block) for block in blocks] for name, blocks in day.rooms.items()},
    }


def _event_as_json(programme: Programme, block: Block) -> dict[str, object]:
    slug = programme.workshop.slug
    return {
        "id": block.id,
        **event(programme, block),
        "persons": [{"id": who.id, "guid": guid(slug, "person", who.id), "name": who.name} for who in block.everyone],
        "links": [],
        "attachments": [{"title": title, "url": address} for title, address in attachments(block)],
    }


def as_xml(programme: Programme) -> bytes:
    workshop, every = programme.workshop, days(programme)
    schedule = ET.Element("schedule")
    ET.SubElement(schedule, "generator", name=GENERATOR)
    _texts(schedule, {"version": programme.edition})
    _texts(
        ET.SubElement(schedule, "conference"),
        {
            "title": programme.title.text,
            "acronym": acronym(programme),
            "start": workshop.starts_on.isoformat(),
            "end": workshop.ends_on.isoformat(),
            "days": str(len(every)),
            "timeslot_duration": TIMESLOT,
            "base_url": link_to("public.workshop", slug=workshop.slug),
            "time_zone_name": programme.zone,
        },
    )
    for day in every:
        place = ET.SubElement(
            schedule,
            "day",
            index=str(day.index),
            date=day.date.isoformat(),
            start=day.starts_at.isoformat(),
            end=day.ends_at.isoformat(),
        )
        for name, blocks in day.rooms.items():
            room = ET.SubElement(place, "room", name=name)
            for block in blocks:
                _event_as_xml(room, programme, block)
    ET.indent(schedule)
    written: bytes = ET.tostring(schedule, encoding="utf-8", xml_declaration=True)
    return written


def _event_as_xml(room: ET.Element, programme: Programme, block: Block) -> None:
    facts = event(programme, block)
    element = ET.SubElement(room, "event", id=str(block.id), guid=facts.pop("guid"))
    _texts(element, facts)
    persons = ET.SubElement(element, "persons")
    for who in block.everyone:
        ET.SubElement(persons, "person", id=str(who.id)).text = who.name
    ET.SubElement(element, "links")
    held = ET.SubElement(element, "attachments")
    for title, address in attachments(block):
        ET.SubElement(held, "attachment", href=address).text = title


def _texts(element: ET.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(element, name).text = text
