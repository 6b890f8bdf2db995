"""Imports done by a worker: once, whatever dies and whoever clicks; what is small at once, by the same functions."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import select

from tests.fetching import do_all
from workshop.platform import files, import_steps, tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.limits import TABLE
from workshop.platform.import_steps import AT_ONCE, FOLDER, STEP, WAITS, ImportStep, Result

READ, TAKE, LARGE = "test.read", "test.take", AT_ONCE + 1


@pytest.fixture(autouse=True)
def doers(app: Flask) -> Iterator[None]:
    """A reading that leaves a row behind in its session, and a taking that adds one, unless the file is "bad"."""

    @import_steps.reads(READ)
    def read(*, name: str) -> Result:
        add("read", name)
        if name == "bad":
            raise RuleBroken("Row 3, column “email”: no address.", "file")
        return {"name": name, "seen": "x"}

    @import_steps.takes(TAKE)
    def take(*, name: str, seen: str) -> Result:
        add("take", name)
        if seen != "x":
            raise RuleBroken("The preview has changed.")
        return {"name": name}

    yield
    del import_steps.READERS[READ], import_steps.TAKERS[TAKE]


def stored(size: int) -> str:
    return files.put_apart(bytes(size), FOLDER)


def add(verb: str, name: str) -> None:
    db.session.add(AuditEntry(at=now(), verb=verb, subject=name, who=None))


def done() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.verb)))


def steps() -> list[ImportStep]:
    return list(db.session.scalars(select(ImportStep)))


def test_what_is_small_is_done_at_once_and_leaves_no_step() -> None:
    assert import_steps.read(READ, "a", of=stored(AT_ONCE), name="good").result == {"name": "good", "seen": "x"}
    assert import_steps.read(READ, "a", of=stored(AT_ONCE), name="bad").refused.field == "file"
    assert done() == [], "a reading leaves nothing"
    assert import_steps.take(TAKE, "a", of=stored(AT_ONCE), name="good", seen="y").refusal == "The preview has changed."
    assert import_steps.take(TAKE, "a", of=stored(AT_ONCE), name="good", seen="x").state == "ready"
    assert done() == ["take"]
    assert steps() == []


def test_what_is_large_waits_for_a_worker_and_two_clicks_are_one() -> None:
    first = import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="x")
    assert import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="x").id == first.id
    assert first.state == "running"
    do_all(STEP)
    assert import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="x").state == "ready"
    do_all(STEP)
    assert done() == ["take"]


def test_a_refusal_says_where_and_is_kept_until_the_next_try() -> None:
    assert import_steps.read(READ, "a", of=stored(LARGE), name="bad").state == "running"
    do_all(STEP)
    step = import_steps.read(READ, "a", of=stored(LARGE), name="bad")
    assert (step.state, step.refused.message) == ("refused", "Row 3, column “email”: no address.")
    assert import_steps.read(READ, "a", of=stored(LARGE), name="good").state == "running", (
        "another state is another reading"
    )
    assert done() == []


def test_when_the_preview_has_changed_nothing_is_taken_and_it_is_made_anew() -> None:
    import_steps.read(READ, "a", of=stored(LARGE), name="good")
    do_all(STEP)
    assert import_steps.read(READ, "a", of=stored(LARGE), name="good").state == "ready"
    import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="y")
    do_all(STEP)
    refused = import_steps.find(TAKE, "a")
    assert import_steps.trouble(refused) == "The preview has changed."
    assert import_steps.read(READ, "a", of=stored(LARGE), name="good").state == "running"
    assert import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="x").state == "running"
    do_all(STEP)
    assert done() == ["take"]
    assert import_steps.trouble(import_steps.find(TAKE, "a")) == ""


def test_a_worker_killed_before_its_commit_has_done_nothing_and_another_does_it_once() -> None:
    step = import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="x")
    task = step.task
    assert task is not None
    assert tasks.take(task.id, "killed")
    import_steps.TAKERS[TAKE](name="good", seen="x")  # what it was about to commit
    db.session.flush()
    db.session.rollback()
    db.session.refresh(task)
    assert done() == []
    assert tasks.run_due() == 0, "its lease still holds"
    task.taken_until = now() - timedelta(seconds=1)
    db.session.commit()
    assert task.is_interrupted(now()), "the page says so meanwhile"
    tasks.run_due()
    import_steps.work(task)  # the first wakes up again
    db.session.commit()
    assert done() == ["take"]
    assert steps()[0].state == "ready"


def test_one_that_keeps_failing_says_so_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*, name: str, seen: str) -> Result:
        raise ValueError(name)

    monkeypatch.setitem(import_steps.TAKERS, TAKE, broken)
    step = import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="x")
    for _attempt in range(3):
        assert step.task is not None
        step.task.due_at = now()
        db.session.commit()
        tasks.run_due()
    assert step.state == "failed"
    assert import_steps.take(TAKE, "a", of=stored(LARGE), name="good", seen="x").state == "running"


def test_after_a_day_or_an_erasure_nothing_read_is_left() -> None:
    old = import_steps.read(READ, "a", of=stored(LARGE), name="good")
    import_steps.take(TAKE, "b", of=stored(LARGE), name="good", seen="x")
    old.asked_at = now() - timedelta(days=2)
    db.session.commit()
    import_steps.forget_old_steps()
    assert [each.subject for each in steps()] == ["b"]
    import_steps.read(READ, "c", of=stored(LARGE), name="good")
    list_of_names = import_steps.store(b"Ada Sample,ada@example.org", TABLE)
    assert list_of_names in import_steps.forget(db.session), "its caller removes it after the commit"
    db.session.commit()
    assert [each.subject for each in steps()] == ["b"], "what is being taken in is not asked for again"


def test_what_is_being_taken_in_while_somebody_is_erased_is_refused_and_says_so(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list may name who was erased: neither a worker that has yet to read it nor one that is at it takes it in."""
    gone = "The file is no longer stored here. Please choose it again."
    waiting = import_steps.take(TAKE, "waiting", of=stored(LARGE), name="good", seen="x")
    assert import_steps.forget(db.session)
    db.session.commit()
    do_all(STEP)
    assert (waiting.state, import_steps.trouble(waiting)) == ("refused", gone)

    underway = import_steps.take(TAKE, "underway", of=stored(LARGE), name="good", seen="x")

    def overtaken(*, name: str, seen: str) -> Result:
        with app.app_context():
            import_steps.forget(db.session)
            db.session.commit()
        add("take", name)
        return {"name": name}

    monkeypatch.setitem(import_steps.TAKERS, TAKE, overtaken)
    do_all(STEP)
    db.session.refresh(underway)
    assert (underway.state, import_steps.trouble(underway)) == ("refused", gone)
    assert done() == []


