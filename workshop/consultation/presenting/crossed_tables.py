"""Cross-tables beside the tables of questions: in files, on paper, on slides and as pictures.

There they are tables like those of a matrix, one row for each answer to the one question, one column for each to the other.
Their sums stand in the tables of the questions themselves.
"""

from collections.abc import Sequence

from flask_babel import gettext as _

from workshop.consultation.findings.disclosing.crossing import Crossing
from workshop.consultation.findings.disclosing.showing import shown_crossings
from workshop.consultation.findings.models import TIMES, Snapshot
from workshop.consultation.findings.result_tables import GridRow, Label, Tabulation, row
from workshop.consultation.questions.question import Kind, Section
from workshop.platform.db import Words
from workshop.platform.i18n import language


def with_crossings(snapshot: Snapshot, tables: Sequence[Tabulation]) -> list[Tabulation]:
    """The tables, and after them the cross-tables that are shown with them, their numbers going on."""
    shown = [each for each in shown_crossings(snapshot) if each.cells is not None]
    return [*tables, *(as_table(each, len(tables) + place) for place, each in enumerate(shown, 1))]


def as_table(crossing: Crossing, number: int) -> Tabulation:
    """A cross-table as a table, its title in the language that is spoken just then."""
    spoken = language()
    titles = [_words(side.title, spoken) for side in (crossing.rows, crossing.columns)]
    grid = [
        GridRow(label, [row(of, figure, asked=None, k=crossing.k) for of, figure in zip(*line, strict=True)])
        for label, cells in zip(crossing.rows.labels, crossing.cells or (), strict=True)
        for line in [(crossing.columns.labels, cells)]
    ]
    return Tabulation(
        question=crossing.name,
        section=Section(code=TIMES, title=Words({spoken: _("Cross-tables")}), questions=()),
        title=Words({spoken: TIMES.join(titles)}),
        kind=Kind.MATRIX,
        asked=crossing.responses,
        columns=crossing.columns.labels,
        grid=grid,
        k=crossing.k,
        number=number,
    )


def is_crossing(table: Tabulation) -> bool:
    """Whether nobody was asked it as one question, so that no sentence says how many answered it."""
    return TIMES in table.question


def _words(title: Label, spoken: str) -> str:
    return Words(title).in_(spoken)[0] if isinstance(title, dict) else str(title)
