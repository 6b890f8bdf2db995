"""Where finished pages are kept: in this process, and where Redis is also for the others.

Nothing is ever thrown away because of its age: its name holds the version of what it shows, and a newer version has
another name. What nobody asks for makes room for what is asked for.
"""

import json
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from flask import Flask
from structlog import get_logger

log = get_logger()
ROOM = 32 * 1024 * 1024  # bytes in each process
LARGEST = 1024 * 1024  # bytes; a larger body is made or fetched again
DAY = 24 * 3600
PATIENCE = 0.2  # seconds that a reader waits for Redis, at most
ADDRESSES = 1000  # of which each process knows what page they show; the longest known go first
REST = 5.0  # seconds for which it is not asked after it was away


@dataclass(frozen=True)
class Page:
    """The body as it is sent, and the headers that belong to it."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def packed(self) -> bytes:
        return json.dumps(self.headers).encode() + b"\n" + self.body

    @classmethod
    def unpacked(cls, packed: bytes) -> "Page":
        head, _, body = packed.partition(b"\n")
        return cls(body, tuple((name, value) for name, value in json.loads(head)))


class PageStore:
    """Pages of this process; the least recently asked for go first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._used = room, 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._known: OrderedDict[object, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Page | None:
        with self._lock:
            if page := self._pages.get(key):
                self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Page) -> None:
        if len(page.body) > LARGEST:
            return
        with self._lock:
            if old := self._pages.pop(key, None):
                self._used -= len(old.body)
            self._pages[key] = page
            self._used += len(page.body)
            while self._used > self._room:
                self._used -= len(self._pages.popitem(last=False)[1].body)

    def known(self, address: object) -> Any:
        """What was noted of an address (see doorstep.py), if anything."""
        return self._known.get(address)

    def know(self, address: object, noted: object) -> None:
        with self._lock:
            self._known.pop(address, None)
            self._known[address] = noted
            while len(self._known) > ADDRESSES:
                self._known.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._known.clear()
            self._pages.clear()
            self._used = 0


class SharedPageStore(PageStore):
    """The same in front of Redis. Where that is slow or away, a page is made again: never an error, never a wait."""

    def __init__(self, url: str, room: int = ROOM) -> None:
        super().__init__(room)
        import redis  # not installed everywhere, and not light

        self._redis: Any = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._faults: type[Exception] = redis.RedisError
        self._away_until = 0.0

    def get(self, key: str) -> Page | None:
        if page := super().get(key):
            return page
        packed = self._ask("get", f"page:{key}")
        if packed is None:
            return None
        page = Page.unpacked(packed)
        super().put(key, page)
        return page

    def put(self, key: str, page: Page) -> None:
        super().put(key, page)
        if len(page.body) <= LARGEST:
            self._ask("set", f"page:{key}", page.packed(), ex=DAY)

    def clear(self) -> None:
        """Also for the other processes: what a restored database says may have the version of something else."""
        super().clear()
        for key in self._ask("keys", "page:*") or ():
            self._ask("delete", key)

    def _ask(self, verb: str, *words: str | bytes, **options: int) -> Any:
        if time.monotonic() < self._away_until:
            return None
        try:
            return getattr(self._redis, verb)(*words, **options)
        except self._faults as error:
            self._away_until = time.monotonic() + REST
            log.warning("pages.unavailable", error=repr(error))
            return None


def init_app(app: Flask) -> None:
    url = app.config["REDIS_URL"]
    app.extensions["pages"] = SharedPageStore(url) if url else PageStore()
