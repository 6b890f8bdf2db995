"""Times of day and lengths of time as agendas write them in English, French, Spanish, German and Arabic."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import time, timedelta

NAMED = {
    "noon": "12:00",
    "midday": "12:00",
    "midi": "12:00",
    "mediodía": "12:00",
    "mediodia": "12:00",
    "mittag": "12:00",
    "الظهر": "12:00",
    "midnight": "24:00",
    "minuit": "24:00",
    "medianoche": "24:00",
    "mitternacht": "24:00",
    "منتصف الليل": "24:00",
}
HALF = r"(?:[ap]\.?\s?m\b\.?|صباحا|صباحاً|مساء|مساءً|ظهرا|ظهراً|ص(?!\w)|م(?!\w))"
CLOCK = (
    rf"(?:(?:[01]?\d|2[0-4])(?:\s?[:hH.٫]\s?[0-5]\d(?::[0-5]\d)?(?!\d)|\s?[hH](?![a-zA-Z])|(?=\s?{HALF})|(?=\s?Uhr))(?:\s?{HALF})?|"
    rf"(?:12\s)?\b(?:{'|'.join(NAMED)})\b)"
)
BARE = r"(?:[01]?\d|2[0-4])"  # an hour alone, which only the other end of a span makes a time
BETWEEN = r"\s*(?:[-–—−‒‐~→>/]+|\bto\b|\buntil\b|\btill\b|\band\b|\bà\b|\bau\b|\ba\b|\ba las\b|\bhasta\b|\bbis\b|\by\b|إلى|الى|حتى)\s*"
BEFORE = r"(?:(?:from|de|desde|entre|von|ab|at|um|à|a las|dès|from about|around|um ca\.|time|horaire|hora|zeit|من الساعة|من|الساعة)\s*:?\s+)?"
AFTER = r"(?:\s?(?:hrs?|hours|heures|horas|uhr|h|gmt|utc|cet|cest|est|edt|بتوقيت \w+)\b\.?)*"
SPAN = re.compile(
    rf"[(\[*_]*{BEFORE}(?:({CLOCK})(?:\s?Uhr)?(?:{BETWEEN}({CLOCK})|{BETWEEN}({BARE})(?=\s?(?:uhr|h\b)))?"
    rf"|({BARE}){BETWEEN}({CLOCK}))(?!\d){AFTER}[)\]*_]*",
    re.IGNORECASE,
)
MILITARY = re.compile(r"[(\[]?([01]\d|2[0-4])([0-5]\d)\s*(?:[-–—]|to)\s*([01]\d|2[0-4])([0-5]\d)\b\s*(?:hrs?|h)?[)\]]?")
MARKED = re.compile(HALF, re.IGNORECASE)


@dataclass(frozen=True)
class Clock:
    """A time of day, whether it said morning or afternoon, and whether it is the end of the day (24:00)."""

    at: time
    marked: bool = False
    midnight: bool = False


def figures(text: str) -> str:
    """The same with the figures 0 to 9, whatever the script, and no marks of direction."""
    if text.isascii():
        return text
    shown = "".join(str(unicodedata.decimal(c, c)) if c.isdigit() else c for c in text)
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", shown)


def read_clock(text: str) -> time | None:
    """One time of day: 10:00, 10.00, 10h, 10h30, 9:30 a.m., 14:00:00, noon, 24:00."""
    found = clock_of(text)
    return found.at if found else None


def clock_of(text: str) -> Clock | None:
    said = " ".join(figures(text).casefold().split()).strip("()[]*_ ")
    bare = re.sub(r"^12 (?=\D)", "", said)
    said = NAMED.get(bare, said)
    found = re.fullmatch(
        r"(?:(?:um|ab|at|à|a las|الساعة)\s)?(\d{1,2})(?:\s?[:h.٫]\s?(\d{2})(?::\d{2})?(?:\.0+)?|\s?h)?"
        r"(?:\s?(?:hrs?|hours?|uhr|h))?\s?(?:([ap])\.?\s?(?:m\.?)?|(صباحا|صباحاً|ص)|(مساء|مساءً|ظهرا|ظهراً|م))?",
        said,
    )
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    morning, afternoon = found[3] == "a" or found[4], found[3] == "p" or found[5]
    if afternoon and hour < 12:
        hour += 12
    if morning and hour == 12:
        hour = 0
    if (hour, minute) == (24, 0):
        return Clock(time(0), True, midnight=True)
    if hour > 23 or minute > 59:
        return None
    return Clock(time(hour, minute), bool(morning or afternoon))


Span = tuple[time, time | None]


def read_span(text: str) -> Span | None:
    """A whole cell that is a span or a single time; None when it is something else."""
    text = figures(" ".join(text.split())).strip().strip("*_ ").rstrip(":")
    if found := MILITARY.fullmatch(text):
        return time(int(found[1]) % 24, int(found[2])), time(int(found[3]) % 24, int(found[4]))
    found = SPAN.fullmatch(text)
    return _ends(found) if found else None


def leading_span(text: str) -> tuple[Span, str] | None:
    """A line that begins with a time: the span, and what follows it."""
    shown = figures(text)
    if found := MILITARY.match(shown):
        ends: Span | None = (time(int(found[1]) % 24, int(found[2])), time(int(found[3]) % 24, int(found[4])))
    else:
        found = SPAN.match(shown)
        ends = _ends(found) if found else None
    if found is None or ends is None or not re.search(r"\d", found[0]):
        return None
    rest = shown[found.end() :]
    if (rest and rest[0].isalnum() and found[0][-1:] not in ")]*_ ") or re.match(r"\s?%|[.,]\d", rest):
        return None
    if re.match(r"\s(?:million|percent|per cent|billion|prozent|euros?|kg|km)\b", rest, re.IGNORECASE):
        return None
    return ends, rest.lstrip(" \t:–—-|.·,;*_→>").strip().rstrip("*_ ")


def trailing_span(text: str) -> tuple[Span, str] | None:
    """A short line that ends with a time: the span, and what stands before it."""
    shown = figures(text).rstrip()
    if len(shown) > 160 or shown.endswith(("?", "!")):
        return None
    for place in (each.start() for each in re.finditer(r"(?<![\w:.])[(\[]?(?=\w)", shown)):
        tail = shown[place:]
        if len(tail) > 40 or not re.search(r"\d", tail):
            continue
        ends = (
            read_span(tail.rstrip(".")) if re.search(r"\d\s?[:hH.٫]|[ap]\.?\s?m|uhr|\d{4}\s*[-–]", tail, re.I) else None
        )
        before = shown[:place].rstrip(" \t:–—-|.·,;(@*_")
        if ends and before and not re.search(r"\b(?:at|until|by|before|after|from|à|a las|um|bis|vor|nach)$", before):
            return ends, before
    return None


def _ends(found: re.Match[str]) -> Span | None:
    first, second = found[1] or found[4], found[2] or found[3] or found[5]
    start, end = clock_of(first), clock_of(second) if second else None
    if start is None:
        return None
    begins, stops = start.at, end.at if end else None
    if stops and end and end.marked and not start.marked and stops.hour >= 12 and begins.hour < 12:
        later = time((begins.hour + 12) % 24, begins.minute)
        begins = later if later < stops else begins
    return begins, stops


LENGTH = re.compile(
    r"(?:(?P<h>\d{1,3}(?:[.,]\d)?)\s?(?:h(?:ours?|rs?|eures?)?|std\.?|stunden?|horas?|ساعات?|ساعة)\.?)?\s*(?:and|et|y|und|و)?\s*"
    r"(?:(?P<m>\d{1,3})(?:\.0+)?\s?(?:min(?:ute[ns]?|utos?|s)?|m|['’′]|دقيقة|دقائق)?\.?)?"
)


def read_minutes(text: str, *, days_first: bool = False) -> int | None:
    """How long: 30, "30 min", 0:30, "1 h 30", "2 hours", PT1H30M, 26:30, 01:30:00.

    With `days_first` three figures are days, hours and minutes, as schedules of conferences have them.
    """
    said = figures(text).strip().casefold()
    if found := re.fullmatch(r"(\d{1,4})(?:\.0+)?", said):
        return int(found[1])
    if found := re.fullmatch(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:\d+(?:\.\d+)?s)?)?", said):
        return sum(int(each or 0) * size for each, size in zip(found.groups(), (1440, 60, 1), strict=True)) or None
    if found := re.fullmatch(r"(\d{1,2}):(\d{1,2}):(\d{2})", said):
        one, two, three = map(int, found.groups())
        if days_first and len(found[1]) == 1 and two < 24:
            return one * 1440 + two * 60 + three
        return one * 60 + two if two < 60 else None
    if found := re.fullmatch(r"(\d{1,3})\s?[:h]\s?(\d{2})(?:\s?min)?", said):
        return int(found[1]) * 60 + int(found[2])
    found = LENGTH.fullmatch(said)
    if found and (found["h"] or found["m"]):
        return round(float((found["h"] or "0").replace(",", ".")) * 60) + int(found["m"] or 0)
    return None


def after(start: time, minutes: int) -> tuple[time, int]:
    """The time of day so much later, and how many midnights lie between."""
    total = timedelta(hours=start.hour, minutes=start.minute) + timedelta(minutes=minutes)
    days, seconds = total.days, total.seconds
    return time(seconds // 3600, seconds % 3600 // 60), days
