"""The built-in server, and beside it a worker that lives no longer than the server does."""

import gc
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from huey.consumer import Consumer
from structlog import get_logger
from waitress.server import BaseWSGIServer, create_server

from workshop.platform import draining
from workshop.platform.draining import Draining
from workshop.platform.task_queue import sweep
from workshop.platform.tasks import SWEEP

log = get_logger()
ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = 2000  # slow readers hold a connection each, not a thread
BODY_LIMIT = 100 * 1024 * 1024  # bytes; above it the connection is refused, below it the page says what is too large


def listen(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A server that already listens; `run()` answers until the process is told to stop. OSError: port taken."""
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(files, 2 * CONNECTIONS), most), most))
    proxy = app.config["TRUSTED_PROXY"]
    door = Draining(app)
    app.extensions["door"] = door
    return create_server(
        door,
        host=host,
        port=port,
        threads=8,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        channel_timeout=30,
        cleanup_interval=10,
        max_request_body_size=BODY_LIMIT,
        ident=None,
        url_scheme=urlsplit(app.config["PUBLIC_URL"]).scheme or "http",
        # Left in place so that /metrics can tell a forwarded request from one of this machine (access.operator).
        clear_untrusted_proxy_headers=False,
        **({"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if proxy else {}),
    )


def answer(server: BaseWSGIServer, app: Flask) -> None:
    """Serve until interrupted or told to stop: requests under way are finished, later ones are told to come again."""
    gc.freeze()  # what the application is made of stays: no request waits while it is looked through for garbage
    draining.answer(server, app.extensions["door"])


def worker_environment(app: Flask) -> dict[str, str]:
    """The environment of a worker beside this application: links in the mails it writes lead here."""
    return {**os.environ, "WORKSHOP_MODE": app.config["MODE"], "WORKSHOP_PUBLIC_URL": app.config["PUBLIC_URL"]}


@contextmanager
def worker_beside(app: Flask) -> Iterator[None]:
    """A worker in a process of its own, started again when it dies, told to stop at the end.

    It holds the other end of a pipe: when this process is killed outright, the pipe closes and the worker ends.
    """
    environment = worker_environment(app)
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep_running() -> None:
        while not stopping.wait(1):  # also before the first: the server answers sooner when it starts alone
            command = [sys.executable, "-m", "workshop.cli", "worker", "--beside"]
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT, env=environment, start_new_session=True)
            running[:] = [worker]
            worker.wait()

    keeper = threading.Thread(target=keep_running, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        for worker in running:
            worker.terminate()
        keeper.join(timeout=15)


def work(app: Flask, *, beside: bool) -> None:
    """Do what was left behind, then whatever the queue brings, until told to stop."""
    if beside:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_keep_sweeping, args=(app,), daemon=True).start()
    queue = app.extensions["queue"]
    consumer = Consumer(queue, workers=2, periodic=False, max_delay=0.5, graceful_signal="TERM", shutdown_timeout=10)
    consumer.run()


def _keep_sweeping(app: Flask) -> None:
    """At once, then every few seconds."""
    while True:
        with app.app_context():
            try:
                sweep()
            except Exception as error:  # the database may be away for a while
                log.warning("sweep.failed", error=repr(error))
        time.sleep(SWEEP.total_seconds())


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing is ever written: it returns when the pipe closes
    os.kill(os.getpid(), signal.SIGTERM)
