"""PDFs of a report, made after a commit: one row per language and state of the report."""

from flask_babel import lazy_gettext as _l

from workshop.platform import patience, pdf, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.tasks import Task

from . import queries
from .models import PlenaryReport, Rendering
from .report_print import page_html, print_of

RENDER = "reports.render"
STEPS = (prints.WAITING, _l("Collecting the sources of the report."), prints.SETTING, prints.STORING)


@tasks.handles(RENDER, patience=patience.PRINT)
def render(task: Task) -> None:
    """Make the PDF and store it. What was asked for and is outdated by now is made as it stands now."""
    rendering = prints.wanted(Rendering, task)
    if rendering is None:
        return
    with pdf.Renderer() as renderer:
        tasks.report_progress(task, 1, task.steps)
        html = _page(rendering)
        tasks.report_progress(task, 2, task.steps)
        if html and prints.make(rendering, task, lambda: renderer.render(html)):
            rendering.made_at = now()


def _page(rendering: Rendering) -> str:
    """The page to be made into a PDF; nothing where another row has that in hand, and this one goes."""
    report: PlenaryReport = db.session.scalars(queries.report_by_id(rendering.report_id)).one()
    current = queries.current(db.session, report.workshop)
    fingerprint, language = print_of(report, rendering.language, current), rendering.language
    if fingerprint != rendering.fingerprint and db.session.scalar(queries.rendering(report, language, fingerprint)):
        db.session.delete(rendering)
        return ""
    rendering.fingerprint = fingerprint
    return page_html(report, language, current)
