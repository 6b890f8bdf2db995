"""From a table that may be shown to its chart, in one language."""

from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from workshop.consultation.findings.counting import NO_ANSWER_LABEL
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.respondent_units import respondents_of
from workshop.consultation.findings.result_tables import GridRow, Row, Tabulation
from workshop.consultation.questions.question import Kind
from workshop.platform.db import Words
from workshop.platform.i18n import day, direction

from .charts import Bar, Chart
from .sentences import named


def chart_of(table: Tabulation, snapshot: Snapshot, language: str) -> Chart:
    """The bars of one scale, or the stacked bars of a matrix; what is hidden has no bar and says so."""
    if table.grid:
        bars = [_stacked(table, each, language) for each in table.grid]
        full = max((sum(bar.parts) for bar in bars), default=0)
        legend = _legend(table, language)
    else:
        shown = [row for row in table.rows if row.label is not NO_ANSWER_LABEL or row.count]
        bars = [Bar(named(row.label, language), [row.count or 0], figure_of(row)) for row in shown]
        full, legend = table.scale, []
    return Chart(
        title=title_of_table(table, language),
        facts=facts_of(table, snapshot),
        caveat=" ".join([caveat_of(snapshot, language), *map(str, notes_of(table))]),
        bars=bars,
        full=full or 1,
        legend=legend,
        right_to_left=direction(language) == "rtl",
    )


def caveat_of(snapshot: Snapshot, language: str) -> str:
    """How to read these results; what is made up is said to be wherever a figure of it goes."""
    sample = _("These results include sample data, made for a demonstration.") if snapshot.includes_synthetic else ""
    return " ".join(filter(None, [named(snapshot.caveat, language), sample]))


def title_of_table(table: Tabulation, language: str) -> str:
    """The number of the table, its title, and the code of its question, by which it is found again."""
    title = f"{named(table.name, language)} ({table.code})" if table.code else named(table.name, language)
    return _("Table %(number)s. %(title)s", number=table.number, title=title) if table.number else title


def notes_of(table: Tabulation) -> list[str]:
    """What is said under the bars: notes, and the median of a scale."""
    median = [] if table.median is None else [_("Median: %(median)s.", median=format_decimal(table.median))]
    return [*median, *map(str, table.notes)]


def _stacked(table: Tabulation, line: GridRow, language: str) -> Bar:
    """One stacked bar. Who ranked something first ranked it too, so a ranking has the first ones and the others."""
    counts = [cell.count or 0 for cell in line.cells]
    if table.kind is not Kind.RANK:
        return Bar(named(line.label, language), counts, _hidden_in(line.cells))
    first, ranked = counts
    points = "" if line.points is None else ngettext("%(num)s point", "%(num)s points", line.points)
    return Bar(named(line.label, language), [first, ranked - first], points)


def _legend(table: Tabulation, language: str) -> list[str]:
    if table.kind is Kind.RANK:
        return [_("Ranked first"), _("Ranked, but not first")]
    return [named(label, language) for label in table.columns]


def facts_of(table: Tabulation, snapshot: Snapshot) -> str:
    """Who answered, how many were asked, and when: what every picture of a table says."""
    facts = [respondents_of(snapshot), _("n = %(n)s", n=snapshot.responses), date_of(snapshot)]
    if table.asked is not None:
        facts.insert(2, _("Asked: %(count)s", count=table.asked))
    return " · ".join(facts)


def date_of(snapshot: Snapshot) -> str:
    moment: date = snapshot.until.astimezone(ZoneInfo(snapshot.questionnaire.workshop.zone)).date()
    return day(moment, "long")


def figure_of(row: Row) -> str:
    """A figure as it is printed: "35 (71 %)", or why it is hidden."""
    if row.hidden:
        return str(row.mark)
    return str(row.count) if row.percent is None else _("%(count)s (%(share)s%%)", count=row.count, share=row.percent)


def _hidden_in(cells: object) -> str:
    hidden = [cell for cell in cells if cell.hidden]  # type: ignore[attr-defined]
    return str(_("%(num)s hidden", num=len(hidden))) if hidden else ""


def title_of(snapshot: Snapshot, language: str) -> str:
    return Words(snapshot.title).in_(language)[0]
