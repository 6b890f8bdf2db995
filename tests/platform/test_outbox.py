"""The outbox and the queue: what is committed is told to a worker by itself, what is rolled back is not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.secretariat.accounts.test_mail import Sink, sink
from workshop.platform import outbox, task_queue, tasks
from workshop.platform.db import db, now
from workshop.platform.mail import Message
from workshop.platform.tasks import Task, TaskState

__all__ = ["sink"]


@pytest.fixture
def queue(app: Flask) -> Iterator["Queue"]:
    """The queue of the run, empty: a SQLite file, or Redis."""
    app.extensions["queue"].flush()
    yield Queue(app)
    app.extensions["queue"].flush()


class Queue:
    def __init__(self, app: Flask) -> None:
        self.huey = app.extensions["queue"]

    @property
    def told(self) -> list[int]:
        """The tasks of which workers have been told, oldest first."""
        return [task.args[0] for task in self.huey.pending()]

    def work(self) -> None:
        """Do what a worker does with what it was told."""
        while (task := self.huey.dequeue()) is not None:
            self.huey.execute(task)


def a_letter(to: str = "ben@example.org") -> Message:
    return Message(recipient=to, subject="Hello", text="Hello", written_at=now())


def deliveries() -> list[Task]:
    return list(db.session.scalars(db.select(Task).order_by(Task.id)))


def test_letters_leave_after_the_commit_without_anybody_asking(queue: Queue, sink: Sink) -> None:
    outbox.add(a_letter("ben@example.org"), a_letter("eva@example.org"))
    assert queue.told == [], "not before the commit"
    db.session.commit()
    assert queue.told == [each.id for each in deliveries()]
    queue.work()
    db.session.rollback()
    assert [letter["To"] for letter in sink.received] == ["ben@example.org", "eva@example.org"]
    assert {each.state for each in deliveries()} == {TaskState.DONE}
    assert all(each.sent_at for each in db.session.scalars(db.select(Message)))


def test_what_is_rolled_back_is_neither_written_nor_told(queue: Queue, sink: Sink) -> None:
    outbox.add(a_letter())
    db.session.rollback()
    db.session.add(a_letter("eva@example.org"))  # something else is committed with the same connection
    db.session.commit()
    assert (queue.told, deliveries()) == ([], [])


def test_a_savepoint_tells_nobody_and_takes_back_only_its_own(queue: Queue) -> None:
    kept = tasks.ask("a test", 1, at=now())
    with db.session.begin_nested():
        inner = tasks.ask("a test", 2, at=now())
    assert queue.told == []
    taken_back = db.session.begin_nested()
    tasks.ask("a test", 3, at=now())
    db.session.flush()
    taken_back.rollback()
    db.session.commit()
    assert queue.told == [kept.id, inner.id]
    assert [each.subject_id for each in deliveries()] == [1, 2]


def test_a_worker_is_told_when_it_is_time_and_once(queue: Queue) -> None:
    due, later = tasks.ask("a test", 1, at=now()), tasks.ask("a test", 2, at=now() + timedelta(minutes=1))
    db.session.commit()
    later.steps = 2
    db.session.commit()
    assert queue.told == [due.id]


@pytest.fixture
def queue_away(app: Flask) -> Iterator[None]:
    """The application as it is while Redis cannot be reached."""
    redis, connected = app.config["REDIS_URL"], {name: app.extensions[name] for name in ("queue", "look_at")}
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"  # nothing listens there
    task_queue.init_app(app)
    yield
    app.config["REDIS_URL"] = redis
    app.extensions.update(connected)


@pytest.mark.usefixtures("queue_away")
def test_a_queue_that_is_away_loses_nothing(sink: Sink) -> None:
    outbox.add(a_letter(), a_letter())
    db.session.commit()
    assert tasks.run_due() == 2, "the sweep finds them"
    assert len(sink.received) == 2
