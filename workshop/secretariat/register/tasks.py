"""What happens by itself: a merge that can no longer be undone is forgotten."""

from workshop.platform import tasks
from workshop.platform.db import db, now

from . import queries
from .organisation_merging import UNDONE_FOR


@tasks.every_day("register.forget_merges")
def forget_merges() -> None:
    db.session.execute(queries.merges_for_good(now() - UNDONE_FOR))
    db.session.commit()
