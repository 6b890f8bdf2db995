"""Days as agendas write them in English, French, Spanish, German and Arabic: a date, the nth of the meeting, or both."""

import re
from dataclasses import dataclass
from datetime import date

from ..reading.agenda_words import plain, words_of_list

MONTHS = {
    plain(name): number
    for number, names in enumerate(
        (
            "january janvier enero januar janner jan ene janv يناير جانفي",
            "february février febrero februar feb fevr فبراير شباط فيفري",
            "march mars marzo märz maerz mar مارس آذار",
            "april avril abril apr abr avr أبريل نيسان أفريل",
            "may mai mayo مايو أيار ماي",
            "june juin junio juni jun يونيو حزيران جوان",
            "july juillet julio juli jul juil يوليو تموز جويلية",
            "august août agosto aug ago aout أغسطس آب أوت",
            "september septembre septiembre setiembre sep sept سبتمبر أيلول",
            "october octobre octubre oktober oct okt أكتوبر",
            "november novembre noviembre nov نوفمبر",
            "december décembre diciembre dezember dec dic dez ديسمبر",
        ),
        1,
    )
    for name in names.split()
}
# Months of two words are one before anything is told apart.
TWO_WORDS = tuple(
    (plain(pair), plain(one))
    for pair, one in (
        ("كانون الثاني", "يناير"),
        ("تشرين الأول", "أكتوبر"),
        ("تشرين الثاني", "نوفمبر"),
        ("كانون الأول", "ديسمبر"),
    )
)
WEEKDAYS = frozenset(
    plain(each)
    for each in [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lun",
        "mer",
        "jeu",
        "ven",
        "sam",
        "dim",
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "so",
        "الاثنين",
        "الإثنين",
        "الثلاثاء",
        "الأربعاء",
        "الخميس",
        "الجمعة",
        "السبت",
        "الأحد",
    ]
)
AROUND = words_of_list("le el the of de del den dem der am on vom a date datum fecha para les") | {plain("التاريخ")}
DAY_WORDS = words_of_list("day jour journee dia tag jornada") | {plain("اليوم"), plain("يوم")}
ORDINALS = {
    plain(name): number
    for number, names in enumerate(
        (
            "one un uno eins first premier première primer primera erster erste الأول i",
            "two deux dos zwei second deuxième segundo segunda zweiter zweite الثاني ii",
            "three trois tres drei third troisième tercer tercero tercera dritter dritte الثالث iii",
            "four quatre cuatro vier fourth quatrième cuarto vierter vierte الرابع iv",
            "five cinq cinco fünf fifth cinquième quinto fünfter fünfte الخامس v",
        ),
        1,
    )
    for name in names.split()
}
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?(?:Z|[+-]\d\d:?\d\d)?)?")
SHORT = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o|e|te|ten)?")
LONGEST = 70


@dataclass(frozen=True)
class Day:
    """A day as written: a date, or the nth of the meeting. `month_and_day` is set where the text gives no year.

    `month_first` is what the same figures say where the month stands first; `day_first` tells that they cannot.
    """

    day: date | None = None
    nth: int | None = None
    month_and_day: tuple[int, int] | None = None
    month_first: date | None = None
    day_first: bool = False


def read_day(text: str) -> Day | None:
    """The day that this text is, and nothing but a day; None when it is something else."""
    text = text.strip(" \t*_#:.,;|()[]–—-")
    if not text or len(text) > LONGEST:
        return None
    if found := ISO.fullmatch(text) or ISO.fullmatch(text[:10] if text[10:11] in {"T", " "} else ""):
        return _dated(int(found[1]), int(found[2]), int(found[3]))
    said = plain(text)
    for pair, one in TWO_WORDS:
        said = said.replace(pair, one)
    if found := SHORT.search(text):
        outside = plain(f"{text[: found.start()]} {text[found.end() :]}").split()
        if all(word in AROUND or word in WEEKDAYS for word in outside):
            return _figures(found)
    nth, words = _nth([word for word in said.split() if word not in AROUND and word not in WEEKDAYS])
    if not words:
        return Day(nth=nth) if nth else None
    return _named(words)


