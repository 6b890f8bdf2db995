"""The functions of calculations, the same here and in static/js/questionnaire.js: on figures, texts, and whole lists.

A figure that is not one (nothing answered, a text) is not a number here either; what is calculated with it has no value.
"""

import math
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Protocol

import re2

from .expressions import NUMBER, is_date

EPOCH = date(1970, 1, 1)
NAN = float("nan")
LARGEST = 1e15  # beyond it not every whole number can be told from the next
Values = Sequence[str]


class Pattern(Protocol):
    """Whether a whole text is written like this."""

    def fullmatch(self, text: str) -> object: ...


def figure(text: str) -> float:
    """The number that a text is; a date is the days since 1970."""
    if is_date(text):
        return float((date.fromisoformat(text) - EPOCH).days)
    return float(text) if NUMBER.fullmatch(text) else NAN


def number_text(number: float) -> str:
    """A number as a text: digits and a point, ten places at most; nothing where there is no number."""
    if not math.isfinite(number) or abs(number) >= LARGEST:
        return ""
    return format(rounded(number, 10), ".10f").rstrip("0").rstrip(".")


def rounded(number: float, places: float = 0) -> float:
    """Halves go away from zero."""
    if not math.isfinite(places) or not 0 <= places <= 10:
        return NAN
    if not math.isfinite(number) or abs(number) >= LARGEST:
        return number
    return float(Decimal(number).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)) + 0.0


def calculate(sign: str, a: float, b: float) -> float:
    """As computers everywhere do it: nothing divided by nothing is no number."""
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "div" if b == 0:
            return NAN if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1.0, b)
        case "div":
            return a / b
    try:
        return math.fmod(a, b)
    except ValueError:
        return NAN


def _whole(change: Callable[[float], int]) -> Callable[[Values], float]:
    def changed(values: Values) -> float:
        number = figure(values[0])
        return float(change(number)) + 0.0 if math.isfinite(number) else number

    return changed


def _truncated(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _figures(lists: Sequence[Values]) -> list[float]:
    return [figure(value) for values in lists for value in values if value]


def _least_or_most(pick: Callable[[list[float]], float]) -> Callable[..., float]:
    def picked(*lists: Values) -> float:
        found = _figures(lists)
        return NAN if not found or any(map(math.isnan, found)) else pick(found)

    return picked


def _total(*lists: Values) -> float:
    total = 0.0
    for number in _figures(lists):
        total += number  # one after the other, as the script does; sum() would be more exact
    return total


NUMERIC: dict[str, tuple[range, Callable[..., float]]] = {
    "number": (range(1, 2), lambda a: figure(a[0])),
    "int": (range(1, 2), _whole(math.trunc)),
    "floor": (range(1, 2), _whole(math.floor)),
    "ceiling": (range(1, 2), _whole(math.ceil)),
    "round": (range(1, 3), lambda a, places=("0",): rounded(figure(a[0]), _truncated(figure(places[0])))),
    "abs": (range(1, 2), lambda a: abs(figure(a[0]))),
    "min": (range(1, 9), _least_or_most(min)),
    "max": (range(1, 9), _least_or_most(max)),
    "sum": (range(1, 9), _total),
    "count": (range(1, 2), lambda a: float(len([value for value in a if value]))),
    "string-length": (range(1, 2), lambda a: float(len(a[0]))),
}
TEXTUAL: dict[str, tuple[range, Callable[..., str]]] = {
    "string": (range(1, 2), lambda a: a[0]),
    "concat": (range(1, 20), lambda *lists: "".join(values[0] for values in lists)),
    "coalesce": (range(2, 9), lambda *lists: next((values[0] for values in lists if values[0]), "")),
}


def _is_written_like(text: str, wanted: str) -> bool:
    return bool(pattern(wanted).fullmatch(text))


CHECKS: dict[str, tuple[range, Callable[[str, str], bool]]] = {
    "contains": (range(2, 3), lambda a, b: b in a),
    "starts-with": (range(2, 3), lambda a, b: a.startswith(b)),
    "ends-with": (range(2, 3), lambda a, b: a.endswith(b)),
    "regex": (range(2, 3), _is_written_like),
    "selected": (range(2, 3), lambda a, b: b in a.split(" ")),
}
ARITY = {name: arity for table in (NUMERIC, TEXTUAL, CHECKS) for name, (arity, _do) in table.items()} | {
    "if": range(3, 4)
}
# What is read otherwise, or not at all, by the script: flags, classes by name, anchors of a whole text.
OTHERWISE = re.compile(r"\(\?(?!:)|\[\[:|\\[AzZQECpPkG0-9]")


@cache
def pattern(text: str) -> Pattern:
    """A pattern compiled so that no text takes long to match. Raises ValueError for one that cannot be used here."""
    options = re2.Options()
    options.log_errors = False
    if OTHERWISE.search(text):
        raise ValueError(text)
    try:
        compiled: Pattern = re2.compile(text, options)
    except re2.error as error:
        raise ValueError(text) from error
    return compiled
