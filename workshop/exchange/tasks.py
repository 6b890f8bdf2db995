"""PDFs of the agenda, made after a commit: one row per layout, language and state of the programme."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from structlog import get_logger

from workshop import files, pdf, tasks
from workshop.db import db
from workshop.i18n import LOCALES
from workshop.tasks import Task

from . import queries
from .models import AgendaPrint, Trouble
from .paper import fingerprint, made

log = get_logger()
KIND = "exchange.render"
STEPS_IN_WORDS = (  # what is under way after that many steps
    _l("Waiting for its turn."),
    _l("Setting the pages."),
    _l("Putting the PDF into storage."),
)
STEPS = len(STEPS_IN_WORDS)


def ask(print_: AgendaPrint, *, at: datetime) -> Task:
    """A new task for a PDF that has its number; both are in the same commit."""
    print_.trouble = None
    print_.task = tasks.ask(KIND, print_.id, at=at)
    print_.task.steps = STEPS
    return print_.task


@tasks.handles(KIND)
def render(task: Task) -> None:
    """Make the PDF and store it. What was asked for and is outdated by now is not made: nobody would be given it."""
    wanted = db.session.get(AgendaPrint, task.subject_id)
    if wanted is None or wanted.stored_as:
        return
    tasks.report_progress(task, 1, STEPS)
    pages = _rendered(wanted)
    tasks.report_progress(task, 2, STEPS)
    if pages:
        wanted.stored_as, wanted.pages = files.put(pages.content), pages.pages
        for old in db.session.scalars(queries.outdated(wanted)):
            db.session.delete(old)


def _rendered(wanted: AgendaPrint) -> pdf.Pdf | None:
    """The PDF, or None with the reason on the row: the same page would fail again, so it is not tried by itself."""
    with force_locale(LOCALES.get(wanted.language, wanted.language)):
        programme = queries.published(db.session, wanted.workshop, wanted.language)
        if programme is None or fingerprint(programme, wanted.layout) != wanted.fingerprint:
            db.session.delete(wanted)
            return None
        try:
            return made(programme, wanted.layout)
        except pdf.PdfUnavailable:
            wanted.trouble = Trouble.UNAVAILABLE
        except pdf.PdfFailed as failure:
            log.error("pdf.failed", print=wanted.id, error=str(failure))
            wanted.trouble = Trouble.FAILED
    return None
