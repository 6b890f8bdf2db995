"""An agenda from a file taken into the draft of a workshop.

Nothing is removed, nothing typed here is overwritten unless asked for, and the same file twice changes nothing.
Plain functions on loaded rows; the caller holds the workshop, adds `Taking.added`, and commits or rolls back.
No database, no request, no clock.
"""

from datetime import datetime

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import day
from workshop.platform.rendering import comma
from workshop.programme.agenda.models import Session

from .apply import matching
from .apply.items import take_inside
from .apply.record import Taking, WorkshopContents
from .apply.sessions import add_session, match_sessions, numbers_for, update_session, was_removed
from .import_report import Comparison
from .models import Of
from .reading import agenda_file as read


def take_in(agenda: read.Agenda, known: WorkshopContents, *, at: datetime, overwrite: bool = False) -> Taking:
    """Compare and write, in memory. Whatever went wrong with an entry is in the report."""
    taking = Taking(known, Comparison(agenda), at, overwrite)
    matched = match_sessions(agenda.sessions, taking)
    new = [each for each in agenda.sessions if matched.of(each) is None and not was_removed(each, taking)]
    numbers = numbers_for(new, taking)
    for theirs in agenda.sessions:
        row = matched.of(theirs)
        if row is not None:
            update_session(row, theirs, taking)
        elif id(theirs) in numbers:
            row = add_session(theirs, numbers[id(theirs)], taking)
        if row is not None:
            take_inside(row, theirs, taking)
    tell_of_the_gone(matched, agenda, taking)
    return taking


def refuse_unanswered(agenda: read.Agenda) -> None:
    """What the file leaves open is asked, never guessed."""
    if agenda.day_order:
        one, other = (day(each, "long") for each in agenda.day_order)
        raise RuleBroken(
            _(
                "Nothing was imported. Say first whether dates such as the first one mean %(one)s or %(other)s.",
                one=one,
                other=other,
            )
        )
    if agenda.must_confirm:
        raise RuleBroken(_("Nothing was imported. The columns were guessed: confirm first what they contain."))


def tell_of_the_gone(matched: matching.Matched[read.Session, Session], agenda: read.Agenda, taking: Taking) -> None:
    """Sessions of an earlier import that this file, which has most of the others, does not have."""
    imported = [row for row in matched.left if taking.last(Of.SESSION, row)]
    if imported and len(imported) <= len(agenda.sessions):
        names = comma().join(f"“{row.title.in_(agenda.language)[0]}”" for row in imported)
        taking.comparison.kept.append(
            read.Remark(
                _("the whole file"),
                _(
                    "An earlier import had these sessions and this file does not; they are kept: %(names)s.",
                    names=names,
                ),
            )
        )
