"""Sentences drafted from a table, honest by construction: each has its figures, and its strength comes from counts.

How many were asked and how many answered comes first, since shares are of those asked; then what the table says, in the
words of its kind of question. What is hidden is never guessed at: nothing is called the next largest beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from flask_babel import force_locale, format_decimal
from flask_babel import gettext as _

from workshop.consultation.findings.counting import NO_ANSWER_LABEL
from workshop.consultation.findings.models import Precision, Snapshot
from workshop.consultation.findings.respondent_units import respondents_of
from workshop.consultation.findings.result_tables import GridRow, Label, Row, Spread, Tabulation
from workshop.consultation.findings.suppression import Hidden
from workshop.consultation.findings.tallies.amounts import OTHER_COUNTRIES, OTHER_CURRENCIES
from workshop.consultation.questions.question import Kind
from workshop.platform.db import Words
from workshop.platform.i18n import LOCALES

NO_ANSWERS = (NO_ANSWER_LABEL, OTHER_COUNTRIES, OTHER_CURRENCIES)
CHOSEN = {Kind.ONE, Kind.SCALE, Kind.MANY, Kind.COUNTRY, Kind.COUNTRIES}


def drafted(table: Tabulation, snapshot: Snapshot, languages: Iterable[str]) -> Words:
    """The draft of a finding in each language."""
    found = Words()
    for code in languages:
        with force_locale(str(LOCALES.get(code, code))):
            found = found.having(code, sentence_of(table, snapshot, code))
    return found


def sentence_of(table: Tabulation, snapshot: Snapshot, language: str) -> str:
    """What a table says, in the language that is spoken just then."""
    said = _findings(table, language)
    if not said and not any(row.count for row in table.rows):
        said = [_("No figure can be shown here without revealing a small one.")]
    return " ".join([_whom(table, snapshot), *said])


def _findings(table: Tabulation, language: str) -> list[str]:
    """What it says beside how many answered; nothing where words or personal details were asked for."""
    if table.spread:
        return [_range(table, table.spread)]
    if table.grid:
        return _of_ranking(table, language) if table.kind is Kind.RANK else _of_matrix(table, language)
    if table.kind is Kind.MONEY:
        return _of_money(table, language)
    if table.kind is Kind.RANK:
        return [_ranked_at_all(table, row, language) for row in strongest(table)[:1]]
    if table.kind not in CHOSEN:
        return []
    middle = [] if table.median is None else [_("The median answer is %(median)s.", median=_plain(table.median))]
    return [*middle, *_of_choice(table, language)]


def strongest(table: Tabulation) -> Sequence[Row]:
    """The answers whose figures are shown, the largest first; never several that were added up."""
    shown = [row for row in table.rows if row.count and row.label not in NO_ANSWERS]
    return sorted(shown, key=lambda row: -(row.count or 0))


def named(label: Label, language: str) -> str:
    return Words(label).in_(language)[0] if isinstance(label, dict) else str(label)


def _whom(table: Tabulation, snapshot: Snapshot) -> str:
    """How many answered the questionnaire, were asked this question and answered it, as far as that is told."""
    whom, asked, answered = respondents_of(snapshot), table.asked, table.answered
    if asked is None or table.precision is not Precision.EXACT:
        return _("Results of %(respondents)s.", respondents=whom)
    if answered is None:
        return _(
            "Of the %(respondents)s that answered the questionnaire, %(asked)s were asked this question.",
            respondents=whom,
            asked=asked,
        )
    if answered == asked == snapshot.responses:
        return _(
            "Of the %(respondents)s that answered the questionnaire, %(answered)s answered this question.",
            respondents=whom,
            answered=answered,
        )
    return _(
        "Of the %(respondents)s that answered the questionnaire, %(asked)s were asked this question and %(answered)s "
        "answered it.",
        respondents=whom,
        asked=asked,
        answered=answered,
    )


def _of_choice(table: Tabulation, language: str) -> list[str]:
    """The answer chosen most often, and the next; of several answers, that they were possible."""
    shown = strongest(table)
    if not shown:
        return []
    first, *rest = shown
    said = [_strength(table, first, language)]
    if rest and table.precision is Precision.EXACT and not _may_be_larger(table):
        option, count = named(rest[0].label, language), rest[0].count
        if count == first.count:
            said.append(_("As many chose “%(option)s”.", option=option))
        else:
            said.append(_("Next comes “%(option)s” (%(count)s).", option=option, count=count))
    if table.kind in {Kind.MANY, Kind.COUNTRIES}:
        said.append(_("Several answers were possible."))
    return said


def _may_be_larger(table: Tabulation) -> bool:
    """Whether a figure that is withheld may be larger than one that is shown."""
    return any(row.hidden is Hidden.WITHHELD for row in table.rows if row.label is not NO_ANSWER_LABEL)


def _strength(table: Tabulation, row: Row, language: str) -> str:
    """Most is over half of those asked, many a third to a half, several less."""
    option, count, asked = named(row.label, language), row.count or 0, table.asked
    if not asked or table.precision is not Precision.EXACT:
        return _("The answer shown most often is “%(option)s” (about %(count)s).", option=option, count=count)
    if 2 * count > asked:
        return _(
            "Most of those asked (%(count)s of %(asked)s) chose “%(option)s”.", option=option, count=count, asked=asked
        )
    if 3 * count >= asked:
        return _(
            "Many of those asked (%(count)s of %(asked)s) chose “%(option)s”.", option=option, count=count, asked=asked
        )
    return _(
        "Several of those asked (%(count)s of %(asked)s) chose “%(option)s”.", option=option, count=count, asked=asked
    )


def _of_ranking(table: Tabulation, language: str) -> list[str]:
    """What was put first most often, and what has the most points where they are told."""
    line = _highest(table.grid, lambda each: each.cells[0].count)
    if line is None:
        return []
    option, count = named(line.label, language), line.cells[0].count
    said = [_("“%(option)s” was ranked first most often (about %(count)s times).", option=option, count=count)]
    if table.asked and table.precision is Precision.EXACT:
        said = [
            _(
                "“%(option)s” was ranked first most often, by %(count)s of the %(asked)s asked.",
                option=option,
                count=count,
                asked=table.asked,
            )
        ]
    if ahead := _highest(table.grid, lambda each: each.points):
        option = named(ahead.label, language)
        said.append(_("“%(option)s” has the most points (%(points)s).", option=option, points=ahead.points))
    return said


def _ranked_at_all(table: Tabulation, row: Row, language: str) -> str:
    option, count, asked = named(row.label, language), row.count, table.asked
    if not asked or table.precision is not Precision.EXACT:
        return _("“%(option)s” is among those ranked most often (about %(count)s times).", option=option, count=count)
    return _(
        "“%(option)s” is among those ranked most often, by %(count)s of the %(asked)s asked.",
        option=option,
        count=count,
        asked=asked,
    )


def _of_matrix(table: Tabulation, language: str) -> list[str]:
    """The largest figure of the rows that are shown in full, and whose it is."""
    in_full = [line for line in table.grid if not any(cell.suppressed for cell in line.cells)]
    cells = [(line, cell) for line in in_full or table.grid for cell in line.cells if cell.label is not NO_ANSWER_LABEL]
    line, largest = max(cells, key=lambda each: each[1].count or 0)
    if not largest.count:
        return []
    row, option = named(line.label, language), named(largest.label, language)
    return [
        _(
            "The largest figure shown is for “%(row)s”: %(count)s answered “%(option)s”.",
            row=row,
            option=option,
            count=largest.count,
        )
    ]


def _of_money(table: Tabulation, language: str) -> list[str]:
    """Each currency by itself: they are never added up."""
    return [
        _(
            "Amounts in %(currency)s: %(count)s, with a median of %(median)s.",
            currency=named(row.label, language),
            count=row.count,
            median=_plain(row.spread.median),
        )
        for row in strongest(table)
        if row.spread
    ]


def _highest(grid: Sequence[GridRow], figure: Callable[[GridRow], int | None]) -> GridRow | None:
    shown = [each for each in grid if figure(each)]
    return max(shown, key=lambda each: figure(each) or 0, default=None)


def _range(table: Tabulation, spread: Spread) -> str:
    return _(
        "The median answer is %(median)s; leaving out the highest and lowest few, answers range from %(low)s to %(high)s.",
        median=_figure(table, spread.median),
        low=_figure(table, spread.lowest),
        high=_figure(table, spread.highest),
    )


def _figure(table: Tabulation, value: Decimal) -> str:
    return str(value) if table.unit == "year" else _plain(value)


def _plain(value: Decimal) -> str:
    return str(format_decimal(value))
