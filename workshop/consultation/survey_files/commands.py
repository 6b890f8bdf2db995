"""Questionnaires on the command line: `import questionnaire` and `export questionnaire`."""

import json
import logging
from pathlib import Path

import click

from workshop.consultation.questionnaires import queries as questionnaires
from workshop.platform.command_line import Refused, one_or_refusal, opened_application
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.limits import SURVEY
from workshop.secretariat.series.queries import lock_workshop, workshop_named

from . import exports
from .edition import edition
from .importing import keep, look


@click.command(name="questionnaire")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--workshop", "workshop_slug", required=True, help="The workshop's short name in addresses.")
@click.option("--slug", default="", help="The questionnaire's; default: as the file says.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of every row.")
def bring_questionnaire(file: Path, workshop_slug: str, slug: str, dry_run: bool) -> None:
    """Read an XLSForm (.xlsx, .xls, .ods, .csv, .md), LimeSurvey (.lss, .lsa, .tsv) or our own JSON as a questionnaire's draft."""

    with opened_application(LOG_LEVEL=logging.CRITICAL):
        workshop = one_or_refusal(workshop_named(workshop_slug), f"There is no workshop “{workshop_slug}”.")
        try:
            with file.open("rb") as opened:
                content = opened.read(SURVEY.sent + 1)
        except OSError as error:
            raise Refused(f"{file} cannot be read ({error.strerror}).") from error
        try:
            if not dry_run:
                db.session.scalars(lock_workshop(workshop)).one()
            brought = look(db.session, workshop, content, slug=slug, filename=file.name)
            if not dry_run:
                keep(db.session, workshop, brought, source=file.name, who=None, at=now())
        except RuleBroken as refusal:
            raise Refused(str(refusal.message)) from refusal
        if not dry_run:
            db.session.commit()
        told = {
            "questionnaire": brought.slug,
            "workshop": workshop_slug,
            "dry_run": dry_run,
            "changed": brought.changed,
        }
        click.echo(json.dumps(told | brought.read.report.as_json(), ensure_ascii=False, indent=2))


@click.command(name="questionnaire")
@click.argument("slug")
@click.option("--workshop", "workshop_slug", required=True, help="The workshop's short name in addresses.")
@click.option("--format", "kind", required=True, type=click.Choice(["xlsform", "pdf", "docx", "json", "texts"]))
@click.option("-o", "--output", "to", required=True, type=click.Path(path_type=Path))
@click.option("--lang", default="", help="The language of a PDF or Word file; default: the first.")
@click.option("--published", is_flag=True, help="The version published last, even where there is a draft.")
def take_questionnaire(slug: str, workshop_slug: str, kind: str, to: Path, lang: str, published: bool) -> None:
    """Write a questionnaire into a file: its draft, or what was published last."""

    with opened_application():
        workshop = one_or_refusal(workshop_named(workshop_slug), f"There is no workshop “{workshop_slug}”.")
        statement = questionnaires.questionnaire_of(workshop, slug)
        questionnaire = one_or_refusal(statement, f"There is no questionnaire “{slug}” in this workshop.")
        try:
            content = exports.write_export(edition(db.session, questionnaire, published=published), kind, lang)
        except RuleBroken as refusal:
            raise Refused(str(refusal.message)) from refusal
        try:
            to.write_bytes(content)
        except OSError as error:
            raise Refused(f"{to} cannot be written ({error.strerror}).") from error
        click.echo(json.dumps({"file": str(to), "bytes": len(content), "format": kind}, ensure_ascii=False))
