"""The server is killed while several people save answers: whatever it said was saved is there, once. Real processes."""

import http.client
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from app import create_app
from config import settings
from tests import factories as make
from tests.consultation.questions.documents import asks, document
from tests.installations import environment, free_port, wait_until_it_answers
from tests.test_start import eventually, running
from workshop.consultation.questionnaires.models import Response
from workshop.platform import schema
from workshop.platform.db import db
from workshop.platform.links import digest

PEOPLE, ROUNDS, ENOUGH, MOST = 6, 2, 60, 90  # MOST: what one address may save in a minute, shared by all
pytestmark = pytest.mark.own_database

QUESTIONS = 7
OPEN = "/workshops/w/questionnaires/q"


class Person:
    """Begins, and saves one answer after the other until the line breaks; remembers what was acknowledged."""

    def __init__(self, address: str) -> None:
        self.line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.token, self.csrf, self.cookie = "", "", ""
        self.saved, self.under_way = 0, 0
        self.answers: dict[str, str] = {}
        self.refused: list[str] = []

    def run(self) -> None:
        try:
            self.begin()
            for number in range(1, MOST + 1):
                self.save(number)
        except (OSError, http.client.HTTPException):
            pass  # the server is gone, which is what this is about
        finally:
            self.line.close()

    def ask(self, verb: str, path: str, **fields: str) -> tuple[http.client.HTTPResponse, str]:
        body = urlencode(fields | {"csrf_token": self.csrf}) if fields or verb == "POST" else None
        headers = {"Cookie": self.cookie} if self.cookie else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.line.request(verb, path, body, headers)
        answer = self.line.getresponse()
        page = answer.read().decode()
        self.cookie = (answer.headers["Set-Cookie"] or self.cookie).partition(";")[0]
        return answer, page

    def begin(self) -> None:
        _answer, page = self.ask("GET", OPEN)
        self.csrf = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
        answer, _page = self.ask("POST", OPEN)
        self.token = answer.headers["Location"].rpartition("/q/")[2]

    def save(self, number: int) -> None:
        self.under_way, code = number, f"Q{number % QUESTIONS}"
        answer, page = self.ask("POST", f"/q/{self.token}/save", **{"question": code, code: str(number)})
        if answer.status != 200:
            self.refused.append(page)
            return
        self.saved, self.answers[code] = number, str(number)


@pytest.fixture
def env(tmp_path: Path, worker_id: str) -> Iterator[dict[str, str]]:
    """A production installation of its own: on a SQLite file, or on the PostgreSQL that the tests were told of."""
    server, _, name = os.environ.get("TEST_DATABASE_URL", "").rpartition("/")
    secret = {"WORKSHOP_SECRET_KEY": "x" * 40}
    if not server:
        yield environment(tmp_path, **secret)
        return
    own, engine = f"{name}_killed_{worker_id}", create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{own}"'))
        connection.execute(text(f'CREATE DATABASE "{own}"'))
        yield environment(tmp_path, **secret, WORKSHOP_DATABASE_URL=f"{server}/{own}")
        connection.execute(text(f'DROP DATABASE "{own}" WITH (FORCE)'))
    engine.dispose()


@contextmanager
def installed(env: dict[str, str]) -> Iterator[Flask]:
    app = create_app(settings(env) | {"LOG_LEVEL": 50})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def a_round(env: dict[str, str]) -> list[Person]:
    """Serve, have all save at once, and kill the server in the middle of it."""
    address = f"http://127.0.0.1:{free_port()}"
    with running("serve", "--port", address.rpartition(":")[2], env=env) as server:
        wait_until_it_answers(f"{address}/healthz", server)
        people = [Person(address) for _ in range(PEOPLE)]
        threads = [threading.Thread(target=person.run) for person in people]
        for thread in threads:
            thread.start()
        assert eventually(lambda: sum(person.saved for person in people) >= ENOUGH)
        server.kill()
        for thread in threads:
            thread.join(20)
    assert [person.refused for person in people if person.refused] == []
    return people


def test_what_was_acknowledged_is_there_once_after_the_server_was_killed(env: dict[str, str]) -> None:
    with installed(env):
        schema.bring_up_to_date()
        db.session.add(make.version(document(*(asks(f"Q{number}", "text") for number in range(QUESTIONS)))))
        db.session.commit()
    people = [person for _ in range(ROUNDS) for person in a_round(env)]
    with installed(env):
        if db.engine.dialect.name == "sqlite":
            assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        kept: dict[str, Any] = {each.token_hash: each for each in db.session.scalars(db.select(Response))}
    begun = [person for person in people if person.token]
    assert len({person.token for person in begun}) == len(begun) <= len(kept) <= len(people)
    assert sum(person.saved for person in people) >= ROUNDS * ENOUGH
    for person in begun:
        response = kept[digest(person.token)]
        last = {f"Q{person.under_way % QUESTIONS}": str(person.under_way)}  # asked for, and perhaps never answered
        assert response.answers in (person.answers, person.answers | last)
        assert response.revision - 1 in (person.saved, person.under_way), "each was saved once"
