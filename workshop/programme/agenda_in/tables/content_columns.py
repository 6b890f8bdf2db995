"""Columns whose headings say nothing, guessed by what stands in them: for the person to confirm."""

from collections.abc import Sequence

from ..prose import clocks
from ..prose.calendar_days import read_day
from ..prose.speaker_lists import is_person

MOST = 0.6  # of the filled cells, for a column to be of a kind


def guess_by_content(headings: Sequence[str], fields: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The fields, with those added that the cells give away; the longest text that differs is the session."""
    guessed = list(fields)
    cells = {
        column: [row[column].strip() for row in body[:60] if column < len(row) and row[column].strip()]
        for column in range(len(headings))
    }
    given = {each.partition(":")[0] for each in guessed if each}
    for column, said in cells.items():
        if guessed[column] or not said:
            continue
        name = _kind(said, given)
        if name and name not in given:
            guessed[column] = name
            given.add(name)
    if "session" not in given:
        free = [column for column, said in cells.items() if not guessed[column] and said]
        best = max(free, key=lambda column: _weight(cells[column], len(body)), default=None)
        if best is not None:
            guessed[best] = "session"
    return guessed


def _kind(said: Sequence[str], given: set[str]) -> str:
    def share(test: object) -> float:
        return sum(bool(test(each)) for each in said) / len(said)  # type: ignore[operator]

    if share(read_day) >= MOST:
        return "day" if "day" not in given else "end_day"
    if share(lambda each: (span := clocks.read_span(each)) and span[1]) >= MOST:
        return "time"
    if share(clocks.read_span) >= MOST:
        return "start" if "start" not in given else "end"
    return "people_speaker" if share(lambda each: is_person(each.split(",")[0])) >= MOST else ""


def _weight(said: Sequence[str], rows: int) -> float:
    """How much a column looks like titles: many different texts, neither codes nor paragraphs."""
    different = len(set(said)) / max(1, rows)
    length = sum(map(len, said)) / len(said)
    return different * (min(length, 60) - max(0, length - 120) / 4)
