"""Questions answered by a figure, a sum of money, a country or in words."""

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Kind
from workshop.platform.db import Words
from workshop.secretariat.register.countries import countries as all_countries

from ..counting import NOTHING_SHOWN, Count, remarks
from ..freezing import ANSWERED, FIRST, NO_ANSWER
from ..result_tables import Label, Row, Tabulation
from ..suppression import Figure, Hidden, is_small, protect_choices
from .spread import Band, count_bands, spread_of

ANSWERED_LABEL = _l("Answered")
OTHER_COUNTRIES = _l("Other countries")
EACH_UNDER = _l("Other countries, each")
OTHER_CURRENCIES = _l("Other currencies")
IN_WORDS = _l("Free text, which is not part of a snapshot.")
PERSONAL = _l("Personal details are not part of a snapshot; only how many gave any is counted.")


def words(count: Count) -> Tabulation:
    """Only how many answered."""
    rows, left = _answered(count)
    return count.result(left, rows, (PERSONAL if count.question.personal else IN_WORDS,))


def _answered(count: Count) -> tuple[list[Row], Figure]:
    (column,) = count.columns
    no_answer, answered = count.tally(column)
    (cell,), left = count.protect([answered], no_answer)
    count.sheet.hide(column, {NO_ANSWER: left, ANSWERED: cell})
    return [count.row(ANSWERED_LABEL, cell)], left


def _hide_answered(count: Count, left: Figure) -> None:
    count.sheet.hide(count.columns[0], {NO_ANSWER: left, ANSWERED: Hidden.WITHHELD if isinstance(left, Hidden) else 0})


def figures(count: Count) -> Tabulation:
    """A number: where the answers lie, and how many in which band where the unit has bands."""
    (column,), unit = count.columns, count.question.unit
    values = column.figures.get("", [])
    spread = spread_of(values, k=count.k, unit=unit)
    bands = count_bands(values, unit, k=count.k)
    if len(bands) < 2:
        rows, left = _answered(count)
        return count.result(left, rows, spread=spread)
    no_answer, _answers = count.tally(column)
    cells, left = count.protect([band.count for band in bands], no_answer)
    _hide_answered(count, left)
    whole = count.question.type in {Kind.INTEGER, Kind.YEAR}
    rows = [count.row(_band_label(band, unit, whole=whole), cell) for band, cell in zip(bands, cells, strict=True)]
    return count.result(left, rows, remarks([band.count for band in bands], cells), spread=spread)


def _band_label(band: Band, unit: str, *, whole: bool) -> Label:
    if band.begins is None:
        before, less = _l("Before %(year)s", year=band.ends), _l("Less than %(number)s", number=band.ends)
        return before if unit == "year" else less
    if band.ends is None:
        later, more = _l("%(year)s or later", year=band.begins), _l("%(number)s or more", number=band.begins)
        return later if unit == "year" else more
    if whole:
        return f"{band.begins}–{band.ends - 1}"
    return _l("%(low)s to less than %(high)s", low=band.begins, high=band.ends)


def money(count: Count) -> Tabulation:
    """By currency, never added up. Currencies that few answered in are one row without figures."""
    (column,), k = count.columns, count.k
    amounts = column.figures
    counts = {currency: len(values) for currency, values in amounts.items()}
    shown = _large_enough(counts, k)
    rest = sum(counts.values()) - sum(counts[currency] for currency in shown)
    no_answer, _answers = count.tally(column)
    cells, left = count.protect([*(counts[currency] for currency in shown), rest], no_answer)
    _hide_answered(count, left)
    rows = [
        count.row(currency, cell, spread=None if isinstance(cell, Hidden) else spread_of(amounts[currency], k=k))
        for currency, cell in zip(shown, cells, strict=False)
    ]
    rows += [count.row(OTHER_CURRENCIES, cells[-1])] if rest else []
    return count.result(left, rows, remarks(list(counts.values()), cells))


def country(count: Count) -> Tabulation:
    """One country each; those that few named are added up as "Other countries"."""
    (column,) = count.columns
    no_answer, *counts = count.tally(column)
    named = dict(zip(column.options, counts, strict=True))
    shown = _large_enough(named, count.k)
    rest = sum(counts) - sum(named[code] for code in shown)
    cells, left = count.protect([*(named[code] for code in shown), rest], no_answer)
    figure_of = dict(zip(shown, cells, strict=False))
    marks = {FIRST + i: figure_of.get(code, Hidden.WITHHELD) for i, code in enumerate(column.options)}
    count.sheet.hide(column, marks | {NO_ANSWER: left})
    rows = list(map(count.row, [*map(_name, shown), OTHER_COUNTRIES], cells))
    return count.result(left, rows if rest else rows[:-1], remarks(counts, cells))


def countries(count: Count) -> Tabulation:
    """Several countries each. Those that few named are not added up: who named two of them would count twice."""
    (column,), k = count.columns, count.k
    no_answer, answered = count.tally(column)
    (cell,), left = count.protect([answered], no_answer)
    count.sheet.hide(column, {NO_ANSWER: left, ANSWERED: cell})
    shown = _in_order({code: named for code, named in column.named.items() if named >= k})
    cells = protect_choices(
        [column.named[code] for code in shown],
        among=answered,
        known=count.known_sum([cell], [left]),
        least=0,
        most=count.question.places,
        k=k,
    )
    rows = list(map(count.row, map(_name, shown), cells))
    if len(shown) < len(column.named):
        rows.append(count.row(EACH_UNDER, Hidden.UNDER))
    return count.result(left, rows, (NOTHING_SHOWN,) if not shown and answered else ())


def _large_enough(counts: dict[str, int], k: int) -> list[str]:
    """What is named on a row of its own, the largest first. What remains is nothing, or k or more in all."""
    shown = _in_order({key: count for key, count in counts.items() if count >= k})
    while shown and is_small(sum(counts.values()) - sum(counts[key] for key in shown), k):
        shown.pop()
    return shown


def _in_order(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))


def _name(code: str) -> Label:
    country = all_countries().get(code)
    return Words(country.names) if country else code
