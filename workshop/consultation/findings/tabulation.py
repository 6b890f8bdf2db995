"""From a snapshot to the tables that may be shown: pure, the same for the page, the report and the chart."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind, Question, Section

from . import amounts, coding
from .counting import Count
from .freezing import FIRST, NOT_ASKED
from .models import Snapshot
from .partitions import Sheet, Unshown
from .result_tables import Tabulation
from .suppression import Hidden, K, is_small, threshold

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


def tables(snapshot: Snapshot, definition: Definition) -> list[Tabulation]:
    """The results of every question, in order; none at all from fewer than k responses.

    A consent without which there are no answers is left out. Shares are of those asked.
    """
    if snapshot.responses < K:
        return []
    sheet = Sheet(snapshot, definition)
    return [
        _tabulate(sheet, section, question)
        for section in definition.sections
        for question in section.questions
        if not question.ends_on_no and question.type is not Kind.NOTE
    ]


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
