"""Days and times of day as agendas write them in English, French and Spanish."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from ..reading.agenda_words import plain

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier enero jan ene janv",
            "february fevrier febrero feb fevr",
            "march mars marzo mar",
            "april avril abril apr abr avr",
            "may mai mayo",
            "june juin junio jun",
            "july juillet julio jul juil",
            "august aout agosto aug ago",
            "september septembre septiembre setiembre sep sept",
            "october octobre octubre oct",
            "november novembre noviembre nov",
            "december decembre diciembre dec dic",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|lundi|mardi|mercredi|jeudi|vendredi|"
    "samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
NTH = re.compile(
    rf"(?:day|jour|journee|dia) (\d{{1,2}}|one|two|three|un|deux|trois|uno|dos|tres)(?: (?:{WEEKDAYS}))?(?: (.*))?"
)
WORDS = {"one": 1, "two": 2, "three": 3, "un": 1, "deux": 2, "trois": 3, "uno": 1, "dos": 2, "tres": 3}
DAY = re.compile(
    rf"(?:(?:{WEEKDAYS}) )?(?:le |el )?(\d{{1,2}})(?:st|nd|rd|th|er|o)?(?: of| de)? ([a-z]+)(?: (?:de |del )?(\d{{4}}))?"
)
MONTH_FIRST = re.compile(rf"(?:(?:{WEEKDAYS}) )?([a-z]+) (\d{{1,2}})(?:st|nd|rd|th)?(?: (\d{{4}}))?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
SHORT = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")  # day first, as everywhere outside the United States
CLOCK = r"(?:[01]?\d|2[0-4])(?:\s?[:hH.]\s?[0-5]\d(?::[0-5]\d)?|\s?[hH](?![a-zA-Z])|(?=\s?[ap]\.?\s?m))(?:\s?[ap]\.?\s?m\b\.?)?"
BETWEEN = r"\s*(?:-|–|—|−|/|\bto\b|\buntil\b|\bà\b|\ba\b|\ba las\b|\bhasta\b)\s*"
SPAN = re.compile(
    rf"\(?(?:(?:from|de|desde|entre)\s+)?({CLOCK})(?:{BETWEEN}({CLOCK}))?(?:\s?(?:hrs?|hours|heures|horas|h)\b\.?)?\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A day as written: a date, or the nth of the meeting. `year` is False where the text gives none."""

    day: date | None = None
    nth: int | None = None
    month_and_day: tuple[int, int] | None = None


def read_day(text: str) -> Day | None:
    """The day that this text is, and nothing but a day; None when it is something else."""
    text = text.strip()
    if len(text) > 60:
        return None
    if found := ISO.fullmatch(text) or ISO.fullmatch(text[:10] if text[10:11] in {"T", " "} else ""):
        return _dated(int(found[1]), int(found[2]), int(found[3]))
    if found := SHORT.fullmatch(text):
        return _dated(int(found[3]), int(found[2]), int(found[1]))
    said = plain(text)
    if found := NTH.fullmatch(said):
        rest = read_day(found[2]) if found[2] else None
        number = WORDS.get(found[1]) or int(found[1])
        if found[2] and rest is None:
            return None
        return rest or Day(nth=number)
    if found := DAY.fullmatch(said):
        return _named(found[3], found[2], found[1])
    if found := MONTH_FIRST.fullmatch(said):
        return _named(found[3], found[1], found[2])
    return None


def _named(year: str | None, month: str, day: str) -> Day | None:
    if month not in MONTHS:
        return None
    if year:
        return _dated(int(year), MONTHS[month], int(day))
    return Day(month_and_day=(MONTHS[month], int(day))) if 1 <= int(day) <= 31 else None


def _dated(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(day=date(year, month, day))
    except ValueError:
        return None


def read_clock(text: str) -> time | None:
    """One time of day: 10:00, 10.00, 10h, 10h30, 9:30 a.m., 14:00:00."""
    said = text.strip().casefold()
    found = re.fullmatch(
        r"(\d{1,2})(?:\s?[:h.]\s?(\d{2})(?::\d{2})?(?:\.0+)?|\s?h)?(?:\s?h(?:rs?|ours)?)?\s?([ap])?\.?\s?(?:m\.?)?",
        said,
    )
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] == "p" and hour < 12:
        hour += 12
    if found[3] == "a" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)


def read_span(text: str) -> tuple[time | None, time | None] | None:
    """A whole cell that is a span or a single time; None when it is something else."""
    found = SPAN.fullmatch(text.strip().rstrip(":"))
    if not found:
        return None
    start, end = _ends(found)
    return None if start is None else (start, end)


def leading_span(text: str) -> tuple[tuple[time, time | None], str] | None:
    """A line that begins with a time: the span, and what follows it."""
    found = SPAN.match(text)
    if not found or not re.search(r"[:hH.]|[ap]\.?\s?m", found[1]):
        return None
    start, end = _ends(found)
    rest = text[found.end() :]
    if start is None or (rest and rest[0].isalnum()) or re.match(r"\s?%", rest):
        return None
    return (start, end), rest.lstrip(" \t:–—-|.").strip()


def _ends(found: re.Match[str]) -> tuple[time | None, time | None]:
    start, end = read_clock(found[1]), read_clock(found[2]) if found[2] else None
    afternoon = re.search(r"p\.?\s?m", found[2] or "", re.IGNORECASE)
    if start and end and afternoon and not re.search(r"[ap]\.?\s?m", found[1], re.IGNORECASE):
        later = time((start.hour + 12) % 24, start.minute) if start.hour < 12 else start
        start = later if later < end else start
    return start, end


def read_minutes(text: str) -> int | None:
    """How long: 30, "30 min", 0:30, "1 h 30"."""
    said = text.strip().casefold()
    if found := re.fullmatch(r"(\d{1,3})(?:\.0+)?\s?(?:min(?:ute)?s?|minutos?|['’′])?\.?", said):
        return int(found[1])
    if found := re.fullmatch(r"(\d{1,2})\s?[:h]\s?(\d{2})?(?::00)?(?:\s?min)?", said):
        return int(found[1]) * 60 + int(found[2] or 0)
    return None


def after(start: time, minutes: int) -> time | None:
    """The time of day so much later; None past midnight."""
    total = timedelta(hours=start.hour, minutes=start.minute) + timedelta(minutes=minutes)
    seconds = int(total.total_seconds())
    return time(seconds // 3600, seconds % 3600 // 60) if seconds < 24 * 3600 else None
