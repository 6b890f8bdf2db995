"""What a worker does with a list, and a request with a small one: say what would become of every row, and take it in."""

from dataclasses import asdict

from flask_babel import gettext as _

from workshop.platform import audit, files, import_steps
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.import_steps import Result
from workshop.platform.intake import ImportReport
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import queries
from .models import RosterImport
from .roster_entries import read_entries, statuses_in
from .roster_files import RosterFile, read_roster
from .rules import KnownOrganisations, Merging, merge_list

READ, TAKE = "rosters.read", "rosters.take"


@import_steps.reads(READ)
def read_list(*, number: int) -> Result:
    """The columns as they are understood, the answers in the list, who may be here already, and the report."""
    waiting = db.session.get_one(RosterImport, number)
    file = stored_list(waiting)
    fields = file.fields(columns_of_source(waiting.workshop, file))
    merging, report = compare(waiting, file, fields)
    return {
        "columns": [(heading, fields[n], file.examples(n)) for n, heading in enumerate(file.headings)],
        "statuses": statuses_in([row for _number, row in file.rows], fields),
        "duplicates": [asdict(each) for each in merging.duplicates],
        "report": report.packed(),
        "seen": report.fingerprint(),
    }


@import_steps.takes(TAKE)
def take_list(*, number: int, seen: str, who: int) -> Result:
    """Take in what was seen. A second time the report of the first is told."""
    waiting = db.session.get_one(RosterImport, number)
    file = stored_list(waiting)
    workshop = db.session.scalars(lock_workshop(waiting.workshop)).one()
    db.session.refresh(waiting)
    if waiting.taken_at:
        return {"report": dict(waiting.report)}
    fields = file.fields(columns_of_source(workshop, file))
    if statuses_in([row for _number, row in file.rows], fields) and waiting.accepted is None:
        raise RuleBroken(_("Nothing was imported. Say first which answers mean that someone comes."))
    merging, report = compare(waiting, file, fields)
    report.refuse_unseen(seen)
    waiting.taken_at, waiting.report = now(), report.without_names().packed()
    db.session.add_all(merging.added)
    db.session.add(audit.record("import contacts", f"{workshop.slug}, {waiting.filename}", who=who, at=now()))
    return {"report": dict(waiting.report)}


def stored_list(waiting: RosterImport) -> RosterFile:
    return read_roster(files.get(waiting.stored_as), name=waiting.filename)


def columns_of_source(workshop: Workshop, file: RosterFile) -> dict[str, str]:
    kept = db.session.scalar(queries.columns_from(workshop, file.source))
    return dict(kept.fields) if kept else {}


def compare(waiting: RosterImport, file: RosterFile, fields: list[str]) -> tuple[Merging, ImportReport]:
    """What taking it in would do, in memory only: the caller commits it or forgets it."""
    entries = read_entries(file.rows, fields, waiting.accepted)
    with db.session.no_autoflush:
        workshop = waiting.workshop
        contacts = list(db.session.scalars(queries.contacts(workshop)))
        merging = Merging(workshop, known_organisations(workshop), contacts, waiting.decisions)
        return merging, merge_list(merging, entries)


def known_organisations(workshop: Workshop) -> KnownOrganisations:
    return KnownOrganisations.of(
        db.session.scalars(register_queries.organisations()),
        db.session.scalars(register_queries.aliases()),
        workshop.languages[0],
    )
