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
from .reading.agenda_file import Agenda
from .reading.recognition import LARGEST, read
from .reading.remarks import Setting
from .rules import take_in


@click.command(name="agenda")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--workshop", "slug", required=True, help="Short name of the workshop, as in its address.")
@click.option("--dry-run", is_flag=True, help="Print the report and change nothing.")
@click.option("--lang", "language", default="", help="Language of the file. Default: the first of the workshop.")
@click.option(
    "--dates", type=click.Choice(["day-first", "month-first"]), help="Which comes first in dates like 9/3/2026."
)
@click.option("--overwrite", is_flag=True, help="Take what the file says also where the workshop was edited by hand.")
def import_agenda(file: Path, slug: str, dry_run: bool, language: str, dates: str | None, overwrite: bool) -> None:
    """Take an agenda into the draft of a workshop: text, HTML, DOCX, XLSX, ODS, CSV, frab XML or JSON, iCalendar."""
    content = bytes_of(file)
    with opened_application(LOG_LEVEL=logging.CRITICAL):
        workshop = one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.")
        try:
            month_first = None if dates is None else dates == "month-first"
            setting = setting_of(workshop, language, month_first)
            report = import_into(workshop, content, file.name, setting, dry_run=dry_run, overwrite=overwrite)
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


def setting_of(workshop: Workshop, language: str, month_first: bool | None) -> Setting:
    setting = queries.setting(db.session, workshop)
    if language and language not in workshop.languages:
        raise RuleBroken(f"the workshop has no language “{language}”, only {', '.join(workshop.languages)}.")
    return replace(setting, language=language or setting.language, month_first=month_first)


def refuse_open_dates(agenda: Agenda) -> None:
    if agenda.day_order:
        one, other = agenda.day_order
        raise RuleBroken(
            f"a date means {one} or {other}: say --dates day-first or --dates month-first. Nothing was imported."
        )
    if agenda.must_confirm:
        raise RuleBroken("its headings are not known, so its columns were guessed: confirm them on the import page.")


def import_into(
    workshop: Workshop, content: bytes, name: str, setting: Setting, *, dry_run: bool, overwrite: bool
) -> AgendaReport:
    agenda = read(content, setting, name=name)
    if not dry_run:
        refuse_open_dates(agenda)
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
