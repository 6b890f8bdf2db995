"""Tasks: those of every day are asked for once a day, whoever asks; what a killed worker left is taken up by another."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.programme.papers.conftest import clock
from workshop.platform import task_queue, tasks
from workshop.platform.db import db
from workshop.platform.db import now as db_now
from workshop.platform.tasks import DailyTask, Task, TaskState

__all__ = ["clock"]
MORNING = datetime(2026, 3, 2, 0, 0, 30, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The days on which "a test" was done; it fails as long as `broken` is set."""
    calls: list[str] = []
    monkeypatch.setattr(tasks, "DAILY", set())
    monkeypatch.setattr(tasks, "HANDLERS", {})
    monkeypatch.setattr(tasks, "PATIENCE", {})

    @tasks.every_day("a test")
    def note() -> None:
        calls.append(db_now().isoformat())

    return calls


def ask_and_run() -> None:
    tasks.ask_for_today()
    while tasks.run_due():
        pass


def test_once_a_day_however_often_the_sweep_comes(
    app: Flask, done: list[str], clock: Callable[[datetime], None]
) -> None:
    for moment in (MORNING, MORNING.replace(hour=12), MORNING.replace(hour=23, minute=59)):
        clock(moment)
        ask_and_run()
    assert len(done) == 1
    clock(MORNING.replace(day=3))
    ask_and_run()
    ask_and_run()
    assert len(done) == 2


def test_of_workers_that_ask_at_once_one_does(app: Flask, done: list[str], clock: Callable[[datetime], None]) -> None:
    clock(MORNING)

    def ask(_number: int) -> None:
        with app.app_context():
            tasks.ask_for_today()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(4)))
    assert len(db.session.scalars(db.select(Task)).all()) == 1
    assert len(db.session.scalars(db.select(DailyTask)).all()) == 1


def test_one_that_fails_is_tried_again_the_same_day(
    app: Flask, done: list[str], clock: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(MORNING)
    handler = tasks.HANDLERS["a test"]

    def fail(_task: Task) -> None:
        raise ValueError("not now")

    monkeypatch.setitem(tasks.HANDLERS, "a test", fail)
    ask_and_run()
    task = db.session.scalars(db.select(Task)).one()
    assert (task.state, done) == (TaskState.READY, [])
    monkeypatch.setitem(tasks.HANDLERS, "a test", handler)
    clock(task.due_at)
    ask_and_run()
    assert len(done) == 1


def test_what_a_killed_worker_left_is_taken_up_within_a_minute_and_said_meanwhile(app, done, clock):
    clock(MORNING)
    task = tasks.ask("a test", 0, at=MORNING)
    db.session.commit()
    assert tasks.take(task.id, "killed")
    clock(MORNING + tasks.LEASE - timedelta(seconds=1))
    assert (tasks.due(), task.is_interrupted(tasks.now())) == ([], False)
    noticed = MORNING + tasks.LEASE + timedelta(seconds=1)
    clock(noticed)
    assert task.is_interrupted(tasks.now())
    assert tasks.due() == [task.id]
    assert noticed + tasks.SWEEP <= MORNING + timedelta(seconds=60)
    tasks.run_due()
    assert len(done) == 1
    assert task.state is TaskState.DONE


def test_a_worker_that_lives_keeps_its_task_however_long_one_step_takes(app, done, monkeypatch):
    monkeypatch.setattr(tasks, "BEAT", timedelta(seconds=0.02))
    taken_until = []

    def work(task):
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and len(set(taken_until)) < 3:
            with db.engine.connect() as connection:
                taken_until.append(connection.scalar(db.select(Task.taken_until)))

    monkeypatch.setitem(tasks.HANDLERS, "a test", work)
    tasks.ask("a test", 0, at=db_now())
    db.session.commit()
    tasks.run_due()
    assert len(set(taken_until)) >= 3
    assert taken_until == sorted(taken_until)
    assert db.session.scalars(db.select(Task.state)).one() is TaskState.DONE


def test_the_sweep_tells_workers_of_what_is_left_unless_they_have_enough_to_do(app, done):
    queue = app.extensions["queue"]
    tasks.ask_for_today()
    queue.flush()  # and is lost
    task_queue.sweep()
    (number,) = db.session.scalars(db.select(Task.id))
    assert [each.args[0] for each in queue.pending()] == [number]
    task_queue.sweep()
    assert queue.pending_count() == 1
    queue.flush()
