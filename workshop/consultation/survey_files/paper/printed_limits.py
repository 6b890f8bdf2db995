"""What the type of a question allows, said on paper."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _

from workshop.consultation.questions.question import Kind, Question

UNITS = {
    "persons": lambda: _("persons"),
    "percent": lambda: _("percent"),
    "percent_of_amount": lambda: _("percent of the amount"),
}
FIGURES = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR}


def unit(question: Question, own: str) -> str:
    """What a figure counts, to be written after it."""
    return own or (UNITS[question.unit]() if question.unit in UNITS else "")


def limits(question: Question, at: datetime) -> str:
    """How many may be ticked, how long a text may be, between which ends a figure lies."""
    match question.type:
        case Kind.ONE | Kind.CONSENT:
            return _("Tick one box.")
        case Kind.MANY | Kind.CONSENTS:
            return _how_many(question)
        case Kind.RANK:
            return _("Write 1 beside the most important one, 2 beside the next, up to %(most)s.", most=question.places)
        case Kind.REPEAT:
            return _("One line for each. Attach a sheet if you need more lines.")
        case Kind.MATRIX:
            return _("Tick one box in each row.")
        case Kind.SCALE:
            return _("Circle one number.")
        case Kind.TEXT | Kind.LONGTEXT if question.max_length:
            return _("At most %(most)s characters.", most=question.max_length)
        case Kind.DATE:
            first, last = question.days(at)
            return _span(_day(first), _day(last) if question.latest != "today" else "")
        case kind if kind in FIGURES:
            return _span(_figure(question, question.minimum), _figure(question, question.highest(at)))
    return ""


def _how_many(question: Question) -> str:
    least, most = question.min_choices, question.max_choices
    if least and most:
        return _("Tick %(least)s to %(most)s boxes.", least=least, most=most)
    if least:
        return _("Tick at least %(least)s boxes.", least=least)
    return _("Tick at most %(most)s boxes.", most=most) if most else _("Tick all that apply.")


def _span(low: str, high: str) -> str:
    if low and high:
        return _("From %(low)s to %(high)s.", low=low, high=high)
    if low:
        return _("Not below %(low)s.", low=low)
    return _("Not above %(high)s.", high=high) if high else ""


def _figure(question: Question, value: Decimal | None) -> str:
    if value is None or (question.type is Kind.MONEY and value == 0):
        return ""
    year = question.type is Kind.YEAR or question.unit == "year"
    return f"{value:f}" if year else str(format_decimal(value, locale=get_locale()))


def _day(day: date | None) -> str:
    return str(format_date(day, "long", locale=get_locale())) if day else ""
