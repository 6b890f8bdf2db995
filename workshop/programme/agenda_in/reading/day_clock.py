"""What times of a whole agenda tell together: a day's clock goes forward, a night ends on the next day, an order of figures."""

from collections.abc import Sequence
from datetime import time, timedelta
from itertools import pairwise

from flask_babel import gettext as _

from ..prose.calendar_days import Day
from .agenda_file import Agenda, Session, When

WRITTEN = {"text", "html", "docx", "pdf", "pptx", "odt", "csv", "xlsx"}  # by people, who may leave out "p.m."
EVENING = time(17)


def settle_times(agenda: Agenda, *, month_first: bool | None) -> None:
    """Afternoons without "p.m.", ends after midnight, and which figure of 9/3/2026 is the month."""
    _settle_days(agenda, month_first)
    if agenda.kind in WRITTEN:
        _go_forward(agenda)
    for session in agenda.sessions:
        _over_midnight(agenda, session)


def _later(clock: time) -> time:
    return time(clock.hour + 12, clock.minute) if clock.hour < 12 else clock


def _go_forward(agenda: Agenda) -> None:
    """1:30 after 12:30 is half past one in the afternoon, where no time of the file counts beyond noon."""
    clocks = [each for s in agenda.sessions for each in (s.when.start, s.when.end) if each]
    if any(each.hour >= 13 for each in clocks) and not _falls_back(agenda.sessions):
        return
    before: When | None = None
    for session in agenda.sessions:
        when = session.when
        if when.start is None:
            continue
        last = before.start if before and before.day == when.day else None
        falls = last and when.start < last < _later(when.start) and when.start.hour < 9
        if falls and not _parallel(before, when):
            _tell(agenda, session, when.start, _later(when.start))
            when.start = _later(when.start)
            when.end = _later(when.end) if when.end and when.end < when.start else when.end
        elif when.end and when.end <= when.start < _later(when.end) and _hours(when.start, _later(when.end)) <= 8:
            _tell(agenda, session, when.end, _later(when.end))
            when.end = _later(when.end)
        before = when


def _falls_back(sessions: Sequence[Session]) -> bool:
    """Whether the clock of a day falls from noon to an early hour: only a clock of twelve hours does."""
    return any(
        one.when.start
        and two.when.start
        and one.when.day == two.when.day
        and time(11) <= one.when.start < time(13)
        and time(1) <= two.when.start < time(6)
        for one, two in pairwise(sessions)
    )


def _parallel(before: When | None, when: When) -> bool:
    return before is not None and before.end is not None and when.end is not None and before.end == when.end


def _hours(start: time, end: time) -> float:
    return (end.hour * 60 + end.minute - start.hour * 60 - start.minute) / 60


def _tell(agenda: Agenda, session: Session, was: time, now: time) -> None:
    agenda.remark(
        agenda.rows[session.row].place,
        _(
            "%(was)s comes after a later time of the same day; it was read as %(now)s.",
            was=f"{was.hour}:{was.minute:02}",
            now=now.strftime("%H:%M"),
        ),
    )


def _over_midnight(agenda: Agenda, session: Session) -> None:
    """An end before the beginning is the next day, in the evening; at any other hour it is a mistake, and told."""
    when = session.when
    if when.start is None or when.end is None or when.end > when.start or when.nights:
        return
    if when.start >= EVENING or when.end == time(0):
        when.nights = 1
        agenda.remark(agenda.rows[session.row].place, _("The session ends on the next day."))
        return
    agenda.remark(
        agenda.rows[session.row].place,
        _(
            "The end, %(end)s, comes before the beginning, %(start)s; the end was left out.",
            start=when.start.strftime("%H:%M"),
            end=when.end.strftime("%H:%M"),
        ),
    )
    when.end = None


def _settle_days(agenda: Agenda, month_first: bool | None) -> None:
    """One order of day and month for the whole file: as the person says, as some date proves, or else asked."""
    days = [each.when.day for each in agenda.sessions if each.when.day and each.when.day.month_first]
    open_days = sorted(
        {(day.day, day.month_first) for day in days if day.day and day.month_first and day.day != day.month_first}
    )
    if not open_days:
        return
    if month_first is None:
        proof = any(each.when.day and each.when.day.day_first for each in agenda.sessions)
        month_first = False if proof else _order(days)
    first = agenda.rows[agenda.sessions[0].row].place
    if month_first is None:
        agenda.day_order = open_days[0]
        agenda.remark(
            first, _("The order of day and month in the dates cannot be told; say which is meant before you import.")
        )
    for session in agenda.sessions:
        day = session.when.day
        if day is None or day.month_first is None:
            continue
        if month_first is None:
            session.when.day = session.when.start = session.when.end = None
        elif month_first:
            session.when.day = Day(day=day.month_first)
    if month_first:
        agenda.remark(first, _("The dates were read with the month first."))
    elif month_first is not None:
        agenda.remark(first, _("The dates were read with the day first."))


def _order(days: Sequence[Day]) -> bool | None:
    """Whether the month stands first: some date proves it, or the days lie together only one way. None: open."""
    if any(day.day == day.month_first and day.day and day.day.day > 12 for day in days):
        return True  # the second figure is above twelve
    one = sorted({day.day for day in days if day.day})
    other = sorted({day.month_first for day in days if day.month_first})
    if len(one) < 2:
        return None
    near, far = timedelta(days=14), timedelta(days=25)
    spread, spread_other = one[-1] - one[0], other[-1] - other[0]
    if spread_other <= near and spread >= far:
        return True
    return False if spread <= near and spread_other >= far else None
