"""Editions as PDF and Word, made after a commit: one row per language and layout."""

from flask_babel import lazy_gettext as _l

from workshop.platform import made_files, patience, pdf, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.platform.made_files import Draft
from workshop.platform.tasks import Task

from . import queries
from .edition_print import page_html, print_of
from .models import Rendering
from .report_docx import as_docx

RENDER, DOCUMENT = "reports.render", "reports.docx"
STEPS = (prints.WAITING, _l("Collecting the sources of the report."), prints.SETTING, prints.STORING)


@tasks.handles(RENDER, patience=patience.PRINT)
def render(task: Task) -> None:
    """Make the PDF and store it."""
    rendering = prints.wanted(Rendering, task)
    if rendering is None:
        return
    with pdf.Renderer() as renderer:
        tasks.report_progress(task, 1, task.steps)
        edition = db.session.scalars(queries.edition_by_id(rendering.edition_id)).one()
        html = page_html(edition, rendering.language)
        tasks.report_progress(task, 2, task.steps)
        if prints.make(rendering, task, lambda: renderer.render(html)):
            rendering.made_at = now()


@made_files.makes(DOCUMENT)
def word_draft(*, edition: int) -> Draft | None:
    found = db.session.scalars(queries.edition_by_id(edition)).one_or_none()
    return Draft(print_of(found, language()), lambda: as_docx(found, language())) if found else None
