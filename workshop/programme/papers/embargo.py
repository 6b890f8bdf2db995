"""Until when the file of a published document is not handed out."""

from datetime import date, datetime, time

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.programme.agenda import times

from .models import Document, Embargo


def ends_at(document: Document) -> datetime | None:
    """When it ends; None where there is none, or where the session has no time yet."""
    return end(document.embargo, document.embargo_until, document.session.ends_at)


def end(kind: Embargo, until: datetime | None, session_ends_at: datetime | None) -> datetime | None:
    return {Embargo.NONE: None, Embargo.UNTIL: until, Embargo.SESSION_ENDS: session_ends_at}[kind]


def is_over(kind: Embargo, end: datetime | None, *, at: datetime) -> bool:
    """Whether the file is free. At the very moment it ends it is; without a known end it is not."""
    return kind is Embargo.NONE or (end is not None and end <= at)


def holds(document: Document, *, at: datetime) -> bool:
    return not is_over(document.embargo, ends_at(document), at=at)


def moment(kind: Embargo, day: date | None, clock: time | None, zone: str) -> datetime | None:
    """The end as typed, in the zone of the workshop. Raises RuleBroken where a part is missing."""
    if kind is not Embargo.UNTIL:
        return None
    if day is None or clock is None:
        text = _("Give the day and the time until which it is under embargo.")
        raise RuleBroken(text, "embargo_day" if day is None else "embargo_time")
    return times.moment(day, clock, zone, field="embargo_time")


def as_form_data(document: Document) -> dict[str, object]:
    """The end as a form shows it."""
    if document.embargo_until is None:
        return {"embargo_day": None, "embargo_time": None}
    day, clock = times.local(document.embargo_until, document.workshop.zone)
    return {"embargo_day": day, "embargo_time": clock}
