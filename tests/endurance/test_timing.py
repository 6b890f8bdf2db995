"""Signing in takes as long for an address that is known as for one that is not: time of the processor, since a busy machine
makes everybody wait in its own way. Measured at length only.
"""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config import settings
from tests import factories as make
from workshop.platform.db import db
from workshop.secretariat.accounts import passwords

from . import FULL, note

TRIES = 250 if FULL else 5
CLOSE = 3.0  # milliseconds between the medians
pytestmark = pytest.mark.on_one_database("an installation of its own on SQLite")


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    env = {"WORKSHOP_MODE": "production", "WORKSHOP_INSTANCE": str(tmp_path), "WORKSHOP_SECRET_KEY": "x" * 40}
    more = {"LOG_LEVEL": 50, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False, "TRUSTED_HOSTS": None}
    app = create_app(settings(env) | more)
    with app.app_context():
        db.create_all()
        hashed = passwords.hash("the right password")
        db.session.add_all([make.user(f"known{n}", password_hash=hashed) for n in range(TRIES)])
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def milliseconds(app: Flask, email: str) -> float:
    client, began = app.test_client(), time.process_time()
    answer = client.post("/sign-in", data={"email": email, "password": "wrong"})
    taken = (time.process_time() - began) * 1000
    assert "The email address or the password is not right." in answer.text
    return taken


def test_known_and_unknown_addresses_are_answered_alike(own_app: Flask) -> None:
    milliseconds(own_app, "first@example.org")
    known, unknown = [], []
    for number in range(TRIES):  # by turns, so that the machine treats both alike; each address once, so none is slowed
        known.append(milliseconds(own_app, f"known{number}@example.org"))
        unknown.append(milliseconds(own_app, f"nobody{number}@example.org"))
    apart = abs(statistics.median(known) - statistics.median(unknown))
    note(f"sign-in: {2 * TRIES} tries, medians {apart:.2f} ms apart")
    assert apart <= CLOSE or not FULL
