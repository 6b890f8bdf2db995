"""Gone means gone: every byte of the installation is read, and of what a backup brings back."""

import io
import os
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests import factories as make
from tests.conftest import Here
from tests.consultation.questions.documents import asks, document
from tests.platform.foreign.pictures import picture
from tests.test_start import instance_app as instance_app  # a fixture
from workshop.consultation.answering import retention
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform import backup, erasure, outbox, restoring, tasks
from workshop.platform.db import db, now
from workshop.platform.mail import Message
from workshop.platform.page_store import Page, SharedPageStore

CANARY = b"CANARY-8d1f"
SAID = CANARY.decode()


def places(folder: Path) -> dict[str, int]:
    """In which files it stands, whatever kind of file it is."""
    found = {
        str(path.relative_to(folder)): path.read_bytes().count(CANARY) for path in folder.rglob("*") if path.is_file()
    }
    return {name: count for name, count in found.items() if count}


def work() -> None:
    while tasks.run_due():
        pass
    db.session.remove()


def answer(app: Flask, said: str) -> str:
    """Begin, say it in a text and in a file, send; the link."""
    client = app.test_client()
    link = str(client.post("/workshops/w/questionnaires/q").headers["Location"])
    for attempt in range(5):
        client.post(f"{link}/A", data={"T": f"{said} {os.urandom(1500).hex()} {attempt}", "go": "stay"})
    file = (io.BytesIO(picture("PNG")), f"{said}.png")
    client.post(f"{link}/A", data={"T": said, "F": file, "go": "next"}, content_type="multipart/form-data")
    assert client.post(f"{link}/submit").status_code == 302
    return link


@pytest.fixture
def app(instance_app: Flask) -> Flask:
    instance_app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False, TRUSTED_HOSTS=None)
    questions = [asks("T", "text"), asks("F", "file")]
    asked = make.questionnaire(slug="q", open_to_all=True)
    db.session.add(make.version(document(*questions), questionnaire=asked))
    db.session.commit()
    return instance_app


@pytest.mark.on_one_database("reads the files of SQLite byte by byte")
def test_withdrawn_answers_are_in_no_file_and_no_backup_brings_them_back(
    app: Flask, here: Here, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    backups = tmp_path_factory.mktemp("backups")
    for _other in range(3):
        answer(app, "something else")
    link = answer(app, SAID)
    key = db.session.scalars(select(Response.key).order_by(Response.id.desc())).first() or ""
    quoting = Message(recipient="m@example.org", subject="Copy", text="x", secret=SAID, written_at=now(), quotes=key)
    outbox.add(quoting)
    db.session.commit()
    made = backup.make(backups)
    assert places(tmp_path), "without erasing it is there"
    app.test_client().post(f"{link}/withdraw")
    work()
    assert places(tmp_path) == {}
    assert len(list((tmp_path / "files").rglob("answers/*/*"))) == 3
    backup.make(backups)
    assert (backups / "erased").read_text() == f"answers {key}\n"

    db.engine.dispose()
    (tmp_path / "erased").unlink()  # the disk was lost, and the list with it: the one beside the backups serves
    done = here(tmp_path, "restore", str(made), "--yes", WORKSHOP_MODE="demo")
    assert done.exit_code == 0, done.output
    assert places(tmp_path) == {}
    assert len(list((tmp_path / "files").rglob("answers/*/*"))) == 3
    db.session.remove()
    states = [each.state for each in db.session.scalars(select(Response).order_by(Response.id))]
    assert states == [ResponseState.SUBMITTED] * 3 + [ResponseState.WITHDRAWN]
    assert db.session.scalars(select(Message)).all() == []


@pytest.mark.on_one_database("reads the files of SQLite byte by byte")
def test_what_is_purged_is_in_no_file_and_is_purged_again_after_a_restore(
    app: Flask, here: Here, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    answer(app, SAID)
    asked = db.session.scalars(select(Questionnaire)).one()
    asked.kept_until = date(2026, 1, 31)
    db.session.add(Recipient(questionnaire=asked, name=SAID, email="m@example.org", language="en"))
    db.session.commit()
    made = backup.make(tmp_path_factory.mktemp("backups"))
    (due,) = retention.due(date(2026, 2, 1))
    retention.purge(due)
    work()
    assert places(tmp_path) == {}
    db.engine.dispose()
    assert here(tmp_path, "restore", str(made), "--yes", WORKSHOP_MODE="demo").exit_code == 0
    assert places(tmp_path) == {}


@pytest.mark.own_database
def test_no_page_kept_for_strangers_outlives_a_restore(app: Flask, here: Here, tmp_path: Path) -> None:
    shared = app.config["REDIS_URL"]
    if not shared:
        pytest.skip("no Redis in this run")
    redis = urlsplit(shared)._replace(path="/9").geturl()  # away from the pages of the tests beside this one
    made = backup.make(tmp_path / "backups")
    SharedPageStore(redis).put("an erased page", Page(CANARY, ()))
    done = here(tmp_path, "restore", str(made), "--yes", WORKSHOP_MODE="demo", WORKSHOP_REDIS_URL=redis)
    assert (done.exit_code, SharedPageStore(redis).get("an erased page")) == (0, None), done.output


@pytest.mark.own_database
def test_nothing_is_restored_beneath_a_running_service(app: Flask, here: Here, tmp_path: Path) -> None:
    made = backup.make(tmp_path / "backups")
    with restoring.hold_running(tmp_path):
        done = here(tmp_path, "restore", str(made), "--yes", WORKSHOP_MODE="demo")
    assert (done.exit_code, "The service is running" in done.output) == (2, True)


def test_the_list_tells_no_order_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lists" / "erased"
    for name in ("m", "z", "a", "m"):
        erasure.add_to(path, {("answers", name)})
    assert path.read_text() == "answers a\nanswers m\nanswers z\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir() if not each.name.startswith(".")] == ["erased"]


def test_postgresql_keeps_no_dead_row_in_its_tables(built_app: Flask) -> None:
    with built_app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite is read byte by byte above")
        message = Message(recipient="m@example.org", subject="s", text=SAID, written_at=now())
        db.session.add(message)
        db.session.commit()
        table = "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('message')"
        at_first = Path(db.session.scalar(text(table)) or "")
        db.session.execute(text("CHECKPOINT"))
        if not os.access(at_first, os.R_OK):
            pytest.skip("the server's files cannot be read from here")
        assert CANARY in at_first.read_bytes()
        db.session.delete(message)
        db.session.commit()
        erasure.scrub(tables=["message"])
        files_of_table = at_first.parent.glob("*")
        assert not [each for each in files_of_table if each.is_file() and CANARY in each.read_bytes()]
