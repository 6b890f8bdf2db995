"""`workshop import agenda FILE --workshop SLUG`: an agenda from a file, the import report as JSON on standard output."""

import json
import logging
from dataclasses import replace
from pathlib import Path

import click

from workshop.platform import audit
from workshop.platform.command_line import Refused, one_or_refusal, opened_application
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop, workshop_named

from . import queries
from .import_report import AgendaReport
from .reading.recognition import LARGEST, read
from .rules import take_in


@click.command(name="agenda")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--workshop", "slug", required=True, help="Short name of the workshop, as in its address.")
@click.option("--dry-run", is_flag=True, help="Print the report and change nothing.")
@click.option("--lang", "language", default="", help="Language of the file. Default: the first of the workshop.")
@click.option("--overwrite", is_flag=True, help="Take what the file says also where the workshop was edited by hand.")
def import_agenda(file: Path, slug: str, dry_run: bool, language: str, overwrite: bool) -> None:
    """Take an agenda into the draft of a workshop: text, HTML, DOCX, XLSX, CSV, frab XML or JSON, iCalendar."""
    content = bytes_of(file)
    with opened_application(LOG_LEVEL=logging.CRITICAL):
        workshop = one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.")
        try:
            report = import_into(workshop, content, file.name, language, dry_run=dry_run, overwrite=overwrite)
        except RuleBroken as broken:
            raise Refused(f"{file.name}: {broken.message}") from broken
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))


def bytes_of(file: Path) -> bytes:
    """The file, unless it is far larger than any agenda: then not even its beginning is read."""
    try:
        if not file.is_file():
            raise Refused(f"There is no file “{file}”.")
        if file.stat().st_size > LARGEST:
            raise Refused(f"{file.name} is larger than {LARGEST // 1024 // 1024} MB, far more than an agenda.")
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"{file.name} cannot be read: {error.strerror}.") from error


def import_into(
    workshop: Workshop, content: bytes, name: str, language: str, *, dry_run: bool, overwrite: bool
) -> AgendaReport:
    setting = queries.setting(db.session, workshop)
    if language and language not in workshop.languages:
        raise RuleBroken(f"the workshop has no language “{language}”, only {', '.join(workshop.languages)}.")
    agenda = read(content, replace(setting, language=language or setting.language), name=name)
    if not dry_run:
        db.session.scalars(lock_workshop(workshop)).one()
    with db.session.no_autoflush:
        taking = take_in(agenda, queries.known_of_workshop(db.session, workshop), at=now(), overwrite=overwrite)
        report = taking.comparison.report(overwrite=overwrite)
    if dry_run:
        db.session.rollback()
        return report
    db.session.add_all(taking.added)
    db.session.add(audit.record("import agenda", f"{workshop.slug}, {name[:80]}", who=None, at=now()))
    db.session.commit()
    return report
