"""The command line of this feature: the agenda into a file."""

from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_babel import force_locale

from workshop import pdf
from workshop.db import db
from workshop.i18n import LOCALES
from workshop.series.models import Workshop

from . import history, icalendar_file, paper, queries
from .models import Layout
from .outputs import OUTPUTS

FORMS = ("ics", "xml", "json", "pdf", "overview", "docx", "xlsx", "csv")


class Refused(click.ClickException):
    """What was asked cannot be done; the message says why in one sentence."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"Refused: {self.message}", err=True)


@click.command("agenda")
@click.option("--workshop", "slug", required=True, help="Its short name in addresses.")
@click.option("--format", "form", required=True, type=click.Choice(FORMS), help="overview is a PDF of one page.")
@click.option("--lang", "language", default="", help="One of its languages. Default: the first.")
@click.option("-o", "--output", "target", required=True, help="The file to write; - is the standard output.")
def export_agenda(slug: str, form: str, language: str, target: str) -> None:
    """The agenda as last published, never the draft."""
    from workshop.cli import application, require_newest_schema  # here because that module attaches this command

    app: Flask = application()
    with app.app_context():
        require_newest_schema()
        workshop = db.session.scalar(queries.workshop(slug))
        if workshop is None:
            raise Refused(f"There is no workshop {slug!r}.")
        code = language or workshop.languages[0]
        if code not in workshop.languages:
            raise Refused(f"The workshop has no language {code!r}, only {', '.join(workshop.languages)}.")
        with force_locale(LOCALES.get(code, code)):
            content = written(workshop, form, code)
    deliver(content, target)


def written(workshop: Workshop, form: str, code: str) -> bytes:
    programme = queries.published(db.session, workshop, code)
    if programme is None:
        raise Refused(f"Nothing of the agenda of {workshop.slug!r} has been published yet.")
    if form == "ics":
        releases = db.session.execute(queries.releases(workshop)).all()
        standings = history.standings(releases, history.sessions)
        return icalendar_file.write(programme, standings, name=programme.title.text)
    if form not in ("pdf", "overview"):
        return OUTPUTS[form].write(programme)
    try:
        return paper.made(programme, Layout.OVERVIEW if form == "overview" else Layout.PROGRAMME).content
    except (pdf.PdfUnavailable, pdf.PdfFailed) as error:
        raise Refused(str(error)) from error


def deliver(content: bytes, target: str) -> None:
    try:
        if target == "-":
            click.echo(content, nl=False)
        else:
            Path(target).write_bytes(content)
    except OSError as error:
        raise Refused(f"{target} cannot be written ({error.strerror or error}).") from error
