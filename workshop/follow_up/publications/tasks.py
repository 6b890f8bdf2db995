"""What happens without anybody's doing: links are looked at, and pages are made anew when an embargo ends."""

from datetime import timedelta

from flask import current_app

from workshop.platform import outside_links, tasks
from workshop.platform.db import db, now
from workshop.platform.patience import DAILY, PRINT
from workshop.platform.tasks import Task

from . import queries, rules
from .models import CheckedLink, Publication

BETWEEN = timedelta(seconds=5)  # two questions outside


@tasks.every_day("publications.check_links")
def check_links() -> None:
    """Ask for the links that are due, one after the other. Nothing where the installation does not ask outside."""
    if not current_app.config["CHECK_LINKS"]:
        return
    at = now()
    for publication in db.session.scalars(queries.whole(queries.public_publications(at))):
        rules.follow_links(publication)
    db.session.flush()
    for place, link in enumerate(db.session.scalars(queries.links_due(at)).all()):
        tasks.ask("publications.check_link", link.id, at=at + place * BETWEEN)
    db.session.commit()


@tasks.handles("publications.check_link", patience=PRINT)
def check_link(task: Task) -> None:
    link = db.session.get(CheckedLink, task.subject_id)
    if link is None or not current_app.config["CHECK_LINKS"]:
        return
    address, was_dead = link.address, link.dead_since
    db.session.commit()  # no transaction waits for somebody else's server
    try:
        status: int | None = outside_links.status_of(address)
    except outside_links.Unanswered:
        status = None
    link = db.session.get(CheckedLink, task.subject_id)
    if link is None:
        return
    rules.record_check(link, status, at=now())
    if (link.dead_since is None) != (was_dead is None):
        db.session.execute(queries.change_in_public(link.publication.series_id))
    db.session.commit()


@tasks.handles("publications.end_embargo", patience=DAILY)
def end_embargo(task: Task) -> None:
    """From now on pages of the series name it."""
    publication = db.session.get(Publication, task.subject_id)
    if publication and publication.is_published and not rules.is_under_embargo(publication, now()):
        db.session.execute(queries.change_in_public(publication.series_id))
        db.session.commit()
