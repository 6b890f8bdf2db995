"""How often one address may do something, counted without a thread for each hit."""

import threading
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from workshop.platform.db import db
from workshop.platform.rate_limits import SweptStorage


@pytest.fixture
def limited_app(app: Flask) -> Iterator[Flask]:
    limited = create_app(dict(app.config) | {"RATELIMIT_ENABLED": True, "RATELIMIT_STORAGE_URI": "swept://"})
    yield limited
    with limited.app_context():  # a connection left open would be complained of in whichever test comes later
        db.engine.dispose()


def test_a_limit_is_kept_and_starts_no_threads(limited_app: Flask) -> None:
    client = limited_app.test_client()
    time.sleep(0.05)  # what the library starts with its own store in reserve has ended
    before = threading.active_count()
    states = []
    for _ in range(12):
        states.append(client.post("/workshops/w/agenda/pdf/programme").status_code)
        assert threading.active_count() == before
    assert states == [404] * 10 + [429] * 2


def test_what_is_over_is_swept_away() -> None:
    store = SweptStorage()
    for number in range(50):
        assert store.acquire_entry(f"address {number}", 3, 0)
    assert len(store.events) > 40
    time.sleep(0.01)
    store._next_sweep = 0.0
    store.acquire_entry("one more", 3, 60)
    assert list(store.events) == ["one more"]


def test_sweeping_waits_for_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    store, sweeps = SweptStorage(), []
    monkeypatch.setattr(store, "_MemoryStorage__expire_events", lambda: sweeps.append(1))
    for _ in range(100):
        store.acquire_entry("a", 600, 60)
    assert len(sweeps) == 1
    store._next_sweep = 0.0
    store.acquire_entry("a", 600, 60)
    assert len(sweeps) == 2
