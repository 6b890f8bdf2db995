"""Where sessions begin in an agenda whose sessions have times: at a time that stands first in a line, last in it, or alone.

Which of them a text uses is not asked: each way of reading is a plan, and the plan that explains most is followed.
"""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from ..reading.agenda_words import format_of_title, is_format_alone, plain
from .calendar_days import Day, day_in, is_stamp, read_day
from .clocks import Span, leading_span, trailing_span
from .line_marks import ROOM, is_contact
from .text_lines import Line


class Kind(enum.Enum):
    DAY = enum.auto()
    TIME = enum.auto()  # alone on its line
    SESSION = enum.auto()
    SLOT = enum.auto()  # a part of the session around it, with a time of its own
    CONTACT = enum.auto()
    TEXT = enum.auto()
    CONSUMED = enum.auto()  # told already by the line beside it


class Alone(enum.Enum):
    """Whose time it is that stands alone: of the line after it, or of the line before it."""

    BEFORE = enum.auto()
    AFTER = enum.auto()


@dataclass
class Mark:
    """What one line does. `text` is the line without its time, `beside` what stands beside a day."""

    line: Line
    kind: Kind
    text: str = ""
    day: Day | None = None
    span: Span | None = None
    room: str = ""
    beside: str = ""


def mark_lines(lines: Sequence[Line]) -> list[Mark]:
    """What each line is by itself."""
    return [_mark(line) for line in lines]


def _mark(line: Line) -> Mark:
    text = line.text
    if line.span is not None:
        return Mark(line, Kind.SESSION, text, span=line.span, room=line.room)
    if line.inside:
        return Mark(line, Kind.TEXT, text)
    if read_day(text):
        return Mark(line, Kind.DAY, day=read_day(text))
    if is_stamp(text):
        return Mark(line, Kind.TEXT, text)
    led = leading_span(text)
    span, rest = led or trailing_span(text) or (None, text)
    if span is None:
        if is_contact(text):
            return Mark(line, Kind.CONTACT, text)
        found = day_in(text) if not line.bullet else None
        return Mark(line, Kind.DAY, text, day=found[0], beside=found[1]) if found else Mark(line, Kind.TEXT, text)
    if led is None and len(rest.split()) > 22:
        return Mark(line, Kind.TEXT, text)
    if day := day_in(rest):
        return (
            Mark(line, Kind.TIME, day[1], day=day[0], span=span)
            if len(day[1]) < 4
            else Mark(line, Kind.SESSION, day[1], day=day[0], span=span)
        )
    if not rest:
        return Mark(line, Kind.TIME, span=span)
    rest, room = split_room(rest)
    return Mark(line, Kind.SESSION if rest else Kind.TIME, rest, span=span, room=room)


def split_room(text: str) -> tuple[str, str]:
    """ "Opening | Room A" and "Opening (Salle XX)": the text, and the room."""
    found = ROOM.search(text)
    return (text[: found.start()].rstrip(" |,–—-·("), found[1].strip()) if found else (text, "")


def clock_plan(marks: Sequence[Mark], alone: Alone) -> list[Mark]:
    """The marks with every time given to its session, and the parts of sessions told from sessions."""
    plan = [replace(each) for each in marks]
    _join_halves(plan)
    for place, mark in enumerate(plan):
        if mark.kind is not Kind.TIME:
            continue
        if mark.day and sum(each.kind is Kind.TIME and each.day is not None for each in marks) < 2:
            mark.kind = Kind.DAY  # the hours of the whole day
            continue
        step = 1 if alone is Alone.BEFORE else -1
        other = _neighbour(plan, place, step)
        if other is not None:
            title, room = split_room(other.text)
            other.kind, other.span, other.text = Kind.SESSION, mark.span, title or other.text
            other.room = mark.room or room
            mark.kind = Kind.DAY if mark.day else Kind.CONSUMED
    _find_slots(plan)
    return plan


def _neighbour(plan: Sequence[Mark], place: int, step: int) -> Mark | None:
    """The line of words next to a time; a day in between is passed over only forwards."""
    at = place + step
    if 0 <= at < len(plan) and plan[at].kind is Kind.TEXT and not plan[at].line.bullet and not plan[at].line.inside:
        return plan[at]
    if 0 <= at < len(plan) and plan[at].kind is Kind.TEXT and len(plan[at].text) < 160 and step > 0:
        return plan[at]
    return None


def _join_halves(plan: Sequence[Mark]) -> None:
    """A beginning and an end on two lines are one time."""
    for place in range(len(plan) - 2):
        one, other, third = plan[place : place + 3]
        halves = one.kind is Kind.TIME is other.kind and one.span and other.span and third.kind is Kind.TEXT
        if halves and one.span[1] is None and other.span[1] is None and one.span[0] < other.span[0]:  # type: ignore[index]
            other.span = (one.span[0], other.span[0])  # type: ignore[index]
            other.room, one.kind = other.room or one.room, Kind.CONSUMED


def _find_slots(plan: Sequence[Mark]) -> None:
    """A time within that of the session above is a part of it, unless everybody leaves the room for it."""
    around: Mark | None = None
    for mark in plan:
        if mark.kind is Kind.DAY:
            around = None
        if mark.kind is not Kind.SESSION or mark.span is None:
            continue
        if around is not None and is_within(mark, around):
            mark.kind = Kind.SLOT
        else:
            around = mark


def is_within(mark: Mark, around: Mark) -> bool:
    if mark.span is None or around.span is None or around.span[1] is None:
        return False
    start, end = around.span[0], around.span[1]
    mine, until = mark.span
    shorter = until is not None and (mine, until) != (start, end) and until <= end
    deeper = mark.line.bullet > around.line.bullet or mark.line.indent > around.line.indent
    deeper = deeper or bool(around.line.heading and not mark.line.heading)
    inside = start <= mine < end and (shorter or (until is None and deeper))
    apart = bool(mark.room and around.room and mark.room != around.room)
    return inside and not apart and not is_break(mark.text) and not is_break(around.text)


def is_break(title: str) -> bool:
    kind = format_of_title(title)
    return kind is not None and kind.is_break


def wraps(title: str, following: str) -> bool:
    """Whether a title goes on in the next line, as in the text of a PDF."""
    return bool(re.match(r"[a-zà-ÿ]", following)) and not title.endswith((".", "?", "!", ":")) and len(following) < 90


def starts(marks: Sequence[Mark]) -> int:
    return sum(mark.kind is Kind.SESSION for mark in marks)


def is_bare_format(text: str) -> bool:
    return is_format_alone(text) and plain(text) not in {"presentation", "session", "talk", "panel"}


def midnight(span: Span) -> bool:
    """Whether a span reaches past the end of its day as it is written."""
    return span[1] is not None and span[1] <= span[0] and span[1] <= time(8)
