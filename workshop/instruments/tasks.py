"""PDFs of questionnaires, made after a commit: one row for each language and state."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from structlog import get_logger

from workshop import files, pdf, tasks
from workshop.db import db, now
from workshop.errors import RuleBroken
from workshop.tasks import Task

from .edition import edition
from .models import Printing, Trouble
from .paper_page import STYLESHEET, laid_out, print_of

log = get_logger()
KIND = "instruments.print"
STEPS_IN_WORDS = (  # what is under way after that many steps
    _l("Waiting for its turn."),
    _l("Setting the pages."),
    _l("Putting the PDF into storage."),
)
STEPS = len(STEPS_IN_WORDS)


def ask(printing: Printing, *, at: datetime) -> Task:
    """A new task for a row that has its number; both are in the same commit."""
    printing.problem = None
    printing.task = tasks.ask(KIND, printing.id, at=at)
    printing.task.steps = STEPS
    return printing.task


@tasks.handles(KIND)
def make(task: Task) -> None:
    """Make the PDF and store it. What was asked for and is outdated by now goes: the page asks for what is wanted now."""
    printing = db.session.get(Printing, task.subject_id)
    if printing is None or printing.stored_as:
        return
    with pdf.Renderer(STYLESHEET) as renderer:
        try:
            of = edition(db.session, printing.questionnaire)
        except RuleBroken:
            db.session.delete(printing)
            return
        if print_of(of, printing.language, at=now()) != printing.fingerprint:
            db.session.delete(printing)
            return
        tasks.report_progress(task, 1, STEPS)
        made = _made(printing, laid_out(of, printing.language, at=now()), renderer)
    tasks.report_progress(task, 2, STEPS)
    if made:
        printing.stored_as, printing.pages, printing.made_at = files.put(made.content), made.pages, now()


def _made(printing: Printing, html: str, renderer: pdf.Renderer) -> pdf.Pdf | None:
    """The PDF, or None with the reason on the row: the same page would fail again, so it is not tried by itself."""
    try:
        return renderer.render(html)
    except pdf.PdfUnavailable:
        printing.problem = Trouble.UNAVAILABLE
    except pdf.PdfFailed as failure:
        log.error("pdf.failed", printing=printing.id, error=str(failure))
        printing.problem = Trouble.FAILED
    return None
