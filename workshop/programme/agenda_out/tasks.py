"""The agenda on paper and as a table, made after a commit: one row per layout, language and state of the programme."""

from flask_babel import force_locale

from workshop.platform import made_files, patience, prints, tasks
from workshop.platform.db import db
from workshop.platform.i18n import LOCALES, language
from workshop.platform.made_files import Draft
from workshop.platform.tasks import Task
from workshop.secretariat.series.models import Workshop

from . import queries
from .exports import OUTPUTS
from .models import AgendaPrint, Layout
from .programme_print import fingerprint, make_pdf

RENDER = "exchange.render"
AGENDA = {"docx": "agenda.docx", "xlsx": "agenda.xlsx"}


@tasks.handles(RENDER, patience=patience.PRINT)
def render(task: Task) -> None:
    """Make the PDF and store it. What was asked for and is outdated by now is not made: nobody would be given it."""
    wanted = prints.wanted(AgendaPrint, task)
    if wanted is None:
        return
    tasks.report_progress(task, 1, task.steps)
    with force_locale(LOCALES.get(wanted.language, wanted.language)):
        programme = queries.published_programme(db.session, wanted.workshop, wanted.language)
        if programme is None or fingerprint(programme, wanted.layout) != wanted.fingerprint:
            db.session.delete(wanted)
        elif prints.make(wanted, task, lambda: make_pdf(programme, wanted.layout)):
            for old in db.session.scalars(queries.outdated_prints(wanted)):
                db.session.delete(old)


@made_files.makes(AGENDA["docx"])
def agenda_document(*, workshop: int) -> Draft | None:
    return draft_of(workshop, "docx")


@made_files.makes(AGENDA["xlsx"])
def agenda_table(*, workshop: int) -> Draft | None:
    return draft_of(workshop, "xlsx")


def draft_of(workshop: int, form: str) -> Draft | None:
    """The programme as it was published last: what the page that is printed says, these say."""
    found = db.session.get(Workshop, workshop)
    programme = queries.published_programme(db.session, found, language()) if found else None
    if programme is None:
        return None
    return Draft(fingerprint(programme, Layout.PROGRAMME), lambda: OUTPUTS[form].write(programme))
