"""iCalendar files: each event is a session."""

import re
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.foreign.archives import Unreadable
from workshop.platform.i18n import LANGUAGES
from workshop.programme.agenda.formats import Part

from ..prose.clocks import Day
from ..prose.speaker_names import read_person
from .agenda_file import Agenda, Session
from .agenda_words import format_named, format_of_title
from .frab_reader import in_time
from .remarks import Setting, read_told

PROPERTY = re.compile(r"^[A-Za-z0-9-]+(?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?:")
LONGEST_LINE = 200_000


def read_calendar(text: str, agenda: Agenda, setting: Setting) -> None:
    lines = refuse_malformed(text)
    from icalendar import Calendar

    try:
        calendar: Any = Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as fault:
        raise Unreadable(_("The calendar is malformed: %(fault)s", fault=str(fault)[:200])) from fault
    ours = "Intersession" in str(calendar.get("PRODID", ""))
    events = list(calendar.walk("VEVENT"))
    for event, line in zip(events, [*lines, *[0] * len(events)], strict=False):
        _read(event, _("line %(number)s", number=line), agenda, setting, ours=ours)
    agenda.sessions.sort(key=in_time)


def refuse_malformed(text: str) -> list[int]:
    """The line on which each event begins. Raises Unreadable naming the first line that is not right."""
    stack: list[tuple[str, int]] = []
    starts = []
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line[0] in " \t":
            continue
        if len(line) > LONGEST_LINE:
            raise Unreadable(_("Line %(line)s is longer than any calendar's.", line=number))
        if not PROPERTY.match(line):
            raise Unreadable(_("The calendar is malformed in line %(line)s: “%(text)s”.", line=number, text=line[:60]))
        name, _colon, value = line.partition(":")
        word = value.strip().upper()
        if name.upper() == "BEGIN":
            stack.append((word, number))
            starts += [number] if word == "VEVENT" else []
        elif name.upper() == "END":
            if not stack or stack[-1][0] != word:
                raise Unreadable(
                    _(
                        "The calendar is malformed in line %(line)s: END:%(name)s closes nothing.",
                        line=number,
                        name=word[:40],
                    )
                )
            stack.pop()
    if stack:
        raise Unreadable(
            _(
                "The calendar breaks off in line %(line)s: %(name)s, begun in line %(begun)s, does not end.",
                line=number,
                name=stack[-1][0][:40],
                begun=stack[-1][1],
            )
        )
    return starts


def _value(event: Any, name: str) -> Any:
    """The value as Python has it; a property given twice counts once."""
    found = event.get(name)
    found = found[0] if isinstance(found, list) else found
    return getattr(found, "dt", found)


def _read(event: Any, place: str, agenda: Agenda, setting: Setting, *, ours: bool) -> None:
    summary = _value(event, "SUMMARY")
    title = " ".join(str(summary or "").split())
    row = agenda.row(place, title or str(_value(event, "UID") or "?"))
    if not title:
        agenda.rows[row].rejected = _("The event has no title (SUMMARY).")
        return
    if str(_value(event, "STATUS") or "").upper() == "CANCELLED":
        agenda.rows[row].rejected = _("The event is cancelled.")
        return
    if event.get("RRULE"):
        agenda.remark(place, _("The event repeats; only its first time was read."))
    language = _language(summary, agenda.language)
    kind = next(filter(None, map(format_named, _categories(event))), None) or format_of_title(title)
    session = Session(row, Words({language: title}), kind, key=str(_value(event, "UID") or ""))
    _place_in_time(session, event, place, agenda, setting)
    session.room = " ".join(str(_value(event, "LOCATION") or "").split())[:120]
    if ours and ", " in session.room:
        session.room = session.room.rpartition(", ")[0]
    elif ours:
        session.room = ""
    description = str(_value(event, "DESCRIPTION") or "").strip()
    if ours:
        read_told(session, description, agenda)
    elif description:
        session.note = Words({language: description})
    session.people += [] if ours else [*_people(event, row, agenda)]
    agenda.sessions.append(session)


def _language(summary: Any, usual: str) -> str:
    code = str(getattr(summary, "params", {}).get("LANGUAGE", "")).casefold()[:2]
    return code if code in LANGUAGES else usual


def _categories(event: Any) -> list[str]:
    found = event.get("CATEGORIES")
    several = found if isinstance(found, list) else [found] if found else []
    return [str(each) for group in several for each in getattr(group, "cats", [group])]


def _people(event: Any, row: int, agenda: Agenda) -> list[Any]:
    """Attendees who are named; without a name there is only an address, which is nobody's business."""
    found = event.get("ATTENDEE")
    several = found if isinstance(found, list) else [found] if found else []
    names = [str(getattr(each, "params", {}).get("CN", "")) for each in several]
    return [
        read_person(name, row, part=Part.SPEAKER, language=agenda.language).person
        for name in names
        if name and "@" not in name
    ]


def _place_in_time(session: Session, event: Any, place: str, agenda: Agenda, setting: Setting) -> None:
    try:
        start, end, duration = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
        if isinstance(start, datetime):
            stop = end if isinstance(end, datetime) else (start + duration if duration else None)
            session.when = setting.when(start, stop)
        elif isinstance(start, date):
            session.when.day = Day(day=start)
            agenda.remark(place, _("The event lasts all day; the session is added without a time."))
        else:
            agenda.remark(place, _("The event has no beginning (DTSTART); the session is added without a time."))
    except (TypeError, ValueError, OverflowError):
        agenda.remark(place, _("The times of the event cannot be read; the session is added without a time."))