def test_a_list_that_is_gone_when_a_worker_comes_to_it_is_said_to_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    name = stored(LARGE)
    monkeypatch.setitem(import_steps.TAKERS, TAKE, lambda name, seen: {"size": len(files.get(name))})
    step = import_steps.take(TAKE, "a", of=name, name=name, seen="x")
    files.remove(name)
    do_all(STEP)
    assert import_steps.trouble(step) == "The file is no longer stored here. Please choose it again."


def test_a_file_is_kept_for_a_week_and_then_said_to_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of recipients is not kept beside those who were erased with it."""
    name = import_steps.store(b"Ada Sample,ada@example.org", TABLE)
    import_steps.forget_old_steps()
    assert import_steps.read(READ, "a", of=name, name="good").state == "ready"
    monkeypatch.setattr(import_steps, "now", lambda: now() + WAITS + timedelta(minutes=1))
    import_steps.forget_old_steps()
    for step in (
        import_steps.read(READ, "a", of=name, name="good"),
        import_steps.take(TAKE, "a", of=name, name="good", seen="x"),
    ):
        assert step.refused.message == "The file is no longer stored here. Please choose it again."
    assert done() == []


def test_what_is_larger_than_any_file_that_is_read_is_refused_before_it_is_stored() -> None:
    limit = TABLE._replace(sent=4)
    with pytest.raises(RuleBroken, match=r"list\.csv"):
        import_steps.store(b"12345", limit, name="list.csv")
    assert files.get(import_steps.store(b"1234", limit)) == b"1234"
    with pytest.raises(FileNotFoundError):
        files.get(sha256(b"12345").hexdigest())
