"""The command line of this package: the agenda into a file."""

from pathlib import Path

import click
from flask_babel import force_locale

from workshop.platform import pdf
from workshop.platform.command_line import Refused, one_or_refusal, opened_application
from workshop.platform.db import db
from workshop.platform.i18n import LOCALES
from workshop.programme.releases.queries import shown_agendas
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import workshop_named

from . import history, programme_print, queries
from .exports import OUTPUTS
from .models import Layout
from .writers import ical

FORMS = ("ics", "xml", "json", "pdf", "overview", "docx", "xlsx", "csv")


@click.command("agenda")
@click.option("--workshop", "slug", required=True, help="Its short name in addresses.")
@click.option("--format", "form", required=True, type=click.Choice(FORMS), help="overview is a PDF of one page.")
@click.option("--lang", "language", default="", help="One of its languages. Default: the first.")
@click.option("-o", "--output", "target", required=True, help="The file to write; - is the standard output.")
def export_agenda(slug: str, form: str, language: str, target: str) -> None:
    """The agenda as last published, never the draft."""
    with opened_application():
        workshop = one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.")
        code = language or workshop.languages[0]
        if code not in workshop.languages:
            raise Refused(f"The workshop has no language {code!r}, only {', '.join(workshop.languages)}.")
        with force_locale(LOCALES.get(code, code)):
            content = write_agenda(workshop, form, code)
    deliver(content, target)


def write_agenda(workshop: Workshop, form: str, code: str) -> bytes:
    programme = queries.published_programme(db.session, workshop, code)
    if programme is None:
        raise Refused(f"Nothing of the agenda of {workshop.slug!r} has been published yet.")
    if form == "ics":
        releases = db.session.scalars(queries.releases(workshop)).all()
        standings = history.standings(releases, shown_agendas(db.session, releases), history.sessions)
        return ical.write(programme, standings, name=programme.title.text)
    if form not in ("pdf", "overview"):
        return OUTPUTS[form].write(programme)
    try:
        return programme_print.make_pdf(programme, Layout.OVERVIEW if form == "overview" else Layout.PROGRAMME).content
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
