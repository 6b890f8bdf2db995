"""Schedules in the format that frab began and pretalx writes (XML, JSON), and iCalendar: their events as plain facts."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from . import archives
from .limits import Element
from .refusals import N_, Refusal

NOT_A_SCHEDULE = N_(
    "This is XML, but not a schedule: its root element is <%(name)s> in line %(line)s, and <schedule> was expected."
)
NO_DAY = N_("The schedule has no <day>, so there is no event in it.")
JSON_MALFORMED = N_("The JSON is malformed in line %(line)s, column %(column)s: %(fault)s.")
JSON_DEEP = N_("The JSON is nested too deep.")
CALENDAR_MALFORMED = N_("The calendar is malformed: %(fault)s")
LONG_LINE = N_("Line %(line)s is longer than any calendar’s.")
BAD_LINE = N_("The calendar is malformed in line %(line)s: “%(text)s”.")
CLOSES_NOTHING = N_("The calendar is malformed in line %(line)s: END:%(name)s closes nothing.")
BREAKS_OFF = N_("The calendar ends too early in line %(line)s: %(name)s, which begins in line %(begun)s, does not end.")
PROPERTY = re.compile(r"^[A-Za-z0-9-]+(?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?:")
LONGEST_LINE = 200_000


def xml_schedule(content: bytes) -> dict[str, object]:
    """Who made it, and its events. Raises Refusal."""
    root = archives.parsed(content)
    if root.tag != "schedule":
        raise Refusal(NOT_A_SCHEDULE, name=str(root.tag)[:60], line=root.sourceline)
    if root.find("day") is None:
        raise Refusal(NO_DAY)
    generator = root.find("generator")
    made_by = (generator.get("name") or "") if generator is not None else ""
    return {"made_by": made_by, "events": list(_xml_events(root))}


def _xml_events(root: Element) -> Iterator[dict[str, object]]:
    for day in root.findall("day"):
        for room in day.findall("room"):
            for node in room.findall("event"):
                facts = {child.tag: (child.text or "").strip() for child in node if isinstance(child.tag, str)}
                facts |= {"id": node.get("id") or "", "guid": node.get("guid") or facts.get("guid", "")}
                yield {
                    "facts": facts,
                    "people": [(who.text or "").strip() for who in node.findall("persons/person")],
                    "room": facts.get("room") or room.get("name") or "",
                    "day": day.get("date") or "",
                    "line": node.sourceline,
                }


def json_schedule(text: str) -> object:
    """What the JSON says, whatever it is. Raises Refusal."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise Refusal(JSON_MALFORMED, line=fault.lineno, column=fault.colno, fault=fault.msg) from fault
    except RecursionError as fault:
        raise Refusal(JSON_DEEP) from fault


def calendar(text: str) -> dict[str, object]:
    """Who made it, and its events. Raises Refusal."""
    lines = refuse_malformed(text)
    from icalendar import Calendar  # here because only this kind of file needs it

    try:
        found: Any = Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as fault:
        raise Refusal(CALENDAR_MALFORMED, fault=str(fault)[:200]) from fault
    events, zones = list(found.walk("VEVENT")), own_zones(found)
    numbered = zip(events, [*lines, *[0] * len(events)], strict=False)
    return {
        "made_by": str(found.get("PRODID", "")),
        "events": [{"line": number, **_event(each, zones)} for each, number in numbered],
    }


def refuse_malformed(text: str) -> list[int]:
    """The line on which each event begins. Raises Refusal naming the first line that is not right."""
    stack: list[tuple[str, int]] = []
    starts = []
    number = 0
    for number, line in unfolded(text):
        if len(line) > LONGEST_LINE:
            raise Refusal(LONG_LINE, line=number)
        if not PROPERTY.match(line):
            raise Refusal(BAD_LINE, line=number, text=line[:60])
        name, _colon, value = line.partition(":")
        word = value.strip().upper()
        if name.upper() == "BEGIN":
            stack.append((word, number))
            starts += [number] if word == "VEVENT" else []
        elif name.upper() == "END":
            if not stack or stack[-1][0] != word:
                raise Refusal(CLOSES_NOTHING, line=number, name=word[:40])
            stack.pop()
    if stack:
        raise Refusal(BREAKS_OFF, line=number, name=stack[-1][0][:40], begun=stack[-1][1])
    return starts


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The lines as they were before they were folded, each with the number of its first."""
    begun, pieces = 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1] in {" ", "\t"} and pieces:
            pieces.append(line[1:])
        elif line.strip():
            if pieces:
                yield begun, "".join(pieces)
            begun, pieces = number, [line]
    if pieces:
        yield begun, "".join(pieces)


def own_zones(found: Any) -> dict[str, tzinfo]:
    """The zones that a calendar defines itself, whatever they are called."""
    zones: dict[str, tzinfo] = {}
    for each in found.walk("VTIMEZONE"):
        try:
            zones[str(each.get("TZID"))] = each.to_tz(lookup_tzid=False)
        except Exception:  # noqa: S112  # a definition that cannot be followed leaves the name to what is known of it
            continue
    return zones


def _event(event: Any, zones: Mapping[str, tzinfo]) -> dict[str, object]:
    summary = _value(event, "SUMMARY")
    texts = {name: str(_value(event, name.upper()) or "") for name in ("uid", "status", "location", "description")}
    return {
        **texts,
        "title": str(summary or ""),
        "language": str(getattr(summary, "params", {}).get("LANGUAGE", "")),
        "repeats": bool(event.get("RRULE")),
        "categories": [
            str(each) for group in _several(event, "CATEGORIES") for each in getattr(group, "cats", [group])
        ],
        "attendees": [str(getattr(each, "params", {}).get("CN", "")) for each in _several(event, "ATTENDEE")],
        **_times(event, zones),
    }


def _value(event: Any, name: str) -> Any:
    """The value as Python has it; a property given twice counts once."""
    found = event.get(name)
    found = found[0] if isinstance(found, list) else found
    return getattr(found, "dt", found)


def _several(event: Any, name: str) -> list[Any]:
    found = event.get(name)
    return found if isinstance(found, list) else [found] if found else []


def _in_own_zone(event: Any, name: str, at: Any, zones: Mapping[str, tzinfo]) -> tuple[Any, bool]:
    """A moment by the definition of its zone that the file brings along; and whether that differs from what is known."""
    prop = event.get(name)
    zone = zones.get(str(getattr(prop, "params", {}).get("TZID", "")))
    if zone is None or not isinstance(at, datetime):
        return at, False
    there = at.replace(tzinfo=zone)
    return there, at.tzinfo is not None and there.utcoffset() != at.utcoffset()


def _times(event: Any, zones: Mapping[str, tzinfo]) -> dict[str, object]:
    """Beginning and end as written, with the shift from UTC where there is one. None: they cannot be read."""
    try:
        start, end, duration = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
        start, differs = _in_own_zone(event, "DTSTART", start, zones)
        end, _differs = _in_own_zone(event, "DTEND", end, zones)
        if isinstance(start, datetime):
            stop = end if isinstance(end, datetime) else (start + duration if duration else None)
            return {"start": start.isoformat(), "end": stop.isoformat() if stop else "", "zone_differs": differs}
    except (TypeError, ValueError, OverflowError):
        return {"start": None, "end": ""}
    return {"start": start.isoformat() if isinstance(start, date) else "", "end": ""}
