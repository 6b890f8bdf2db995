"""`workshop import people|organisations FILE --workshop SLUG`: a list taken in, the import report as JSON."""

import json
import logging
from pathlib import Path

import click

from workshop.platform import audit
from workshop.platform.command_line import Refused, one_or_refusal, opened_application
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.limits import TABLE
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop, workshop_named

from . import queries
from .roster_entries import read_entries, statuses_in
from .roster_files import read_roster
from .rules import Merging, merge_list
from .tasks import known_organisations


def list_command(name: str, subject: str) -> click.Command:
    """One of the two words; both read the same lists."""

    @click.command(name=name, help=f"Take {subject} into the contacts of a workshop: CSV, XLSX, XLS, ODS or vCard.")
    @click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--workshop", "slug", required=True, help="Short name of the workshop, as in its address.")
    @click.option("--dry-run", is_flag=True, help="Print the report and change nothing.")
    @click.option(
        "--accept", multiple=True, help="An answer in the status column of those to be added. May be repeated."
    )
    def command(file: Path, slug: str, dry_run: bool, accept: tuple[str, ...]) -> None:
        if file.stat().st_size > TABLE.sent:
            raise Refused(f"{file.name} is larger than {TABLE.sent // 1024 // 1024} MB.")
        with opened_application(LOG_LEVEL=logging.CRITICAL):
            workshop = one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.")
            try:
                report = _imported(workshop, file, accept, dry_run=dry_run)
            except RuleBroken as broken:
                raise Refused(f"{file.name}: {broken.message}") from broken
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))

    return command


def _imported(workshop: Workshop, file: Path, accept: tuple[str, ...], *, dry_run: bool) -> dict[str, object]:
    table = read_roster(file.read_bytes(), name=file.name)
    kept = db.session.scalar(queries.columns_from(workshop, table.source))
    fields = table.fields(kept.fields if kept else {})
    statuses = statuses_in([row for _number, row in table.rows], fields)
    if statuses and not accept and not dry_run:
        said = ", ".join(f"“{each}”" for each in statuses)
        raise RuleBroken(f"it has a column of answers: {said}. Say with --accept which of them are added.")
    if not dry_run:
        db.session.scalars(lock_workshop(workshop)).one()
    with db.session.no_autoflush:
        merging = Merging(
            workshop, known_organisations(workshop), list(db.session.scalars(queries.contacts(workshop))), {}
        )
        report = merge_list(merging, read_entries(table.rows, fields, accept if statuses and accept else None))
    if dry_run:
        db.session.rollback()
    else:
        db.session.add_all(merging.added)
        db.session.add(audit.record("import contacts", f"{workshop.slug}, {file.name[:80]}", who=None, at=now()))
        db.session.commit()
    return report.as_json()


import_people = list_command("people", "people")
import_organisations = list_command("organisations", "organisations")
