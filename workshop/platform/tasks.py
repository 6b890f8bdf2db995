"""Work done after a commit: a row with a state is the truth, the queue only says "look at row N".

A view calls `ask(kind, subject)` in the same transaction as the data it works on, and commits; a worker is told by
itself. When the queue is lost, `sweep` finds the rows left behind. Handlers must be safe to run twice.
"""

import enum
import os
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from sqlalchemy import event, inspect, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column
from structlog import get_logger

from workshop.platform.db import Model, db, now

log = get_logger()
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5


class TaskState(enum.StrEnum):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Task(Model):
    """One thing to be done. `step` of `steps` is what a progress bar shows."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str]
    subject_id: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[TaskState] = mapped_column(default=TaskState.READY, index=True)
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=1)
    attempts: Mapped[int] = mapped_column(default=0)
    taken_by: Mapped[str | None] = mapped_column(default=None)
    taken_until: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(default="")

    @property
    def is_over(self) -> bool:
        return self.state in {TaskState.DONE, TaskState.FAILED}


class DailyTask(Model):
    """That a task of every day has been asked for on this day (UTC)."""

    __tablename__ = "daily_task"

    name: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


Handler = Callable[[Task], None]
HANDLERS: dict[str, Handler] = {}
DAILY: set[str] = set()


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Name the function that does tasks of this kind."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def every_day(kind: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name the function that is called once a day. Like every task it must be safe to run twice."""

    def register(handler: Callable[[], None]) -> Callable[[], None]:
        HANDLERS[kind] = lambda _task: handler()
        DAILY.add(kind)
        return handler

    return register


def ask_for_today() -> None:
    """Make the rows of today's tasks, unless somebody has; the key of the day lets only one worker do it."""
    at = now()
    asked = set(db.session.scalars(select(DailyTask.name).where(DailyTask.day == at.date())))
    db.session.commit()  # SQLite lets a transaction that begins with writing wait for others, not one that has read
    for kind in sorted(DAILY - asked):
        db.session.add(DailyTask(name=kind, day=at.date()))
        ask(kind, 0, at=at)
        try:
            db.session.commit()
        except IntegrityError:  # another worker was faster
            db.session.rollback()


def ask(kind: str, subject_id: int, *, at: datetime) -> Task:
    """A new task, due at `at`, in the transaction of the caller, after whose commit a worker is told of it."""
    task = Task(kind=kind, subject_id=subject_id, due_at=at)
    db.session.add(task)
    return task


def report_progress(task: Task, step: int, steps: int) -> None:
    """Tell the reader how far it is, and keep the lease while it goes on. Commits."""
    task.step, task.steps, task.taken_until = step, steps, now() + LEASE
    db.session.commit()


def take(task_id: int, worker: str) -> Task | None:
    """Take one due row for this worker, or None when another has it or it is done."""
    taken = db.session.execute(
        update(Task)
        .where(
            Task.id == task_id,
            Task.state.in_((TaskState.READY, TaskState.RUNNING)),
            Task.due_at <= now(),
            or_(Task.taken_until.is_(None), Task.taken_until < now()),
        )
        .values(state=TaskState.RUNNING, taken_by=worker, taken_until=now() + LEASE, attempts=Task.attempts + 1)
        .returning(Task.id)
    ).scalar()
    db.session.commit()
    return db.session.get(Task, taken) if taken else None


def run_task(task_id: int) -> None:
    """Take the row and do it; a failure is kept on the row and tried again later, five times at most."""
    worker = f"{os.getpid()}-{secrets.token_hex(4)}"
    task = take(task_id, worker)
    if task is None:
        return
    try:
        HANDLERS[task.kind](task)
    except Exception as error:
        db.session.rollback()
        log.exception("task.failed", task=task_id)
        _put_back(task_id, worker, repr(error))
    else:
        task.state, task.taken_until, task.step = TaskState.DONE, None, task.steps
        db.session.commit()


def _put_back(task_id: int, worker: str, error: str) -> None:
    task = db.session.get(Task, task_id, populate_existing=True)
    if task is None or task.taken_by != worker:
        return
    over = task.attempts >= MAX_ATTEMPTS
    task.state = TaskState.FAILED if over else TaskState.READY
    task.due_at, task.taken_until, task.error = now() + timedelta(seconds=2**task.attempts), None, error[:500]
    db.session.commit()


def due() -> list[int]:
    """Rows whose time has come and rows whose worker has gone silent, oldest first."""
    statement = select(Task.id).where(
        Task.state.in_((TaskState.READY, TaskState.RUNNING)),
        Task.due_at <= now(),
        or_(Task.taken_until.is_(None), Task.taken_until < now()),
    )
    return list(db.session.scalars(statement.order_by(Task.due_at, Task.id)))


def run_due() -> int:
    """Do everything that is due, here and now; the number done."""
    waiting = due()
    for task_id in waiting:
        run_task(task_id)
    return len(waiting)


def init_app(app: Flask) -> None:
    """Connect the queue: a SQLite file in the instance folder, or Redis."""
    instance = app.config["INSTANCE"]
    instance.mkdir(parents=True, exist_ok=True)
    queue: Huey
    if app.config["REDIS_URL"]:
        queue = RedisHuey("intersession", url=app.config["REDIS_URL"])
    else:
        queue = SqliteHuey("intersession", filename=str(instance / "queue.sqlite"))

    @queue.task()  # type: ignore[untyped-decorator]
    def look_at(task_id: int) -> None:
        with app.app_context():
            run_task(task_id)

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
    def sweep() -> None:
        with app.app_context():
            ask_for_today()
            run_due()

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
    """Put them into the queue. A lost queue loses nothing: the sweep comes every minute."""
    try:
        for task_id in task_ids:
            current_app.extensions["look_at"](task_id)
    except Exception as error:  # any queue backend may be away; the rows stay
        log.warning("queue.unavailable", error=repr(error))
