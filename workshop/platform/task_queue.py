"""The queue says "look at row N" to workers: after the commit that made the row, and in a sweep that comes around.

What the queue has lost, and what a killed worker has left, the sweep finds in the table of tasks.
"""

from typing import Any

from flask import Flask, current_app
from huey import RedisHuey, SqliteHuey
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session
from structlog import get_logger

from workshop.platform.db import db, now
from workshop.platform.tasks import SWEPT, Task, ask_for_today, due, run_task

log = get_logger()


def sweep() -> None:
    """Ask for what every day brings, and tell workers of all that is due and that the queue does not hold."""
    ask_for_today()
    for look in SWEPT:
        look()
    if not _is_busy():
        _nudge(due())
    db.session.remove()


def _is_busy() -> bool:
    """Whether the queue still holds something: then workers come to what is due by themselves, a sweep later."""
    try:
        return bool(current_app.extensions["queue"].pending_count())
    except Exception as error:  # as in _nudge
        log.warning("queue.unavailable", error=repr(error))
        return False


def init_app(app: Flask) -> None:
    """Connect the queue: a SQLite file in the instance folder, or Redis."""
    instance = app.config["INSTANCE"]
    instance.mkdir(parents=True, exist_ok=True)
    queue: Any
    if app.config["REDIS_URL"]:
        queue = RedisHuey("intersession", url=app.config["REDIS_URL"])
    else:
        queue = SqliteHuey("intersession", filename=str(instance / "queue.sqlite"))

    @queue.task()  # type: ignore[untyped-decorator]
    def look_at(task_id: int) -> None:
        with app.app_context():
            run_task(task_id)

    app.extensions["queue"], app.extensions["look_at"] = queue, look_at


@event.listens_for(db.session, "after_flush")
def _remember(session: Session, _flush: object) -> None:
    session.info.setdefault("asked", {}).update({each: each.due_at for each in session.new if isinstance(each, Task)})


@event.listens_for(db.session, "after_commit")
def _tell_workers(session: Session) -> None:
    """Nudge a worker about each row just committed that is due; what a savepoint took back is no row."""
    if session.in_nested_transaction():
        return
    asked, at = session.info.pop("asked", {}), now()
    due_now = [inspect(each) for each, due_at in asked.items() if due_at <= at]
    _nudge([row.identity[0] for row in due_now if row.persistent])


def _nudge(task_ids: list[int]) -> None:
    """Put them into the queue. A lost queue loses nothing: the sweep comes."""
    try:
        for task_id in task_ids:
            current_app.extensions["look_at"](task_id)
    except Exception as error:  # any queue backend may be away; the rows stay
        log.warning("queue.unavailable", error=repr(error))
