"""When a row of a table takes place: days and times in cells of their own, or together in one."""

import re
from datetime import datetime, time, timedelta

from flask_babel import gettext as _

from ..prose import clocks
from ..prose.calendar_days import Day, read_day
from ..reading.agenda_file import Agenda, When
from ..reading.remarks import Setting
from .record_cells import Cells

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?(?:\.\d+)?)\s?(Z|[+-]\d\d:?\d\d)?")


def read_when(cells: Cells, setting: Setting, agenda: Agenda) -> When:
    """Beginning and end as the cells have them. What cannot be read is told with its place."""
    start, end = _moment(cells["start"], setting), _moment(cells["end"], setting)
    when = When()
    if start:
        when.day, when.start = start
    if end:
        when.end = end[1]
        when.nights = _nights(when.day or read_day(cells["day"]), end[0])
    if cells["day"] and when.day is None:
        _read_day_cell(cells, when, agenda, setting)
    for name, found in (("start", start), ("end", end)):
        if cells[name] and found is None:
            span = clocks.read_span(cells[name])
            clock = clocks.read_clock(cells[name]) or (span[0] if span else None)
            setattr(when, name, clock)
            if name == "start" and span and span[1] and not cells["end"]:
                when.end = span[1]
            if clock is None:
                _tell_time(agenda, cells, name)
    if cells["time"]:
        _read_time_cell(cells, when, agenda, setting)
    if cells["end_day"] and when.day and when.end and (last := read_day(cells["end_day"])):
        when.nights = _nights(when.day, last)
    return when


def _read_time_cell(cells: Cells, when: When, agenda: Agenda, setting: Setting) -> None:
    if span := clocks.read_span(cells["time"]):
        when.start, when.end = span
    elif moment := _moment(cells["time"], setting):
        when.day, when.start = moment
    elif inside := _day_and_span(cells["time"]):
        when.day, (when.start, when.end) = inside
    else:
        _tell_time(agenda, cells, "time")


def _read_day_cell(cells: Cells, when: When, agenda: Agenda, setting: Setting) -> None:
    text = cells["day"]
    when.day = read_day(text)
    if when.day is None and (moment := _moment(text, setting)):
        when.day, when.start = moment
    if when.day is None and (inside := _day_and_span(text)):
        when.day, (when.start, when.end) = inside
    if when.day is None:
        agenda.remark(cells.places["day"], _("“%(text)s” is not a day that can be read.", text=text))


def _tell_time(agenda: Agenda, cells: Cells, name: str) -> None:
    agenda.remark(cells.places[name], _("“%(text)s” is not a time of day that can be read.", text=cells[name]))


def _nights(first: Day | None, last: Day | None) -> int:
    between = last.day - first.day if first and last and first.day and last.day else timedelta()
    return max(0, min(between.days, 60))


def _day_and_span(text: str) -> tuple[Day, clocks.Span] | None:
    """ "9 March 2026, 10:00–11:00" in one cell."""
    found = clocks.trailing_span(text)
    day = read_day(found[1]) if found else None
    return (day, found[0]) if day and found else None


def _moment(text: str, setting: Setting) -> tuple[Day, time] | None:
    """A day and a time in one cell; with a shift from UTC, as clocks at the workshop show it."""
    if found := MOMENT.fullmatch(text.strip()):
        try:
            at = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
        except ValueError:
            return None
        when = setting.when(at, None)
        return (when.day, when.start) if when.day and when.start is not None else None
    inside = _day_and_span(text)
    if inside and inside[1][1] is None:
        return inside[0], inside[1][0]
    return None
