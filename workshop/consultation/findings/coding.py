"""Questions answered by choosing: one, several, in an order, or one for each row."""

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Kind, Question
from workshop.platform.db import Words

from .counting import NO_ANSWER_LABEL, NOTHING_SHOWN, Count, labels_of, remarks
from .freezing import CHOSEN, FIRST, NO_ANSWER, UNRANKED
from .result_tables import GridRow, Label, Tabulation
from .suppression import Hidden, is_small, protect_choices

RANKED_FIRST = _l("Ranked first")


def tabulate_codes(count: Count) -> Tabulation:
    """One answer out of a list."""
    (column,), question = count.columns, count.question
    no_answer, *counts = count.tally(column)
    cells, left = count.protect(counts, no_answer)
    count.sheet.hide(column, dict(enumerate([left, *cells], NO_ANSWER)))
    labels = _step_labels(question) if question.type is Kind.SCALE else labels_of(question)
    return count.result(left, list(map(count.row, labels, cells)), remarks(counts, cells))


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
    """How often each option was ranked at all; and how often first, where nothing of the question is hidden.

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
    for column in count.columns:
        count.sheet.hide(column, dict.fromkeys(range(NO_ANSWER, FIRST + len(column.options)), Hidden.WITHHELD))
    labels, among = labels_of(question), _l("Among the first %(places)s", places=question.places)
    small = any(is_small(n, k) for pair in zip(first, ranked, strict=True) for n in (pair[0], pair[1] - pair[0]))
    if small or count.untold or any(isinstance(figure, Hidden) for figure in (*at_all, left)):
        said = _l("How often each was ranked among the first %(places)s.", places=question.places)
        return count.result(left, list(map(count.row, labels, at_all)), (said, *remarks(ranked, at_all)))
    grid = [
        GridRow(label, tuple(map(count.row, (RANKED_FIRST, among), figures)))
        for label, *figures in zip(labels, first, at_all, strict=True)
    ]
    return count.result(left, (), columns=(RANKED_FIRST, among), grid=grid)


def matrix(count: Count) -> Tabulation:
    """One answer for each row; each row is a partition of those asked."""
    columns: tuple[Label, ...] = (*(column.label for column in count.question.columns), NO_ANSWER_LABEL)
    grid = []
    for option, column in zip(count.question.rows, count.columns, strict=True):
        no_answer, *counts = count.tally(column)
        cells, left = count.protect(counts, no_answer)
        grid.append(GridRow(option.label, tuple(map(count.row, columns, [*cells, left]))))
    all_hidden = all(cell.suppressed for each in grid for cell in each.cells)
    return count.bare((NOTHING_SHOWN,) if all_hidden else (), columns=columns, grid=tuple(grid))
