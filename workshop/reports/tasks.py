"""PDFs of a report, made after a commit: one row per language and state of the report."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from structlog import get_logger

from workshop import files, pdf, tasks
from workshop.db import db, now
from workshop.tasks import Task

from . import queries
from .models import PlenaryReport, Problem, Rendering
from .paper import laid_out, print_of

log = get_logger()
STEPS_IN_WORDS = (  # what is under way after that many steps
    _l("Waiting for its turn."),
    _l("Collecting what the report rests on."),
    _l("Setting the pages."),
    _l("Putting the PDF into storage."),
)
STEPS = len(STEPS_IN_WORDS)
KIND = "reports.render"


def ask(rendering: Rendering, *, at: datetime) -> Task:
    """A new task for a rendering that has its number; both are in the same commit."""
    rendering.problem = None
    rendering.task = tasks.ask(KIND, rendering.id, at=at)
    rendering.task.steps = STEPS
    return rendering.task


@tasks.handles(KIND)
def render(task: Task) -> None:
    """Make the PDF and store it. What was asked for and is outdated by now is made as it stands now."""
    rendering = db.session.get(Rendering, task.subject_id)
    if rendering is None or rendering.stored_as:
        return
    with pdf.Renderer() as renderer:
        tasks.report_progress(task, 1, STEPS)
        html = _page(rendering)
        tasks.report_progress(task, 2, STEPS)
        made = _made(rendering, html, renderer) if html else None
    tasks.report_progress(task, 3, STEPS)
    if made:
        rendering.stored_as, rendering.pages, rendering.made_at = files.put(made.content), made.pages, now()


def _page(rendering: Rendering) -> str:
    """The page to be made into a PDF; nothing where another row has that in hand, and this one goes."""
    report: PlenaryReport = db.session.scalars(queries.report_by_id(rendering.report_id)).one()
    current = queries.current(db.session, report.workshop)
    fingerprint, language = print_of(report, rendering.language, current), rendering.language
    if fingerprint != rendering.fingerprint and db.session.scalar(queries.rendering(report, language, fingerprint)):
        db.session.delete(rendering)
        return ""
    rendering.fingerprint = fingerprint
    return laid_out(report, language, current)


def _made(rendering: Rendering, html: str, renderer: pdf.Renderer) -> pdf.Pdf | None:
    """The PDF, or None with the reason on the row: the same page would fail again, so it is not tried by itself."""
    try:
        return renderer.render(html)
    except pdf.PdfUnavailable:
        rendering.problem = Problem.UNAVAILABLE
    except pdf.PdfFailed as failure:
        log.error("pdf.failed", rendering=rendering.id, error=str(failure))
        rendering.problem = Problem.FAILED
    return None