def _figures(found: re.Match[str]) -> Day | None:
    """9/3/2026: day first, as everywhere outside the United States, with the other reading where there is one."""
    first, sign, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    day_first, month_first = _dated(year, second, first), _dated(year, first, second)
    if day_first is None:
        return Day(day=month_first.day, month_first=month_first.day) if month_first else None
    if sign != "." and month_first and month_first != day_first:
        return Day(day=day_first.day, month_first=month_first.day)
    return Day(day=day_first.day, day_first=month_first is None and sign != ".")


def _nth(words: list[str]) -> tuple[int | None, list[str]]:
    """ "Day 2", "second day", "2e jour", "1. Tag": which, and the words without it."""
    for place, word in enumerate(words):
        if word not in DAY_WORDS:
            continue
        for beside in (place + 1, place - 1):
            if 0 <= beside < len(words) and (number := _number(words[beside])):
                month_follows = beside == place + 1 and beside + 1 < len(words) and words[beside + 1] in MONTHS
                if not month_follows:
                    return number, [each for n, each in enumerate(words) if n not in (place, beside)]
        return None, [each for n, each in enumerate(words) if n != place]
    return None, words


def _number(word: str) -> int | None:
    found = NUMBER.fullmatch(word)
    return ORDINALS.get(word) or (int(found[1]) if found and 0 < int(found[1]) < 32 else None)


def _named(words: list[str]) -> Day | None:
    """The day and the month's name in either order, and perhaps the year."""
    if len(words) not in (2, 3):
        return None
    one, other, year = words[0], words[1], words[2] if len(words) == 3 else ""
    if len(one) == 4 and one.isdigit():
        one, other, year = (words[2], words[1], one) if len(words) == 3 else ("", "", "")
    month, day = (one, other) if one in MONTHS else (other, one)
    found = NUMBER.fullmatch(day)
    if month not in MONTHS or not found or not re.fullmatch(r"(\d{4})?", year):
        return None
    if year:
        return _dated(int(year), MONTHS[month], int(found[1]))
    return Day(month_and_day=(MONTHS[month], int(found[1]))) if 1 <= int(found[1]) <= 31 else None


def _dated(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(day=date(year, month, day)) if 1900 < year < 2200 else None
    except ValueError:
        return None


PIECES = re.compile(r"\s*(?:[|•·(),،;:]|\s[-–—]\s)\s*")
OTHER_DATE = re.compile(
    r"\b(deadline|updated|version|draft|as of|printed|published|closing date|stand|issued|rsvp|until|publiee?|publicad[oa]|mise? a jour|actualizad[oa]|"
    r"veroffentlicht|aktualisiert|نشر|نشرت|تحديث)\b"
)


def is_stamp(text: str) -> bool:
    """Whether a line tells when something was written, published or is due, rather than when it takes place."""
    return OTHER_DATE.search(plain(text)) is not None and any(
        word in MONTHS or (len(word) == 4 and word[:2] in {"19", "20"}) for word in plain(text).split()
    )


def day_in(text: str) -> tuple[Day, str] | None:
    """A day that stands in a short line beside something else: "Day 1 – 9 March 2026 – Main hall"; with what is beside.

    None for a sentence, and for a date that tells when something was written.
    """
    if len(text) > 120 or text.endswith((".", "?", "!")) or OTHER_DATE.search(plain(text)):
        return None
    if whole := read_day(text):
        return whole, ""
    pieces = [each for each in PIECES.split(text) if each.strip()]
    for size in (3, 2, 1):
        for place in range(len(pieces) - size + 1):
            if found := read_day(" ".join(pieces[place : place + size])):
                rest = [*pieces[:place], *pieces[place + size :]]
                return found, " · ".join(rest)
    return None
