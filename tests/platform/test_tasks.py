"""Tasks of every day: asked for once a day, whoever asks, and done like every other task."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.programme.papers.conftest import clock
from workshop.platform import db as database
from workshop.platform import tasks
from workshop.platform.db import db
from workshop.platform.tasks import DailyTask, Task, TaskState

__all__ = ["clock"]
MORNING = datetime(2026, 3, 2, 0, 0, 30, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The days on which "a test" was done; it fails as long as `broken` is set."""
    calls: list[str] = []
    monkeypatch.setattr(tasks, "DAILY", set())
    monkeypatch.setattr(tasks, "HANDLERS", {})

    @tasks.every_day("a test")
    def note() -> None:
        calls.append(database.now().isoformat())

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
