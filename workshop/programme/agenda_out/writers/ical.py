"""The agenda, one session of it or one person's part in it as an iCalendar file (RFC 5545 and 7986).

Made from releases alone: as long as nothing new is published, the file stays the same to the byte.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.platform.mail import link_to
from workshop.programme.agenda.formats import Format

from ..blocks import Block, Who
from ..history import EntryHistory, Timed
from ..published_programme import Programme, guid
from .zones import vtimezone

if TYPE_CHECKING:
    from icalendar import Event

MIMETYPE = "text/calendar"
LINE = 75  # octets of a line with its break (RFC 5545)
HOURLY = timedelta(hours=1)
PAUSES = {Format.COFFEE, Format.REGISTRATION}


def write(programme: Programme, standings: Sequence[EntryHistory], *, name: str, of: int | None = None) -> bytes:
    """The calendar of these entries. `of` is the person whose part it is, where it is one person's."""
    from icalendar import Calendar  # here because few requests need it

    fold_in_slices()
    calendar = Calendar()
    calendar.add("PRODID", "-//Intersession//Agenda//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", programme.zone)
    calendar.add("LAST-MODIFIED", programme.release.published_at.astimezone(UTC))
    calendar.add("REFRESH-INTERVAL", HOURLY, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    years = [moment.year for each in standings for moment in (each.timed.starts_at, each.timed.ends_at)]
    if years:
        calendar.add_component(vtimezone(programme.zone, min(years) - 1, max(years) + 1))
    for standing in standings:
        calendar.add_component(_event(programme, standing, of))
    written: bytes = calendar.to_ical()
    return written


def _event(programme: Programme, standing: EntryHistory, of: int | None) -> "Event":
    from icalendar import Event  # here because few requests need it

    timed, slug = standing.timed, programme.workshop.slug
    block = programme.reader.block(timed.session)
    stamp = (standing.gone_at or programme.release.published_at).astimezone(UTC)
    kind, key = timed.key
    event = Event()
    event.add("UID", guid(slug, kind, key if of is None else f"{key}:{of}"))
    event.add("SEQUENCE", standing.sequence)
    event.add("STATUS", "CANCELLED" if standing.gone_at else "CONFIRMED")
    for field in ("DTSTAMP", "LAST-MODIFIED"):
        event.add(field, stamp)
    for field, moment in zip(("DTSTART", "DTEND"), local(timed, programme.zone), strict=True):
        event.add(field, moment)
    title = _own_title(timed) if of is not None else {}
    summary = programme.reader.said(title) or block.title
    event.add("SUMMARY", summary.text, parameters={"LANGUAGE": summary.language or programme.language})
    event.add("LOCATION", ", ".join(filter(None, (block.room, programme.place))))
    event.add("URL", link_to("public.agenda", slug=slug) + f"#session-{block.number}")
    event.add("CATEGORIES", [block.kind])
    event.add("TRANSP", "TRANSPARENT" if block.format in PAUSES else "OPAQUE")
    lines = description_lines(block) if of is None else [*own_part(programme, timed, of), *description_lines(block)]
    if lines:
        event.add("DESCRIPTION", "\n".join(lines), parameters={"LANGUAGE": programme.language})
    return event


def _own_title(timed: Timed) -> dict[str, str]:
    return timed.item.title if timed.item else {}


def local(timed: Timed, zone: str) -> tuple[datetime, datetime]:
    """Beginning and end by the clocks of the place. In the hour that comes twice, when clocks go back, a clock could
    only tell the first: then both are in UTC."""
    there = ZoneInfo(zone)
    starts_at, ends_at = timed.starts_at.astimezone(there), timed.ends_at.astimezone(there)
    if starts_at.fold or ends_at.fold or zone == "UTC":
        return timed.starts_at.astimezone(UTC), timed.ends_at.astimezone(UTC)
    return starts_at, ends_at


def own_part(programme: Programme, timed: Timed, person_id: int) -> list[str]:
    """What the person does, and the session it is part of."""
    people = timed.item.people if timed.item else timed.session.people
    parts = dict.fromkeys(str(who.part.label) for who in people if who.id == person_id)
    block = programme.reader.block(timed.session)
    lines = [_("Your part: %(part)s", part=", ".join(parts))]
    if timed.item and block.starts_at and block.ends_at:
        times = f"{programme.clock(block.starts_at)}–{programme.clock(block.ends_at)}"
        lines.append(_("Session: %(title)s, %(times)s", title=block.title.text, times=times))
    return [*lines, ""]


def description_lines(block: Block) -> list[str]:
    """What a calendar tells about a session: what it is about and who appears, as on the public agenda."""
    lines = [said.text for said in (block.subtitle, block.note) if said]
    if block.questions:
        lines += [_("Guiding questions"), *(f"– {question.text}" for question in block.questions)]
    lines += [_("%(part)s:", part=who.role) + f" {who.line}" for who in block.people]
    for entry in block.entries:
        title = entry.title.text or entry.role.text or entry.perspective
        lines.append("• " + " – ".join(filter(None, (title, _listed(entry.people)))))
    return lines


def _listed(people: Sequence[Who]) -> str:
    return "; ".join(who.line for who in people)


def fold(line: str, fold_any: Callable[[str], str]) -> str:
    """A long line as the library folds it, without its walk over each character, which took a third of the time: ASCII,
    which most lines are, is cut in slices; anything else goes to `fold_any` of the library.
    """
    if len(line) < LINE // 4:  # no character takes more than four octets
        return line
    if not line.isascii() or "\\" in line or "^" in line:  # those must not be parted from what they escape
        return fold_any(line)
    return "\r\n ".join(line[place : place + LINE - 1] for place in range(0, len(line), LINE - 1))


def fold_in_slices() -> None:
    """Have the library fold by slices. Its function is private; a test compares both on lines of every kind."""
    from icalendar.parser import content_line  # here because few requests need it

    library: Any = content_line
    fold_any = library._foldline
    if not hasattr(fold_any, "__wrapped__"):
        library._foldline = wraps(fold_any)(lambda line: fold(line, fold_any))
