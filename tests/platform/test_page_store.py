"""Kept pages: bounded, the least recently asked for go first, and Redis is never waited for."""

import os
import socket
import time

import pytest

from workshop.platform.page_store import LARGEST, Page, PageStore, SharedPageStore

HTML = (("Content-Type", "text/html; charset=utf-8"),)


def test_what_nobody_asks_for_makes_room() -> None:
    store = PageStore(room=10)
    for name in "abc":
        store.put(name, Page(b"1234", HTML))
        store.get("a")
    assert store.get("a") == Page(b"1234", HTML)
    assert store.get("b") is None
    assert store.get("c") == Page(b"1234", HTML)


def test_a_page_put_again_takes_its_room_once() -> None:
    store = PageStore(room=10)
    for _ in range(5):
        store.put("a", Page(b"1234", HTML))
    store.put("b", Page(b"1234", HTML))
    assert store.get("a")


def test_what_is_too_large_is_not_kept() -> None:
    store = PageStore()
    store.put("a", Page(bytes(LARGEST + 1), HTML))
    assert store.get("a") is None


@pytest.mark.own_database
def test_processes_share_what_redis_holds() -> None:
    url = os.environ.get("WORKSHOP_REDIS_URL")
    if not url:
        pytest.skip("no Redis in this run")
    one, other = SharedPageStore(url), SharedPageStore(url)
    page = Page(b"\x00\n\xff body", (*HTML, ("Content-Disposition", 'inline; filename="x.ics"')))
    one.put("a page of this test", page)
    assert other.get("a page of this test") == page


def test_a_redis_that_is_away_or_silent_costs_one_short_wait() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = SharedPageStore(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        before = time.monotonic()
        for name in map(str, range(100)):
            assert store.get(name) is None
            store.put(name, Page(b"x", HTML))
        assert store.get("7") == Page(b"x", HTML)
        assert time.monotonic() - before < 4  # a hundred waits of a fifth of a second would be twenty
