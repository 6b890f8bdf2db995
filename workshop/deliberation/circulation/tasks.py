"""At half time of a review those who have said nothing are reminded, once."""

from flask import current_app

from workshop.platform import outbox, patience, tasks
from workshop.platform.db import db, now
from workshop.secretariat.series.queries import lock_workshop

from . import letters, queries, rules
from .models import ReviewCopy

REMIND = "circulation.remind"


@tasks.handles(REMIND, patience=patience.SOON)
def remind(task: tasks.Task) -> None:
    """The copy's own reminder; none where its holder has written, or the review is over."""
    copy = db.session.get(ReviewCopy, task.subject_id)
    if copy is None or copy.reminded_at or not rules.is_open(copy.edition, now()):
        return
    db.session.scalars(lock_workshop(copy.edition.report.workshop)).one()
    if any(each.copy_id == copy.id for each in db.session.scalars(queries.remarks(copy.edition))):
        return
    copy.reminded_at = now()
    outbox.add(letters.write(copy, key=current_app.config["SECRET_KEY"], reminds=True, at=now()))
