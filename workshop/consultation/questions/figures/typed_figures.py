"""Figures and dates as people type them: with spaces, points or commas, in Western, Arabic or Persian digits."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global

SPACES = re.compile(r"[\s'’_\u00a0\u202f\u2009]")
# Marks of direction, which cannot be seen, come along when one pastes.
MARKS = re.compile(r"[\u061c\u200e\u200f\u2066-\u2069]")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،", "01234567890123456789,")
# The Arabic marks are never in doubt: ٬ groups thousands, ٫ is the decimal mark.
ARABIC = re.compile(r"-?[0-9]{1,3}(٬[0-9]{3})*(٫[0-9]{1,15})?|-?[0-9]{1,15}(٫[0-9]{1,15})?")
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}([.,])[0-9]{3}(\1[0-9]{3})*")
YEAR_FIRST = re.compile(r"(?P<year>[12][0-9]{3})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[./ -](?P<month>[0-9]{1,2})[./ -](?P<year>[12][0-9]{3})")
TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.hH](?P<minute>[0-9]{2})?)(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9:]{4,5})?"
)
PLAIN = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,15})?")
GROUPED_WITH_REST = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,15}")


def readings(typed: str) -> tuple[Decimal, ...]:
    """The figures that "1200", "1 200,50", "1.200,50", "1,200.50", "2,5" or "١٬٢٠٠٫٥" may mean; none when it is not one.

    There are two where a single mark stands before the last three digits: "1,125" is first 1125, then one and an eighth.
    """
    text = SPACES.sub("", western(typed))
    if len(text) > 30:
        return ()
    if ARABIC.fullmatch(text):
        return (Decimal(text.replace("٬", "").replace("٫", ".")),)
    if GROUPED.fullmatch(text):
        whole = Decimal(re.sub("[.,]", "", text))
        return (whole, Decimal(text.replace(",", "."))) if PLAIN.fullmatch(text) else (whole,)
    if GROUPED_WITH_REST.fullmatch(text):
        mark = text[max(text.rfind("."), text.rfind(","))]
        return (Decimal(text.replace("," if mark == "." else ".", "").replace(",", ".")),)
    return (Decimal(text.replace(",", ".")),) if PLAIN.fullmatch(text) else ()


def decimal_mark(language: str) -> str:
    """The decimal mark that all who write this language use; nothing where they differ, as in Spanish and Arabic."""
    return {"en": ".", "fr": ","}.get(language, "")


def as_written(typed: str, language: str) -> Decimal | None:
    """Of two readings the one that the language calls for; None where it calls for neither."""
    mark, found = decimal_mark(language), readings(typed)
    if len(found) < 2 or not mark:
        return None
    if mark in western(typed):
        return found[1]
    return found[0] if language == "en" else None  # a point groups nothing in French


def western(typed: str) -> str:
    """The same in Western digits."""
    return MARKS.sub("", typed.translate(WESTERN))


def day(typed: str) -> date | None:
    """The day meant by "2005-02-28", "28.2.2005", "28/02/2005" or "28 02 2005"; None when it is not one."""
    text = western(typed)
    found = YEAR_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text)
    try:
        return date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        return None


def time_of_day(typed: str) -> str | None:
    """The time meant by "14:30", "9.05", "9h05" or "14:30:00.000+01:00", as hours and minutes; None when it is not one."""
    found = TIME.fullmatch(western(typed).strip())
    if not found or int(found["hour"]) > 23 or int(found["minute"] or 0) > 59:
        return None
    return f"{int(found['hour']):02}:{int(found['minute'] or 0):02}"


def digits_after_mark(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@cache
def codes() -> frozenset[str]:
    """Every currency that is legal tender somewhere today."""
    in_use = get_global("territory_currencies").values()
    return frozenset(code for spans in in_use for code, _start, end, tender in spans if tender and end is None)


@cache
def in_order(language: str) -> tuple[tuple[str, str], ...]:
    """All of them as (code, name), by code: that is what people who handle money look for."""
    names = Locale.parse(language).currencies
    return tuple((code, str(names.get(code, code))) for code in sorted(codes()))
