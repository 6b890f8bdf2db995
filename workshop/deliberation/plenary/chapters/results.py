"""The results of the questionnaire: figures of one dated snapshot, with their n and caveat, never more.

Which figures may be shown is decided where they are tabulated; here a hidden one is only called by its name.
"""

from decimal import Decimal

from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from workshop.consultation.findings.counting import NO_ANSWER_LABEL
from workshop.consultation.findings.models import Precision, Snapshot
from workshop.consultation.findings.respondent_units import name_of, respondents_of
from workshop.consultation.findings.result_tables import GridRow, Label, Row, Spread, Tabulation
from workshop.consultation.questions.question import Kind
from workshop.platform.db import Words
from workshop.platform.i18n import LOCALES

from ..drafting import Draft, Material
from ..multilingual_prose import Prose, join_list, percent
from ..paragraphs import Cell
from .annex import columns

FIGURES = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR}  # told in a sentence, without a table
MOST_TOLD = 3  # answers told in the sentence; all of them stand in the table
LEFT_TO_THEIR_PAGE = {Kind.TEXT, Kind.LONGTEXT, Kind.CONSENT, Kind.CONSENTS, Kind.DATE, Kind.EMAIL, Kind.FILE}


def write_results(draft: Draft, material: Material) -> None:
    snapshot = material.snapshot
    if snapshot is None:
        draft.paragraph(
            draft.said(lambda: _("There was no snapshot of results when this report was compiled.")),
            draft.cite.workshop(material.workshop),
            key="of",
        )
        return
    prose = draft.prose()
    title = prose.original(snapshot.title)
    prose.say(
        lambda: _(
            "These are the results “%(title)s” as of %(day)s. Answers had come from %(respondents)s.",
            title=title,
            day=draft.cite.day(snapshot.until),
            respondents=respondents_of(snapshot),
        )
    )
    _tell_caveat(prose, snapshot)
    draft.paragraph(prose, draft.cite.snapshot(snapshot), key="of")
    section = None
    for tabulation in material.tables:
        if tabulation.kind in LEFT_TO_THEIR_PAGE:
            continue
        if tabulation.section is not section:
            section = tabulation.section
            draft.heading(draft.quoted(section.title))
        _write_question(draft, tabulation, snapshot)


def write_result_tables(draft: Draft, material: Material) -> None:
    """The tables behind the sentences, in the annex."""
    snapshot = material.snapshot
    if snapshot is None:
        return
    draft.heading(draft.said(lambda: _("Tables of the questionnaire")))
    prose = draft.prose()
    _tell_caveat(prose, snapshot)
    draft.paragraph(prose, draft.cite.snapshot(snapshot), key="caveat")
    for tabulation in material.tables:
        if tabulation.kind in LEFT_TO_THEIR_PAGE:
            continue
        if tabulation.grid:
            _write_grid(draft, tabulation, snapshot)
        elif tabulation.rows and tabulation.kind not in FIGURES:
            _write_rows(draft, tabulation, snapshot)


def _tell_caveat(prose: Prose, snapshot: Snapshot) -> None:
    if snapshot.caveat:
        caveat = prose.original(snapshot.caveat)
        prose.say(lambda: caveat)
    if snapshot.includes_synthetic:
        prose.say(lambda: _("They include sample data made for a demonstration."))
    prose.say(lambda: _("Figures so small that someone could be recognised are not shown."))


def _write_question(draft: Draft, tabulation: Tabulation, snapshot: Snapshot) -> None:
    prose = draft.prose()
    question = prose.original(tabulation.title)
    prose.say(lambda: _("Question %(code)s, “%(text)s”.", code=tabulation.question, text=question))
    prose.say(lambda: _whom(tabulation, snapshot))
    if tabulation.spread:
        _tell_spread(prose, tabulation.spread)
    if tabulation.kind is Kind.MONEY:
        for row in tabulation.rows:
            _tell_amounts(prose, row)
    for note in tabulation.notes:
        prose.say(lambda note=note: str(note))  # type: ignore[misc]
    if tabulation.rows and not tabulation.grid and tabulation.kind not in FIGURES:
        _tell_most_frequent(draft, prose, tabulation)
    draft.paragraph(prose, draft.cite.snapshot(snapshot), key=tabulation.question)


def _tell_most_frequent(draft: Draft, prose: Prose, tabulation: Tabulation) -> None:
    """The answers given most often, with their share; never one whose figure is hidden."""
    told = [row for row in tabulation.rows if row.label is not NO_ANSWER_LABEL and row.hidden is None and row.percent]
    if not told:
        prose.say(lambda: _("The figures are too small to be shown."))
        return
    told.sort(key=lambda row: -(row.share or 0))  # stable: what is equal keeps the order of the questionnaire
    named = [(_words(draft, row.label), row.percent or 0) for row in told[:MOST_TOLD]]
    places = [(prose.original(label), share) for label, share in named]
    prose.say(
        lambda: _(
            "Most frequent answers: %(list)s.",
            list=join_list(
                [_("%(answer)s (%(share)s)", answer=place, share=percent(share)) for place, share in places]
            ),
        )
    )


