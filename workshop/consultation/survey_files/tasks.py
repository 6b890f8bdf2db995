"""PDFs of questionnaires, made after a commit: one row for each language and state."""

from workshop.platform import patience, pdf, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.tasks import Task

from .edition import Edition, edition
from .models import Printing
from .paper.printed_page import STYLESHEET, page_html, print_of

PRINT = "instruments.print"


@tasks.handles(PRINT, patience=patience.PRINT)
def make(task: Task) -> None:
    """Make the PDF and store it. What was asked for and is outdated by now goes: the page asks for what is wanted now."""
    printing = prints.wanted(Printing, task)
    if printing is None:
        return
    with pdf.Renderer(STYLESHEET) as renderer:
        of = edition_now(printing)
        if of is None or print_of(of, printing.language, at=now()) != printing.fingerprint:
            db.session.delete(printing)
            return
        tasks.report_progress(task, 1, task.steps)
        html = page_html(of, printing.language, at=now())
        if prints.make(printing, task, lambda: renderer.render(html)):
            printing.made_at = now()


def edition_now(printing: Printing) -> Edition | None:
    """What would be printed; None where the draft is not fit for it."""
    try:
        return edition(db.session, printing.questionnaire)
    except RuleBroken:
        return None
