"""PDFs of questionnaires, made after a commit: one row for each language and state."""

from workshop.platform import pdf, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.tasks import Task

from .edition import edition
from .models import Printing
from .paper.printed_page import STYLESHEET, laid_out, print_of

PRINT = "instruments.print"


@tasks.handles(PRINT)
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
        tasks.report_progress(task, 1, task.steps)
        html = laid_out(of, printing.language, at=now())
        if prints.make(printing, task, lambda: renderer.render(html)):
            printing.made_at = now()
