"""Schedules in JSON: the format of frab, and the answers and the widget of pretalx."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from workshop.platform.opened_files import JsonSchedule

from . import frab_reader
from .agenda_file import Agenda
from .frab_reader import Event, in_time
from .remarks import Setting

JsonRow = Mapping[str, Any]
LISTS = ("results", "talks", "slots", "events", "sessions", "submissions", "items")
TITLES, STARTS, ENDS = (
    ("title", "name", "summary"),
    ("start", "start_time", "starts_at", "startsAt"),
    ("end", "end_time", "ends_at", "endsAt"),
)


def read_json(found: JsonSchedule, agenda: Agenda, setting: Setting) -> None:
    whole = found["document"]
    events = _events_of(whole)
    if events is None:
        frab_reader.read_json(found, agenda, setting)
        return
    path, rows = events
    names = _names(whole, "speakers", "persons", "people")
    rooms = _names(whole, "rooms")
    for number, row in enumerate(rows):
        place = f"{path}[{number}]"
        if not isinstance(row, Mapping):
            agenda.row(place, str(row)[:60], _("This is not an event."))
            continue
        frab_reader.read_event(_event(row, names, rooms, agenda, place), agenda, setting, ours=False)
    agenda.sessions.sort(key=in_time)


def _events_of(whole: object) -> tuple[str, list[object]] | None:
    """The list whose entries are events: most have a title and a time. None where there is none."""
    lists: list[tuple[str, object]] = [("$", whole)]
    if isinstance(whole, Mapping):
        lists = [(f"$.{key}", whole.get(key)) for key in LISTS]
        inner = whole.get("schedule")
        lists += [(f"$.schedule.{key}", inner.get(key)) for key in LISTS] if isinstance(inner, Mapping) else []
    for path, each in lists:
        if isinstance(each, list) and each:
            fit = sum(
                isinstance(row, Mapping)
                and bool(_first(row, TITLES) or row.get("submission"))
                and bool(_time(row, STARTS))
                for row in each
            )
            if fit * 2 >= len(each):
                return path, each
    return None


def _event(row: JsonRow, names: Mapping[str, str], rooms: Mapping[str, str], agenda: Agenda, place: str) -> Event:
    inner = row.get("submission")
    about: JsonRow = inner if isinstance(inner, Mapping) else row
    title = _text(_first(about, TITLES) or _first(row, TITLES), agenda.language)
    start, end = _time(row, STARTS), _time(row, ENDS)
    facts = {
        "id": str(about.get("code") or about.get("id") or row.get("id") or ""),
        "title": title,
        "subtitle": _text(about.get("subtitle"), agenda.language),
        "date": start,
        "end": end,
        "duration": str(about.get("duration") or row.get("duration") or "") if not end else "",
        "type": _text(about.get("submission_type") or about.get("session_type") or about.get("type"), agenda.language),
        "language": str(about.get("content_locale") or about.get("language") or ""),
        "abstract": _text(about.get("abstract") or about.get("description"), agenda.language),
        "state": str(about.get("state") or ""),
    }
    room = row.get("room", _slot(row).get("room"))
    shown = rooms.get(str(room), "") if isinstance(room, int) or str(room) in rooms else _text(room, agenda.language)
    people = [
        _person(who, names, agenda.language)
        for who in _list(about.get("speakers") or about.get("persons") or row.get("speakers"))
    ]
    return Event(facts, [who for who in people if who], shown, "", place)


def _slot(row: JsonRow) -> JsonRow:
    slot = row.get("slot")
    several = _list(row.get("slots"))
    if not isinstance(slot, Mapping):
        slot = several[0] if several and isinstance(several[0], Mapping) else {}
    return slot


def _time(row: JsonRow, keys: Iterable[str]) -> str:
    return str(_first(row, keys) or _first(_slot(row), keys) or "")


def _first(row: JsonRow, keys: Iterable[str]) -> Any:
    return next((row[key] for key in keys if row.get(key)), None)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object, language: str) -> str:
    """A text, or one of several languages, or the name of a thing."""
    if isinstance(value, Mapping):
        return _text(
            value.get(language) or value.get("en") or value.get("name") or next(iter(value.values()), ""), language
        )
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _person(who: object, names: Mapping[str, str], language: str) -> str:
    if isinstance(who, Mapping):
        return _text(who.get("public_name") or who.get("full_public_name") or who.get("name"), language)
    return names.get(str(who), str(who) if isinstance(who, str) and " " in who else "")


def _names(whole: object, *keys: str) -> dict[str, str]:
    """Speakers or rooms that events name by their key."""
    found: dict[str, str] = {}
    if not isinstance(whole, Mapping):
        return found
    for each in (row for key in keys for row in _list(whole.get(key)) if isinstance(row, Mapping)):
        for key in ("id", "code", "guid"):
            if each.get(key) is not None:
                found[str(each[key])] = _text(each.get("name") or each.get("public_name"), "en")
    return found
