"""iCalendar files, opened apart: each event is a session."""

from datetime import date, datetime

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.opened_files import Calendar, CalendarEvent
from workshop.programme.agenda.formats import Part

from ..prose.calendar_days import Day
from ..prose.speaker_names import read_person
from .agenda_file import Agenda, Person, Session
from .agenda_words import format_named, format_of_title
from .foreign_markup import as_markdown
from .frab_reader import in_time
from .remarks import Setting, language_code, read_told


def read_calendar(found: Calendar, agenda: Agenda, setting: Setting) -> None:
    ours = "Intersession" in found["made_by"]
    for event in found["events"]:
        _read(event, _("line %(number)s", number=event["line"]), agenda, setting, ours=ours)
    agenda.sessions.sort(key=in_time)


def _read(event: CalendarEvent, place: str, agenda: Agenda, setting: Setting, *, ours: bool) -> None:
    title = " ".join(event["title"].split())
    row = agenda.row(place, title or event["uid"] or "?")
    if not title:
        agenda.rows[row].rejected = _("The event has no title (SUMMARY).")
        return
    if event["status"].upper() == "CANCELLED":
        agenda.rows[row].rejected = _("The event is cancelled.")
        return
    if event["repeats"]:
        agenda.remark(place, _("The event repeats; only its first time was read."))
    language = language_code(event["language"]) or agenda.language
    kind = next(filter(None, map(format_named, event["categories"])), None) or format_of_title(title)
    session = Session(row, Words({language: title}), kind, key=event["uid"])
    _place_in_time(session, event, place, agenda, setting)
    session.room = " ".join(event["location"].split())[:120]
    if ours and ", " in session.room:
        session.room = session.room.rpartition(", ")[0]
    elif ours:
        session.room = ""
    description = event["description"].strip()
    if ours:
        read_told(session, description, agenda)
    elif description:
        session.note = Words({language: as_markdown(description)})
    session.people += [] if ours else _people(event["attendees"], row, agenda)
    agenda.sessions.append(session)


def _people(names: list[str], row: int, agenda: Agenda) -> list[Person]:
    """Attendees who are named; without a name there is only an address, which is nobody's business."""
    named = [name for name in names if name and "@" not in name]
    if named:
        agenda.remark(
            agenda.rows[row].place, _("Those invited were read as speakers: %(names)s.", names=", ".join(named))
        )
    return [read_person(name, row, part=Part.SPEAKER, language=agenda.language).person for name in named]


def _place_in_time(session: Session, event: CalendarEvent, place: str, agenda: Agenda, setting: Setting) -> None:
    start, end = event["start"], event["end"]
    if event.get("zone_differs"):
        agenda.remark(
            place,
            _("The file defines its time zone otherwise than it is known by that name; its own definition was used."),
        )
    try:
        if start is None:
            raise ValueError
        if "T" in start:
            session.when = setting.when(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)
        elif start:
            session.when.day = Day(day=date.fromisoformat(start))
            agenda.remark(place, _("The event lasts all day; the session is added without a time."))
        else:
            agenda.remark(place, _("The event has no beginning (DTSTART); the session is added without a time."))
    except (TypeError, ValueError, OverflowError):
        agenda.remark(place, _("The times of the event cannot be read; the session is added without a time."))
