"""Work done after a commit: a row with a state is the truth, the queue only says "look at row N".

A view calls `ask(kind, subject)` in the same transaction as the data it works on, and commits; a worker is told by
itself (see task_queue.py). Handlers must be safe to run twice.
"""

import enum
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from structlog import get_logger

from workshop.platform.db import Model, db, now
from workshop.platform.patience import DAILY as DAILY_PATIENCE
from workshop.platform.patience import Patience

log = get_logger()
# A worker that lives says so at every beat. One that was killed is noticed when its lease is over, at the next sweep:
# within a minute.
LEASE, BEAT, SWEEP = timedelta(seconds=30), timedelta(seconds=8), timedelta(seconds=15)


class TaskState(enum.StrEnum):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Task(Model):
    """One thing to be done. `step` of `steps` is what a progress bar shows; `first_due_at` is from when patience counts."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str]
    subject_id: Mapped[int] = mapped_column(index=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    first_due_at: Mapped[datetime]
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

    def is_interrupted(self, at: datetime) -> bool:
        """Whether its worker has gone silent; another takes it up within a minute."""
        return self.state is TaskState.RUNNING and self.taken_until is not None and self.taken_until < at


class DailyTask(Model):
    """That a task of every day has been asked for on this day (UTC)."""

    __tablename__ = "daily_task"

    name: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class NotYet(Exception):
    """Nothing is wrong with the work, but this is not the moment. The log says so without a trace."""


Handler = Callable[[Task], None]
HANDLERS: dict[str, Handler] = {}
PATIENCE: dict[str, Patience] = {}
GIVEN_UP: dict[str, Handler] = {}
DAILY: set[str] = set()
SWEPT: list[Callable[[], None]] = []


def handles(kind: str, *, patience: Patience, given_up: Handler | None = None) -> Callable[[Handler], Handler]:
    """Name the function that does tasks of this kind, how often it is tried again when it fails, and who hears of it when
    it is not tried any more (in the transaction that says so).
    """

    def register(handler: Handler) -> Handler:
        HANDLERS[kind], PATIENCE[kind] = handler, patience
        if given_up:
            GIVEN_UP[kind] = given_up
        return handler

    return register


def every_day(kind: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name the function that is called once a day. Like every task it must be safe to run twice."""

    def register(handler: Callable[[], None]) -> Callable[[], None]:
        HANDLERS[kind], PATIENCE[kind] = lambda _task: handler(), DAILY_PATIENCE
        DAILY.add(kind)
        return handler

    return register


def every_sweep(handler: Callable[[], None]) -> Callable[[], None]:
    """Name a function that looks, a few times a minute, whether something was left behind. It commits."""
    SWEPT.append(handler)
    return handler


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
    task = Task(kind=kind, subject_id=subject_id, due_at=at, first_due_at=at)
    db.session.add(task)
    return task


def report_progress(task: Task, step: int, steps: int) -> None:
    """Tell the reader how far it is, and keep the lease while it goes on. Commits."""
    task.step, task.steps, task.taken_until = step, steps, now() + LEASE
    db.session.commit()


def _is_free() -> ColumnElement[bool]:
    """Its time has come, and nobody has it in hand who still lives."""
    return and_(
        Task.state.in_((TaskState.READY, TaskState.RUNNING)),
        Task.due_at <= now(),
        or_(Task.taken_until.is_(None), Task.taken_until < now()),
    )


def take(task_id: int, worker: str) -> Task | None:
    """Take one due row for this worker, or None when another has it or it is done."""
    taken = db.session.execute(
        update(Task)
        .where(Task.id == task_id, _is_free())
        .values(state=TaskState.RUNNING, taken_by=worker, taken_until=now() + LEASE, attempts=Task.attempts + 1)
        .returning(Task.id)
    ).scalar()
    db.session.commit()
    return db.session.get(Task, taken) if taken else None


@contextmanager
def beating(task_id: int, worker: str) -> Iterator[None]:
    """Keep the lease as long as the work goes on in this process, however long one step of it takes."""
    app, over = current_app._get_current_object(), threading.Event()  # type: ignore[attr-defined]

    def beat() -> None:
        while not over.wait(BEAT.total_seconds()):
            with app.app_context():
                prolong(task_id, worker)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def prolong(task_id: int, worker: str) -> None:
    mine = update(Task).where(Task.id == task_id, Task.taken_by == worker, Task.state == TaskState.RUNNING)
    try:
        with db.engine.begin() as connection:  # one of its own: the work may be in the middle of a transaction
            connection.execute(mine.values(taken_until=now() + LEASE))
    except SQLAlchemyError as error:  # the next beat comes
        log.warning("task.no_beat", task=task_id, error=repr(error))


def run_task(task_id: int) -> None:
    """Take the row and do it; a failure is kept on the row, and tried again as long as its kind has patience."""
    worker = f"{os.getpid()}-{secrets.token_hex(4)}"
    task = take(task_id, worker)
    if task is None:
        return
    try:
        with beating(task_id, worker):
            HANDLERS[task.kind](task)
    except Exception as error:
        db.session.rollback()
        if isinstance(error, NotYet):
            log.warning("task.not_yet", task=task_id)
        else:
            log.exception("task.failed", task=task_id)
        _put_back(task_id, worker, str(error) or repr(error))
    else:
        task.state, task.taken_until, task.step = TaskState.DONE, None, task.steps
        db.session.commit()


def _put_back(task_id: int, worker: str, error: str) -> None:
    task = db.session.get(Task, task_id, populate_existing=True)
    if task is None or task.taken_by != worker:
        return
    at, patience = now(), PATIENCE[task.kind]
    again = patience.next_try(task.attempts, since=task.first_due_at, at=at)
    task.state = TaskState.READY if again else TaskState.FAILED
    task.due_at, task.taken_until, task.error = again or at, None, error[:500]
    if again is None and task.kind in GIVEN_UP:
        GIVEN_UP[task.kind](task)
    db.session.commit()


def hasten(kind: str) -> None:
    """What waits to be tried again need not: what was in its way is gone. In the transaction of the caller."""
    waiting = update(Task).where(Task.kind == kind, Task.state == TaskState.READY, Task.attempts > 0)
    db.session.execute(waiting.values(due_at=now()).execution_options(synchronize_session=False))


def due() -> list[int]:
    """Rows whose time has come and rows whose worker has gone silent, oldest first."""
    return list(db.session.scalars(select(Task.id).where(_is_free()).order_by(Task.due_at, Task.id)))


def run_due() -> int:
    """Do everything that is due, here and now; the number done."""
    waiting = due()
    for task_id in waiting:
        run_task(task_id)
    return len(waiting)
