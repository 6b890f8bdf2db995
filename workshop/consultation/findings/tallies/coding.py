"""Questions answered by choosing: one, several, in an order, or one for each row."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain
from statistics import median

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Kind, Question
from workshop.platform.db import Words

from ..counting import NO_ANSWER_LABEL, NOTHING_SHOWN, Count, labels_of, remarks
from ..freezing import CHOSEN, FIRST, NO_ANSWER, UNRANKED
from ..result_tables import GridRow, Label, Tabulation
from ..suppression import Figure, Hidden, is_small, protect_choices

RANKED_FIRST = _l("Ranked first")
POINTS = _l("Points: the first place counts as many as there are places, the last one counts one.")


def tabulate_codes(count: Count) -> Tabulation:
    """One answer out of a list."""
    (column,), question = count.columns, count.question
    no_answer, *counts = count.tally(column)
    cells, left = count.protect(counts, no_answer)
    count.sheet.hide(column, dict(enumerate([left, *cells], NO_ANSWER)))
    if question.type is Kind.SCALE:
        rows = list(map(count.row, _step_labels(question), cells))
        return count.result(left, rows, remarks(counts, cells), median=_median(question, cells))
    return count.result(left, list(map(count.row, labels_of(question), cells)), remarks(counts, cells))


def _median(question: Question, cells: Sequence[Figure]) -> Decimal | None:
    """The middle step of a scale. It is told only where every step is, so it says nothing that the steps do not."""
    shown = [cell for cell in cells if not isinstance(cell, Hidden)]
    if len(shown) < len(cells) or not any(shown):
        return None
    answers = chain.from_iterable([Decimal(step)] * cell for step, cell in zip(question.steps, shown, strict=True))
    return median(list(answers))


def _step_labels(question: Question) -> list[Label]:
    """The steps of a scale, the ends with their words."""
    labels: list[Label] = [str(step) for step in question.steps]
    for end, words in ((0, question.low), (-1, question.high)):
        if words:
            labels[end] = Words({code: f"{question.steps[end]} {text}" for code, text in words.items()})
    return labels


def many(count: Count) -> Tabulation:
    """Several answers out of a list. Those who chose an exclusive one ("None") are a cell beside all the others."""
    question = count.question
    tallies = [count.tally(column) for column in count.columns]
    chosen = [tally[CHOSEN - NO_ANSWER] for tally in tallies]
    alone = [index for index, option in enumerate(question.options) if option.exclusive]
    several = [index for index in range(len(tallies)) if index not in alone]
    no_answer = tallies[0][0]
    parts = [count.asked - no_answer - sum(chosen[i] for i in alone), *(chosen[i] for i in alone)]
    (some, *exclusive), left = count.protect(parts, no_answer)
    overlapping = protect_choices(
        [chosen[i] for i in several],
        among=parts[0],
        known=count.known_sum([some], [*exclusive, left]),
        most=question.max_choices,
        k=count.k,
    )
    by_index = dict(zip([*alone, *several], [*exclusive, *overlapping], strict=True))
    cells = [by_index[index] for index in range(len(tallies))]
    for column, cell in zip(count.columns, cells, strict=True):
        unchosen = Hidden.WITHHELD if isinstance(cell, Hidden) or isinstance(left, Hidden) else 0
        count.sheet.hide(column, {NO_ANSWER: left, FIRST: unchosen, CHOSEN: cell})
    return count.result(left, list(map(count.row, labels_of(question), cells)), remarks(chosen, cells))


def rank(count: Count) -> Tabulation:
    """How often each option was ranked at all; how often first, where nothing of the question is hidden; and its points,
    where no place holds few people.

    The more columns, the more sums: a single small figure in a table of places would take most of the others with it.
    """
    question, k = count.question, count.k
    tallies = [count.tally(column) for column in count.columns]
    first = [tally[UNRANKED + 1 - NO_ANSWER] for tally in tallies]
    ranked = [sum(tally[UNRANKED + 1 - NO_ANSWER :]) for tally in tallies]
    no_answer = tallies[0][0]
    answered = count.asked - no_answer
    in_full = sum(ranked) == question.places * answered
    (some,), left = count.protect([answered], no_answer)
    at_all = protect_choices(
        ranked,
        among=answered,
        known=count.known_sum([some], [left]),
        least=question.places if in_full else 1,
        most=question.places,
        k=k,
    )
    for column, figure in zip(count.columns, at_all, strict=True):
        count.sheet.ranked[column.question] = figure
        count.sheet.hide(column, dict.fromkeys(range(NO_ANSWER, FIRST + len(column.options)), Hidden.WITHHELD))
    labels, among = labels_of(question), _l("Among the first %(places)s", places=question.places)
    small = any(is_small(n, k) for pair in zip(first, ranked, strict=True) for n in (pair[0], pair[1] - pair[0]))
    if small or count.untold or any(isinstance(figure, Hidden) for figure in (*at_all, left)):
        said = _l("How often each was ranked among the first %(places)s.", places=question.places)
        return count.result(left, list(map(count.row, labels, at_all)), (said, *remarks(ranked, at_all)))
    places = [tally[UNRANKED + 1 - NO_ANSWER :] for tally in tallies]
    open_places = not any(is_small(n, k) for tally in places for n in tally)
    grid = [
        GridRow(label, tuple(map(count.row, (RANKED_FIRST, among), figures)), _points(tally) if open_places else None)
        for label, tally, *figures in zip(labels, places, first, at_all, strict=True)
    ]
    return count.result(left, (), (POINTS,) if open_places else (), columns=(RANKED_FIRST, among), grid=grid)


def _points(tally: Sequence[int]) -> int:
    """As many points as there are places for each first one, down to one for each last."""
    return sum(points * number for points, number in enumerate(reversed(tally), 1))


def matrix(count: Count) -> Tabulation:
    """One answer for each row; each row is a partition of those asked."""
    columns: tuple[Label, ...] = (*(column.label for column in count.question.columns), NO_ANSWER_LABEL)
    grid = []
    for option, column in zip(count.question.rows, count.columns, strict=True):
        no_answer, *counts = count.tally(column)
        cells, left = count.protect(counts, no_answer)
        count.sheet.hide(column, dict(enumerate([left, *cells], NO_ANSWER)))
        grid.append(GridRow(option.label, tuple(map(count.row, columns, [*cells, left]))))
    all_hidden = all(cell.suppressed for each in grid for cell in each.cells)
    return count.bare((NOTHING_SHOWN,) if all_hidden else (), columns=columns, grid=tuple(grid))
