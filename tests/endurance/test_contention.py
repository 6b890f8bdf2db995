"""Many at one thing: two editors of one form, a database that somebody else holds, a backup while people write and read."""

import contextvars
import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from config import settings
from tests import cast
from tests import factories as make
from tests.platform.test_conflicts import form_of
from tests.test_start import instance_app as instance_app  # a fixture
from workshop.demonstration.loader import load_2005
from workshop.platform import backup, files, restoring
from workshop.platform.db import db
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop

from . import FULL, note

pytestmark = pytest.mark.on_one_database("an installation of its own on SQLite")
EDITS = 200 if FULL else 8
SESSION = "/workshops/w/desk/agenda/sessions/1"
SENT_BY_A_FORM = {"Origin": "http://localhost"}


def signed_in(app: Flask, user: User) -> FlaskClient:
    client, token = app.test_client(), cast.signed_in(user)
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    more = {"LOG_LEVEL": 50, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False}
    app = create_app(settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(tmp_path)}) | more)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def editors(own_app: Flask) -> list[FlaskClient]:
    """Two organisers of one workshop that has one session."""
    company = cast.assemble()
    hours = {"starts_at": make.NOON, "ends_at": make.NOON + timedelta(hours=1)}
    db.session.add_all(
        [
            make.session(workshop=company.workshop, number=1, **hours),
            Membership(user=company.ben, workshop=company.workshop, role=Role.ORGANISER),
        ]
    )
    db.session.commit()
    return [signed_in(own_app, user) for user in (company.ana, company.ben)]


class Editor(threading.Thread):
    """Adds one word after the other to the same text, as a person does: reads, types, saves, and looks where asked to."""

    def __init__(self, app: Flask, client: FlaskClient, name: str) -> None:
        super().__init__()
        self.app, self.client, self.word = app, client, name
        self.acknowledged: list[str] = []
        self.asked = 0
        self.answers: set[int] = set()

    def run(self) -> None:
        for number in range(EDITS):
            self.add(f"{self.word}{number}")

    def add(self, word: str) -> None:
        fields = form_of(self.client.get(SESSION).text, "/1")
        fields["note-en"] = f"{fields['note-en']} {word}".strip()
        for _attempt in range(1000):  # the other may be quicker for a long time
            answer = self.client.post(SESSION, data=fields, headers=SENT_BY_A_FORM)
            self.answers.add(answer.status_code)
            if answer.status_code == 302:
                self.acknowledged.append(word)
                return
            if answer.status_code == 409:  # both changed it: the other's text is looked at, and one of both written
                self.asked += 1
                theirs = form_of(self.client.get(SESSION).text, "/1")["note-en"]
                fields = form_of(answer.text, "/1") | {"both.note-en": f"{theirs} {word}"}


def test_two_editors_lose_no_word_that_was_acknowledged(own_app: Flask, editors: list[FlaskClient]) -> None:
    people = [Editor(own_app, client, name) for client, name in zip(editors, "ab", strict=True)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    db.session.remove()
    words = set(db.session.scalars(sa.select(Session)).one().note["en"].split())
    acknowledged = [word for each in people for word in each.acknowledged]
    note(f"two editors: {len(acknowledged)} saves of {2 * EDITS}, asked {sum(each.asked for each in people)} times")
    assert [word for word in acknowledged if word not in words] == []
    assert len(acknowledged) == 2 * EDITS
    assert set.union(*(each.answers for each in people)) <= {302, 409, 503}


def test_a_database_that_somebody_holds_is_waited_for_then_said(
    own_app: Flask, editors: list[FlaskClient], tmp_path: Path
) -> None:
    ana, database = editors[0], tmp_path / "workshop.sqlite"
    fields = form_of(ana.get(SESSION).text, "/1") | {"note-en": "Typed while it was held"}
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        soon = threading.Timer(3 if FULL else 0.5, other.execute, ["COMMIT"])
        soon.start()
        assert ana.post(SESSION, data=fields, headers=SENT_BY_A_FORM).status_code == 302, "late, but taken"
        soon.join()
        if not FULL:
            return
        other.execute("BEGIN IMMEDIATE")  # and never let go
        again = form_of(ana.get(SESSION).text, "/1") | {"note-en": "Typed in vain"}
        answer = ana.post(SESSION, data=again, headers=SENT_BY_A_FORM)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert "Typed in vain" in answer.text
        other.execute("ROLLBACK")
    assert ana.post(SESSION, data=again, headers=SENT_BY_A_FORM).status_code == 302


PLACES = ("", "agenda", "agenda.ics", "agenda.json", "agenda.csv", "speakers", "papers", "reports", "reports/plenary")


def public(app: Flask, slug: str) -> dict[str, str]:
    """What strangers read, each as a digest."""
    get = app.test_client().get
    answers = {place: contextvars.Context().run(get, f"/workshops/{slug}/{place}?lang=en") for place in PLACES}
    assert {place for place, answer in answers.items() if answer.status_code != 200} == set()
    return {place: hashlib.sha256(answer.data).hexdigest() for place, answer in answers.items()}


def stored(folder: Path) -> dict[str, str]:
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.skipif(not FULL, reason="every day: tests/endurance/test_growth.py and tests/platform/test_erasure.py")
def test_what_a_backup_under_load_brings_back_is_the_same_to_the_byte(instance_app: Flask, tmp_path: Path) -> None:
    assert load_2005()
    there = db.session.scalars(sa.select(Workshop)).one()
    slug, kept = there.slug, files.put(b"a paper")
    before, papers = public(instance_app, slug), stored(tmp_path / "files")
    over, saves = threading.Event(), list[int]()

    def write() -> None:
        with instance_app.app_context():
            while not over.is_set():
                db.session.execute(sa.update(Session).values(expected=len(saves)))
                db.session.commit()
                saves.append(1)
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = backup.make(tmp_path / "backups")
    finally:
        over.set()
        writer.join()
    db.session.execute(sa.update(Workshop).values(title={"en": "Spoilt"}))
    db.session.commit()
    (tmp_path / "files" / kept[:2] / kept).unlink()
    db.session.remove()
    restoring.run(made)
    note(f"backup under load: {len(saves)} saves meanwhile, {len(before)} pages and {len(papers)} files compared")
    assert public(instance_app, slug) == before
    assert stored(tmp_path / "files").items() >= papers.items()