def _whom(tabulation: Tabulation, snapshot: Snapshot) -> str:
    """How many this question rests on, as far as that may be told."""
    whom = respondents_of(snapshot)
    if tabulation.asked is None:
        return _("Of the %(respondents)s that answered, some were asked this.", respondents=whom)
    if tabulation.precision is Precision.ROUNDED:
        return _(
            "Of the %(respondents)s that answered, about %(asked)s were asked this.",
            respondents=whom,
            asked=tabulation.asked,
        )
    if tabulation.answered is None:
        return _(
            "Of the %(respondents)s that answered, %(asked)s were asked this.", respondents=whom, asked=tabulation.asked
        )
    return _(
        "Of the %(respondents)s that answered, %(asked)s were asked this and %(answered)s gave an answer.",
        respondents=whom,
        asked=tabulation.asked,
        answered=tabulation.answered,
    )


def _tell_amounts(prose: Prose, row: Row) -> None:
    """Amounts of one currency: none is left out because too few answered in it for a median."""
    if spread := row.spread:
        prose.say(lambda: _("%(currency)s: median %(figure)s.", currency=row.label, figure=_plain(spread.median)))
    elif row.label is not NO_ANSWER_LABEL and row.hidden:
        prose.say(lambda: _("%(currency)s: %(mark)s.", currency=row.label, mark=row.mark))
    elif row.label is not NO_ANSWER_LABEL and row.count:
        prose.say(
            lambda: ngettext(
                "%(currency)s: %(num)s answer, too few for a median.",
                "%(currency)s: %(num)s answers, too few for a median.",
                row.count or 0,
                currency=row.label,
            )
        )


def _plain(figure: float | Decimal) -> str:
    """A figure as the language writes it, thousands not set apart: it may be a year."""
    return format_decimal(figure, "0.###")


def _tell_spread(prose: Prose, spread: Spread) -> None:
    prose.say(lambda: _("Median: %(figure)s.", figure=_plain(spread.median)))
    lower, upper = spread.lower, spread.upper
    if lower is not None and upper is not None:
        prose.say(
            lambda: _(
                "The middle half is between %(low)s and %(high)s.",
                low=_plain(lower),
                high=_plain(upper),
            )
        )


def _write_rows(draft: Draft, tabulation: Tabulation, snapshot: Snapshot) -> None:
    told = [row for row in tabulation.rows if row.label is not NO_ANSWER_LABEL]  # that is in the sentence above
    if all(row.hidden for row in told):
        return
    titles = columns(draft, lambda: _("Answer"), lambda: _("Share of those asked"), lambda: name_of(snapshot))
    rows = [[_words(draft, row.label), _bar(row), _figure(draft, row)] for row in told]
    if all(row.share is None for row in told):
        titles, rows = [titles[0], titles[2]], [[label, figure] for label, _share, figure in rows]
    draft.table(
        _caption(draft, tabulation),
        titles,
        rows,
        draft.cite.snapshot(snapshot),
        note=_note(draft, snapshot),
        key=tabulation.question,
    )


def _write_grid(draft: Draft, tabulation: Tabulation, snapshot: Snapshot) -> None:
    titles = [*columns(draft, lambda: _("Answer")), *(_words(draft, label) for label in tabulation.columns)]
    rows = [_grid_row(draft, row) for row in tabulation.grid]
    draft.table(
        _caption(draft, tabulation),
        titles,
        rows,
        draft.cite.snapshot(snapshot),
        note=_note(draft, snapshot),
        key=tabulation.question,
    )


def _caption(draft: Draft, tabulation: Tabulation) -> Words:
    title = Words(tabulation.title)

    def caption() -> str:
        code = (get_locale() or LOCALES["en"]).language
        return _("%(title)s (question %(code)s)", title=title.in_(code, "en")[0], code=tabulation.question)

    return draft.each(caption)


def _grid_row(draft: Draft, row: GridRow) -> list[Cell]:
    return [_words(draft, row.label), *(_figure(draft, cell) for cell in row.cells)]


def _bar(row: Row) -> Cell:
    return {"bar": row.percent, "of": 100}


def _figure(draft: Draft, row: Row) -> Cell:
    return row.count if row.hidden is None else {"mark": _words(draft, row.mark)}


def _words(draft: Draft, label: Label) -> Words:
    """A label of the questionnaire as it is, one of ours in each language."""
    return Words(label) if isinstance(label, dict) else draft.each(lambda: str(label))


def _note(draft: Draft, snapshot: Snapshot) -> Prose:
    """Wherever a figure is printed, its n is; its date comes with the source, and the caveat opens the chapter."""
    return draft.said(lambda: _("n = %(n)s.", n=snapshot.responses))
