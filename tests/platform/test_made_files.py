"""Files that a worker makes: only of what is so now, for a day, and a page that says why there is none."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from workshop.platform import files, made_files, tasks
from workshop.platform.db import db, now
from workshop.platform.made_files import Draft, MadeFile

KIND = "test.txt"


@pytest.fixture
def said(app: Flask) -> Iterator[dict[str, str]]:
    """What the file says; it can be changed, or taken away."""
    words = {"text": "first"}

    @made_files.makes(KIND)
    def draft(*, number: int) -> Draft | None:
        text = words.get("text")
        return Draft(text, lambda: f"{text} {number}".encode()) if text else None

    yield words
    del made_files.MAKERS[KIND]


def asked(number: int = 1) -> MadeFile:
    wanted = made_files.wanted_file(KIND, "en", {"number": number})
    made_files._have_made(wanted)
    return wanted


def content() -> list[bytes]:
    return [files.get(each.stored_as) for each in db.session.scalars(select(MadeFile)) if each.stored_as]


def test_it_is_made_once_and_anew_when_what_it_says_changes(said: dict[str, str]) -> None:
    first = asked()
    assert asked() is first, "asked for twice, made once"
    assert tasks.run_due() == 1
    assert content() == [b"first 1"]
    kept = first.stored_as
    said["text"] = "second"
    asked()
    asked(2)
    tasks.run_due()
    assert sorted(content()) == [b"second 1", b"second 2"], "the outdated one is gone, the other is another file"
    with pytest.raises(FileNotFoundError):
        files.get(kept)


def test_what_is_outdated_or_gone_when_a_worker_comes_is_not_made(said: dict[str, str]) -> None:
    asked()
    said["text"] = "second"
    tasks.run_due()
    assert db.session.scalars(select(MadeFile)).all() == []
    asked()
    said.clear()
    tasks.run_due()
    assert db.session.scalars(select(MadeFile)).all() == []


def test_one_that_cannot_be_written_is_said_to_have_failed(
    said: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*, number: int) -> Draft:
        return Draft("broken", lambda: (number // 0).to_bytes())

    monkeypatch.setitem(made_files.MAKERS, KIND, broken)
    wanted = asked()
    for _attempt in range(3):
        if wanted.task:
            wanted.task.due_at = now()
        db.session.commit()
        tasks.run_due()
    assert wanted.state == "failed"
    asked()
    assert wanted.state == "running", "and can be asked for again"


def test_after_a_day_or_an_erasure_none_is_left(said: dict[str, str]) -> None:
    old, stored = asked(), []
    asked(2)
    tasks.run_due()
    old.asked_at = now() - timedelta(days=2)
    db.session.commit()
    made_files.forget_old_files()
    assert content() == [b"first 2"]
    stored = made_files.forget(db.session, KIND)
    db.session.commit()
    assert len(stored) == 1
    assert db.session.scalars(select(MadeFile)).all() == []


def in_store(text: str) -> list[str]:
    return [name for name in files.names_in(made_files.FOLDER) if files.get(name) == text.encode()]


def test_what_is_written_while_somebody_is_erased_is_kept_nowhere(app: Flask) -> None:
    """A worker has the name in hand already; the row it writes for is gone when it comes to say that it is done."""

    @made_files.makes(KIND)
    def draft(*, number: int) -> Draft:
        def write() -> bytes:
            with app.app_context():
                assert made_files.forget(db.session, KIND) == [""]
                db.session.commit()
            return b"Ada Canary"

        return Draft("state", write)

    try:
        asked()
        tasks.run_due()
    finally:
        del made_files.MAKERS[KIND]
    assert db.session.scalars(select(MadeFile)).all() == []
    assert in_store("Ada Canary") == []


def test_what_a_killed_worker_stored_and_could_not_say_is_gone_after_a_day(
    said: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files.put_apart(b"Bea Canary", made_files.FOLDER)
    asked()
    tasks.run_due()
    made_files.forget_old_files()
    assert len(in_store("Bea Canary")) == 1
    assert len(in_store("first 1")) >= 1
    monkeypatch.setattr(made_files, "now", lambda: now() + made_files.KEPT + timedelta(minutes=1))
    made_files.forget_old_files()
    assert in_store("Bea Canary") == in_store("first 1") == []


def test_one_whose_file_is_gone_since_is_made_again(app: Flask, said: dict[str, str]) -> None:
    asked()
    tasks.run_due()
    files.remove(asked().stored_as)
    with app.test_request_context("/healthz"):
        answer = made_files.give(KIND, "x.docx", language="en", back="/", number=1)
    assert answer.status_code == 302
    tasks.run_due()
    assert content() == [b"first 1"]
