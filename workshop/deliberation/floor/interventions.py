"""What the speakers' list adds to the record of a session: who spoke, by category, and for how long."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.capture.queries import said_from_the_floor
from workshop.platform.db import Database, now
from workshop.platform.i18n import clock
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.models import MeetingMode

from . import queries, rules
from .models import FloorRequest


@said_from_the_floor.by
def speaking_times(session: Database, place: Session) -> Iterator[str]:
    """A sentence for each category that spoke, in the order of protocol."""
    requests = session.scalars(queries.requests_of(place)).all()
    for each in rules.speaking_time(requests, at=now()):
        yield ngettext(
            "%(category)s: %(num)s intervention, %(time)s min (%(share)s %%)",
            "%(category)s: %(num)s interventions, %(time)s min (%(share)s %%)",
            each.turns,
            category=each.category.label,
            time=rules.minutes_and_seconds(each.seconds),
            share=each.share,
        )


def as_rows(
    requests: Iterable[FloorRequest], mode: MeetingMode, zone: str, *, at: datetime
) -> Iterator[Sequence[object]]:
    """The list as a table. A column for names exists on record only."""
    named = mode is MeetingMode.ON_RECORD
    heads = (_("Request"), _("Category of speaker"), *([_("Called as")] if named else []))
    yield (*heads, _("Asked at"), _("Status"), _("Began at"), _("Seconds used"), _("Seconds allowed"))
    for each in requests:
        began = clock(each.started_at, zone) if each.started_at else ""
        names = [rules.name_shown(each, mode)] if named else []
        facts = (clock(each.asked_at, zone), str(each.state.label), began, each.seconds(at), each.limit)
        yield (each.number, str(each.category.label), *names, *facts)
