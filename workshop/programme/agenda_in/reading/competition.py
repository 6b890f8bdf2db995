"""Readers compete: each reads the same lines its own way, and the one that explains most of them is believed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from workshop.platform.foreign.sandbox import Unreadable

from ..prose.calendar_days import Day
from ..prose.line_marks import NUMBERED
from ..prose.page_beginning import part_of_the_agenda
from ..prose.running_text import Prose, read_in_layout
from ..prose.session_contents import Layout
from ..prose.session_starts import Alone, Kind, Mark, clock_plan, mark_lines, starts
from ..prose.text_lines import Line, refuse_too_many
from .agenda_file import Agenda, Session

ENOUGH = 0.45  # of the lines, for a text to be an agenda


@dataclass
class Reading:
    """What one reader made of the lines, and how much of them it explains."""

    agenda: Agenda
    prose: Prose
    unexplained_times: int = 0
    bonus: float = 0

    @property
    def share(self) -> float:
        return max(0.0, self.prose.explained - self.unexplained_times) / max(1, self.prose.total)

    @property
    def score(self) -> float:
        return (self.share + self.bonus) if self.agenda.sessions else 0


def read_lines(lines: Sequence[Line], agenda: Agenda, day: Day | None = None, *, alone: bool = True) -> Day | None:
    """Read these lines into the agenda, after what it holds already; the day that holds at their end.

    `alone` is False where tables of the same file hold the programme: then only times make sessions of lines.
    """
    refuse_too_many(lines)
    if not lines:
        return day
    readings = list(_readings(lines, agenda, day))
    best = max(readings, key=lambda each: each.score)
    new = len(best.agenda.sessions) - len(agenda.sessions)
    timed = any(session.when.start for session in best.agenda.sessions[len(agenda.sessions) :])
    fresh = best.agenda.sessions[len(agenda.sessions) :]
    weak = sum(not is_evident(session) for session in fresh)
    if alone and new and not timed and (best.share < ENOUGH or weak * 2 > len(fresh)):
        refuse(best, lines)
    if not alone and not timed:
        return _last_day(mark_lines(lines)) or day
    if not new:
        return _last_day(mark_lines(lines)) or day
    agenda.sessions, agenda.rows, agenda.remarks = best.agenda.sessions, best.agenda.rows, best.agenda.remarks
    return best.prose.when.day


def is_evident(session: Session) -> bool:
    """Whether more than a short line says that this is a session."""
    inside = session.questions or session.groups or any(session.everybody()) or any(session.all_documents())
    return bool(session.number is not None or session.format or inside)


def refuse(best: Reading, lines: Sequence[Line]) -> None:
    raise Unreadable(
        _(
            "This does not read like an agenda: %(read)s of %(lines)s lines could be explained, and none has a time. "
            "Nothing was created. Begin each session with its time (10:00–11:30), or use a table whose columns you "
            "can name on the next page. The first line is: “%(first)s”.",
            read=round(best.prose.explained),
            lines=best.prose.total,
            first=lines[0].text[:80],
        )
    )


def _readings(lines: Sequence[Line], agenda: Agenda, day: Day | None) -> Iterator[Reading]:
    """Every way in which the lines can be read."""
    whole = mark_lines(lines)
    if starts(whole) or any(mark.kind is Kind.TIME for mark in whole):
        for alone in Alone:
            scratch = copy_of(agenda)
            marks, before = _from_the_beginning(lines, whole, scratch, day)
            plan = clock_plan(marks, alone)
            prose = read_in_layout(plan, Layout.CLOCK, scratch, before)
            yield Reading(scratch, prose, bonus=min(0.5, 0.25 * starts(plan)))
    scratch = copy_of(agenda)
    kept = part_of_the_agenda(lines, scratch)
    if any(line.loose for line in kept):
        place = next(line.place for line in kept if line.loose)
        scratch.remark(place, _("Bullets have no text; speakers were matched to titles by their order."))
    marks = mark_lines(kept)
    outlined = sum(bool(NUMBERED.match(line.text) or line.heading) for line in kept) >= 2
    layout = Layout.MARKS if outlined else Layout.LOOSE
    _tell_title(marks, scratch)
    unclocked = [
        replace(mark, kind=Kind.TEXT, text=mark.line.text, span=None)
        if mark.kind is Kind.SESSION
        or (mark.kind is Kind.TIME and not mark.day)
        or (mark.kind is Kind.DAY and mark.text)
        else replace(mark, kind=Kind.DAY)
        if mark.kind is Kind.TIME
        else mark
        for mark in marks
    ]
    prose = read_in_layout(unclocked, layout, scratch, day)
    unexplained = sum(
        mark.span is not None and mark.kind in {Kind.SESSION, Kind.TIME} for mark in unclocked_times(marks)
    )
    yield Reading(scratch, prose, unexplained, bonus=min(0.6, 0.2 * prose.lengths))


def _tell_title(marks: Sequence[Mark], scratch: Agenda) -> None:
    """One heading above all others is the name of the meeting, no session."""
    levels = [mark.line.heading for mark in marks if mark.line.heading]
    if len(levels) > 1 and levels.count(min(levels)) == 1:
        top = next(mark for mark in marks if mark.line.heading == min(levels))
        if top is marks[0] or top.line.heading == 1:
            top.kind = Kind.CONSUMED
            said = _("“%(text)s” is the name of the meeting; no session was made of it.", text=top.line.text[:80])
            scratch.remark(top.line.place, said)


def unclocked_times(marks: Sequence[Mark]) -> list[Mark]:
    """Lines whose time an outline leaves unexplained: all but those that give the hours of a day."""
    return [mark for mark in marks if not mark.day]


def _from_the_beginning(
    lines: Sequence[Line], whole: Sequence[Mark], scratch: Agenda, day: Day | None
) -> tuple[list[Mark], Day | None]:
    """What stands under the heading "Agenda", unless sessions begin before it; and the day named before."""
    kept = part_of_the_agenda(lines, copy_of(scratch))
    cut = len(lines) - len(kept)
    if not cut or starts(whole[:cut]):
        return list(whole), day
    part_of_the_agenda(lines, scratch)
    return list(whole[cut:]), _last_day(whole[:cut]) or day


def _last_day(marks: Sequence[Mark]) -> Day | None:
    return next((mark.day for mark in reversed(marks) if mark.day), None)


def copy_of(agenda: Agenda) -> Agenda:
    """The same agenda so far, for one reader to go on with."""
    return replace(
        agenda, sessions=[*agenda.sessions], rows=[*agenda.rows], remarks=[*agenda.remarks], columns=[*agenda.columns]
    )
