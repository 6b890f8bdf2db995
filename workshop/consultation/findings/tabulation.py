"""From a snapshot to the tables that may be shown: pure, the same for the page, the report and the chart."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind, Question, Section
from workshop.platform.db import Words

from .counting import Count
from .disclosing.ledger import TableFacts, closest, table_of
from .freezing import FIRST, NOT_ASKED
from .models import ExchangeRate, Precision, Snapshot
from .result_tables import Row, Tabulation, Worth, at_precision
from .suppression import Hidden, K, is_small, threshold
from .tallies import amounts, coding
from .tallies.partitions import Sheet, Unshown
from .tallies.spread import round_to_unit

UNSHOWN = _l("Nothing is shown: too few were asked this question, or it would reveal a small figure of an earlier one.")
BY_KIND: dict[Kind, Callable[[Count], Tabulation]] = {
    Kind.ONE: coding.tabulate_codes,
    Kind.SCALE: coding.tabulate_codes,
    Kind.MANY: coding.many,
    Kind.RANK: coding.rank,
    Kind.MATRIX: coding.matrix,
    Kind.INTEGER: amounts.figures,
    Kind.DECIMAL: amounts.figures,
    Kind.YEAR: amounts.figures,
    Kind.MONEY: amounts.money,
    Kind.COUNTRY: amounts.country,
    Kind.COUNTRIES: amounts.countries,
}  # all others are answered in words


def tables(
    snapshot: Snapshot, definition: Definition, precisions: Mapping[str, Precision] | None = None
) -> list[Tabulation]:
    """The results of every question, in order, each as closely as `precisions` says; exactly where they say nothing.

    None at all from fewer than k responses. A consent without which there are no answers is left out. Shares are of
    those asked.
    """
    shown = precisions or {}
    titles = {choice.table: choice.title for choice in snapshot.choices}
    rates = {rate.currency: rate for rate in snapshot.rates}
    exact = enumerate(tabulate(snapshot, definition)[0], 1)
    return [
        replace(
            at_precision(valued(each, rates), shown.get(each.question), responses=snapshot.responses),
            number=number,
            chosen=titles.get(each.question) or Words(),
        )
        for number, each in exact
    ]


def valued(table: Tabulation, rates: Mapping[str, ExchangeRate]) -> Tabulation:
    """The medians of sums of money in another currency too, at a dated rate; nothing is ever added up."""
    if table.kind is not Kind.MONEY or not rates:
        return table
    return replace(table, rows=[_valued(row, rates.get(str(row.label))) for row in table.rows])


def _valued(row: Row, rate: ExchangeRate | None) -> Row:
    if rate is None or row.spread is None:
        return row
    worth = Worth(round_to_unit(rate.convert(row.spread.median)), rate.into, rate.on, rate.source)
    return replace(row, worth=worth)


def tabulate(snapshot: Snapshot, definition: Definition) -> tuple[list[Tabulation], Sheet]:
    """The exact results, and the sheet that knows which of their figures are hidden."""
    sheet = Sheet(snapshot, definition)
    if snapshot.responses < K:
        return [], sheet
    return [
        _tabulate(sheet, section, question)
        for section in definition.sections
        for question in section.questions
        if not question.ends_on_no and question.asks and sheet.has(question)
    ], sheet


def plan(
    snapshot: Snapshot, definition: Definition, earlier: Iterable[tuple[Snapshot, Definition, Mapping[str, Precision]]]
) -> dict[str, Precision]:
    """How closely each table may be shown, given those of earlier snapshots that were shown to somebody."""
    own, sheet = tabulate(snapshot, definition)
    before: dict[str, list[tuple[TableFacts, Precision]]] = {}
    for other, asked, precisions in earlier:
        others = tabulate(other, asked)[1]
        for name, precision in precisions.items():
            question = asked.question(name)
            if question and precision is not Precision.WITHHELD and others.has(question):
                before.setdefault(name, []).append((table_of(others, question), precision))
    return {
        each.question: closest(table_of(sheet, question), before.get(each.question, ()), rounded=snapshot.rounded)
        for each in own
        if (question := definition.question(each.question))
    }


def _tabulate(sheet: Sheet, section: Section, question: Question) -> Tabulation:
    asked = sheet.asked(question)
    try:
        untold = sheet.untold(question)
    except Unshown:
        return _nothing(sheet, section, question)
    k = sheet.strictest(question) if untold else threshold(question)
    if is_small(asked, k) or (untold and not asked):
        return _nothing(sheet, section, question)
    if untold:
        for column in sheet.of(question):
            sheet.hide(column, {NOT_ASKED: Hidden.WITHHELD})
    tabulate = amounts.words if question.personal else BY_KIND.get(question.type, amounts.words)
    return tabulate(Count(sheet, section, question, asked, untold, k))


def _nothing(sheet: Sheet, section: Section, question: Question) -> Tabulation:
    for column in sheet.of(question):
        sheet.hide(column, dict.fromkeys(range(NOT_ASKED, FIRST + len(column.options)), Hidden.WITHHELD))
    return Tabulation(
        question.code, section, question.text, question.type, None, k=threshold(question), notes=(UNSHOWN,)
    )
