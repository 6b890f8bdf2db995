"""Stopping without cutting anybody off: what is under way is finished, what comes after is told to come again."""

import signal
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from structlog import get_logger

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = get_logger()
LONGEST = 25.0  # seconds; whoever runs the service kills it after thirty
LINGER = 0.5  # for answers on their way out
REFUSAL = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>One moment</title><meta http-equiv="refresh" content="5"></head>
<body><h1>The service is restarting</h1>
<p>Nothing is lost. This takes a few seconds. Go back, then send what you typed once more.</p></body></html>
"""


class Draining:
    """The application, with a door in front that closes when the process is told to stop."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._let_through: set[object] = set()
        self._is_closing = self._is_closed = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not self._is_closing or self._lets_through(environ):
            return self._application(environ, start_response)
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Retry-After", "5"), ("Cache-Control", "no-store")]
        start_response("503 Service Unavailable", headers)
        return [REFUSAL]

    def _lets_through(self, environ: "WSGIEnvironment") -> bool:
        """Whoever had begun to send; and forms, as long as the others take, so that nothing typed is lost."""
        connection = connection_of(environ)
        if connection in self._let_through:
            self._let_through.discard(connection)  # what it sends next comes after
            return True
        return environ["REQUEST_METHOD"] == "POST" and not self._is_closed

    def drain(self, look: Callable[[float], None], connections: Callable[[], list[Any]]) -> None:
        """Wait until those have their answers that had begun to send. `look` moves bytes for a while; `connections` are
        those that are open.
        """
        end = time.monotonic() + LONGEST
        for self._is_closed in (False, True):
            under_way = {each for each in connections() if is_busy(each)}
            self._let_through |= under_way
            self._is_closing = True
            while under_way and time.monotonic() < end:
                look(0.1)
                under_way = {each for each in under_way if each.connected and is_busy(each)}
        linger = time.monotonic() + LINGER
        while time.monotonic() < linger and any(map(is_busy, connections())):
            look(0.05)
        log.info("server.stopped", cut_off=len(under_way))


def connection_of(environ: "WSGIEnvironment") -> object:
    """The server's own object for the connection that a request came by."""
    return getattr(environ.get("waitress.client_disconnected"), "__self__", None)


def is_busy(connection: Any) -> bool:
    """Whether a request is coming in, being answered, or its answer going out."""
    return bool(connection.request is not None or connection.requests or connection.total_outbufs_len)


def answer(server: Any, door: Draining) -> None:
    """Serve until interrupted or told to stop (SIGTERM), then drain."""
    told = threading.Event()
    sockets = getattr(server, "map", None) or server._map

    def stop(*_: object) -> None:
        told.set()
        for each in list(sockets.values()):
            if hasattr(each, "pull_trigger") and hasattr(each, "trigger"):
                each.pull_trigger()  # so that the loop looks up at once

    def look(seconds: float) -> None:
        server.asyncore.loop(timeout=seconds, map=sockets, use_poll=True, count=1)

    signal.signal(signal.SIGTERM, stop)
    try:
        while not told.is_set():
            look(1.0)
        door.drain(look, lambda: [each for each in list(sockets.values()) if hasattr(each, "total_outbufs_len")])
    except (SystemExit, KeyboardInterrupt):
        pass
    server.task_dispatcher.shutdown()
