"""What a worker does with an agenda, and a request with a small one: say what taking it in would do, and do it."""

from dataclasses import asdict, replace

from workshop.platform import audit, files, import_steps
from workshop.platform.db import db, now
from workshop.platform.foreign.uploaded_files import shown_name
from workshop.platform.import_steps import Result
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import queries
from .apply.record import Taking
from .import_report import AgendaReport
from .models import AgendaImport
from .reading.agenda_file import Agenda
from .reading.recognition import read
from .rules import refuse_unanswered, take_in

READ, TAKE = "agenda_in.read", "agenda_in.take"


@import_steps.reads(READ)
def read_agenda(*, number: int, overwrite: int) -> Result:
    """The report, the columns as they are understood, and what must be asked before it is taken in."""
    waiting = db.session.get_one(AgendaImport, number)
    agenda = stored_agenda(waiting)
    _taking, report = compare(waiting.workshop, agenda, overwrite=bool(overwrite))
    return {
        "report": report.packed(),
        "seen": report.fingerprint(),
        "columns": [asdict(each) for each in agenda.columns],
        "day_order": [each.isoformat() for each in agenda.day_order or ()],
        "guessed": agenda.must_confirm,
    }


@import_steps.takes(TAKE)
def take_agenda(*, number: int, overwrite: int, seen: str, who: int) -> Result:
    """Take in what was seen. A second time nothing is done."""
    waiting = db.session.get_one(AgendaImport, number)
    agenda = stored_agenda(waiting)
    workshop = db.session.scalars(lock_workshop(waiting.workshop)).one()
    db.session.refresh(waiting)
    if waiting.taken_at:
        return {}
    refuse_unanswered(agenda)
    taking, report = compare(workshop, agenda, overwrite=bool(overwrite))
    report.refuse_unseen(seen)
    waiting.taken_at, waiting.report = now(), report.as_stored()
    filename = f"{workshop.slug}, {waiting.filename}"
    db.session.add_all([*taking.added, audit.record("import agenda", filename, who=who, at=now())])
    return {}


def stored_agenda(waiting: AgendaImport) -> Agenda:
    setting = queries.setting(db.session, waiting.workshop)
    setting = replace(setting, language=waiting.language, month_first=waiting.month_first)
    name = shown_name(waiting.filename) if waiting.filename else ""
    return read(files.get(waiting.stored_as), setting, name=name)


def compare(workshop: Workshop, agenda: Agenda, *, overwrite: bool) -> tuple[Taking, AgendaReport]:
    """What taking the agenda would do, written in memory only: the caller commits it or rolls it back."""
    with db.session.no_autoflush:
        taking = take_in(agenda, queries.known_of_workshop(db.session, workshop), at=now(), overwrite=overwrite)
        return taking, taking.comparison.report(overwrite=overwrite)
