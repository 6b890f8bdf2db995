"""Badges as PDF, made after the request that asks for them."""

from flask_babel import force_locale

from workshop.platform import patience, prints, tasks
from workshop.platform.db import db
from workshop.platform.i18n import LOCALES

from . import queries
from .badge_print import FOLDER, make_pdf
from .models import BadgePrint

RENDER = "attendance.render"


@tasks.handles(RENDER, patience=patience.PRINT)
def render(task: tasks.Task) -> None:
    """Make the PDF and store it; of badges that became void meanwhile none is printed."""
    wanted = prints.wanted(BadgePrint, task)
    if wanted is None:
        return
    tasks.report_progress(task, 1, task.steps)
    chosen = set(wanted.badge_ids)
    found = [each for each in db.session.scalars(queries.badges(wanted.workshop_id)) if each.id in chosen]
    with force_locale(LOCALES.get(wanted.language, LOCALES["en"])):
        prints.make(wanted, task, lambda: make_pdf(wanted.workshop, found), apart=FOLDER)
