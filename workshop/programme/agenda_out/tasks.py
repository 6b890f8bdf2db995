"""PDFs of the agenda, made after a commit: one row per layout, language and state of the programme."""

from flask_babel import force_locale

from workshop.platform import patience, prints, tasks
from workshop.platform.db import db
from workshop.platform.i18n import LOCALES
from workshop.platform.tasks import Task

from . import queries
from .models import AgendaPrint
from .programme_print import fingerprint, make_pdf

RENDER = "exchange.render"


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
