"""Schedules in the format that frab began and pretalx writes, as XML and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.foreign.sandbox import Unreadable
from workshop.platform.opened_files import JsonSchedule, XmlSchedule
from workshop.programme.agenda.formats import Part

from ..prose import clocks
from ..prose.calendar_days import read_day
from ..prose.speaker_names import read_person
from .agenda_file import Agenda, Session, When
from .agenda_words import format_named, format_of_title
from .foreign_markup import as_markdown
from .remarks import Setting, language_code, read_told

OURS = "Intersession"


@dataclass(frozen=True)
class Event:
    """One event of either form: its fields as text, its people, where it stands."""

    facts: Mapping[str, str]
    people: list[str]
    room: str
    day: str
    place: str

    def __getitem__(self, name: str) -> str:
        return self.facts.get(name, "")


def read_xml(found: XmlSchedule, agenda: Agenda, setting: Setting) -> None:
    for each in found["events"]:
        place = _("line %(line)s, event %(id)s", line=each["line"], id=each["facts"]["id"] or "?")
        event = Event(each["facts"], each["people"], each["room"], each["day"], place)
        read_event(event, agenda, setting, ours=found["made_by"] == OURS)
    agenda.sessions.sort(key=in_time)


def in_time(session: Session) -> tuple[date, time]:
    """The order of the programme; those without a time come last."""
    when = session.when
    return (when.day.day if when.day and when.day.day else date.max), when.start or time()


def read_json(found: JsonSchedule, agenda: Agenda, setting: Setting) -> None:
    whole = found["document"]
    conference = _at(_at(whole, "schedule", "$"), "conference", "$.schedule")
    days = _at(conference, "days", "$.schedule.conference", list)
    generator = whole.get("generator") if isinstance(whole, dict) else None
    ours = isinstance(generator, dict) and generator.get("name") == OURS
    for number, day in enumerate(days):
        path = f"$.schedule.conference.days[{number}]"
        rooms = _at(day, "rooms", path)
        for room, events in rooms.items():
            if not isinstance(events, list):
                raise Unreadable(_("%(path)s is not a list of events.", path=f"{path}.rooms[{room!r}]"))
            for index, event in enumerate(events):
                place = f"{path}.rooms[{room!r}][{index}]"
                if not isinstance(event, dict):
                    agenda.row(place, str(event)[:60], _("This is not an event."))
                    continue
                read_event(_json_event(event, room, str(day.get("date") or ""), place), agenda, setting, ours=ours)
    agenda.sessions.sort(key=in_time)


def _at(whole: object, key: str, path: str, kind: type = dict) -> Any:
    found = whole.get(key) if isinstance(whole, dict) else None
    if not isinstance(found, kind):
        raise Unreadable(_("This is JSON, but not a schedule: %(path)s is missing.", path=f"{path}.{key}"))
    return found


def _json_event(event: dict[str, object], room: str, day: str, place: str) -> Event:
    facts = {key: str(value).strip() for key, value in event.items() if isinstance(value, str | int | float)}
    persons = event.get("persons")
    names = [
        str(who.get("public_name") or who.get("full_public_name") or who.get("name") or "").strip()
        for who in (persons if isinstance(persons, list) else [])
        if isinstance(who, dict)
    ]
    return Event(facts, names, facts.get("room") or room, day, place)


def read_event(event: Event, agenda: Agenda, setting: Setting, *, ours: bool) -> None:
    row = agenda.row(event.place, event["title"] or event["id"] or "?")
    if not event["title"]:
        agenda.rows[row].rejected = _("The event has no title.")
        return
    if event["state"] in {"withdrawn", "rejected", "canceled", "cancelled", "deleted"}:
        agenda.rows[row].rejected = _("The event is cancelled.")
        return
    language = language_code(event["language"]) or agenda.language
    kind = format_named(event["type"]) if event["type"] else None
    guessed = kind or format_of_title(event["title"])
    session = Session(
        row, Words({language: event["title"]}), guessed, room=event.room, key=event["guid"] or event["id"]
    )
    session.when = _when(event, agenda, setting)
    if ours and event.room in setting.places:  # where a session has no room yet
        session.room = ""
    if event["subtitle"]:
        session.subtitle = Words({language: event["subtitle"]})
    if event["abstract"]:
        session.note = Words({language: as_markdown(event["abstract"])})
    if ours:
        read_told(session, event["description"].removeprefix(event["subtitle"]).strip(), agenda)
    elif event["description"] and not session.note:
        session.note = Words({language: as_markdown(event["description"])})
    there = {who.name for who in session.everybody()}
    for name in filter(None, event.people):
        read = read_person(name, row, part=Part.SPEAKER, language=agenda.language).person
        if read.name not in there and not (ours and there):
            session.people.append(read)
    agenda.sessions.append(session)


def _when(event: Event, agenda: Agenda, setting: Setting) -> When:
    minutes = clocks.read_minutes(event["duration"], days_first=True) if event["duration"] else None
    if event["duration"] and minutes is None:
        agenda.remark(event.place, _("“%(text)s” is not a duration that can be read.", text=event["duration"][:40]))
    if event["date"] and len(event["date"]) > 10:
        try:
            start = datetime.fromisoformat(event["date"])
            end = datetime.fromisoformat(event["end"]) if event["end"] else None
            return setting.when(start, start + timedelta(minutes=minutes) if minutes else end)
        except (ValueError, OverflowError):
            agenda.remark(event.place, _("“%(text)s” is not a date that can be read.", text=event["date"][:40]))
    start_of = clocks.read_clock(event["start"]) if event["start"] else None
    if event["start"] and start_of is None:
        agenda.remark(event.place, _("“%(text)s” is not a time of day that can be read.", text=event["start"][:40]))
    until, nights = clocks.after(start_of, minutes) if start_of and minutes else (None, 0)
    return When(read_day(event["date"][:10] or event.day), start_of, until, nights)
