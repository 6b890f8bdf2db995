"""Much data: migrations up and down with what is in it compared, and a backup while people write."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from flask import Flask

from app import create_app
from config import settings
from tests import factories as make
from tests.consultation.questions.documents import asks, document
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform import backup, schema
from workshop.platform.db import db, now

from . import FULL, note

ANSWERS = 100_000 if FULL else 1_000
OLDEST = "0020"  # what was added before is looked at by tests of its own
QUESTIONS = 20
SECONDS = 60.0
pytestmark = pytest.mark.on_one_database("an installation of its own on SQLite")


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(tmp_path)}) | {"LOG_LEVEL": 50})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def fill(number: int) -> None:
    version = make.version(document(*(asks(f"Q{n}", "text") for n in range(QUESTIONS))))
    db.session.add(version)
    db.session.commit()
    at = now()
    common = {"version_id": version.id, "language": "en", "begun_at": at, "saved_at": at, "state": "submitted"}
    for start in range(0, number, 5000):
        several = range(start, min(start + 5000, number))
        rows = [
            common
            | {"token_hash": f"t{n}", "answers": {f"Q{q}": f"said {n} {q}" for q in range(QUESTIONS)}, "drafts": {}}
            | {
                "done": [],
                "consent": {},
                "is_synthetic": True,
                "revision": 1,
                "key": f"k{n}",
                "state": ResponseState.SUBMITTED,
            }
            for n in several
        ]
        db.session.execute(sa.insert(Response), rows)
        db.session.commit()
    db.session.remove()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, except names drawn anew; the answers only of every hundredth person."""
    found = {}
    with db.engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            few = "WHERE id % 100 = 0" if table == "response" and FULL else ""
            rows = connection.execute(sa.text(f'SELECT * FROM "{table}" {few}')).mappings()  # noqa: S608
            found[table] = [{name: value for name, value in row.items() if name != "key"} for row in rows]
    return found


def test_each_migration_goes_up_and_down_and_the_data_is_as_before(own_app: Flask) -> None:
    """Down to one and up again: what both forms have in common is the same, row by row."""
    schema.bring_up_to_date()
    fill(ANSWERS)
    config, before = schema.config_of(schema.MIGRATIONS), everything()
    command.downgrade(config, OLDEST)
    began = time.monotonic()
    schema.bring_up_to_date()
    seconds = time.monotonic() - began
    after = everything()
    note(f"migrations since {OLDEST}: {ANSWERS} sets of answers, up in {seconds:.1f} s")
    assert before["response"]
    for table in ("response", "questionnaire", "questionnaire_version", "workshop", "series"):
        assert after[table] == before[table], table
    assert seconds <= SECONDS or not FULL


def test_a_backup_made_under_load_holds_all_that_was_saved_before_it_began(own_app: Flask, tmp_path: Path) -> None:
    db.create_all()
    fill(ANSWERS // 10)
    over, written = threading.Event(), list[int]()

    def write() -> None:
        with own_app.app_context():
            number = 0
            while not over.is_set():
                statement = sa.update(Response).where(Response.token_hash == "t0").values(revision=number + 2)
                db.session.execute(statement.execution_options(synchronize_session=False))
                db.session.commit()
                written.append(number + 2)
                number += 1
            db.session.remove()

    thread = threading.Thread(target=write)
    thread.start()
    while len(written) < 20:
        time.sleep(0.01)
    before = written[-1]
    made = backup.make(tmp_path / "backups")
    over.set()
    thread.join()
    engine = sa.create_engine(f"sqlite:///{made / 'workshop.sqlite'}")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        assert connection.scalar(sa.text("SELECT count(*) FROM response")) == ANSWERS // 10
        kept = connection.scalar(sa.text("SELECT revision FROM response WHERE token_hash = 't0'"))
    engine.dispose()
    note(f"backup under load: {before} saved before, {kept} in the copy")
    assert kept >= before
