"""The agenda page for an anonymous reader: SQL statements, CPU time when made, CPU time when unchanged."""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from benchmarks.figures import WORKSHOP, Figure, demonstration, show
from tests.conftest import count_statements

ROUNDS, REQUESTS = 15, 20


def measure() -> list[Figure]:
    with demonstration() as app, Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        status, headers = call(app, {})
        with count_statements() as statements:
            call(app, {})
        made = cpu(app, {}, expect="200")
        unchanged = cpu(app, {"If-None-Match": headers["ETag"]}, expect="304")
        compressed = cpu(app, {"Accept-Encoding": "gzip"}, expect="200")
    assert status.startswith("200")
    return [
        Figure("Agenda, anonymous: SQL statements", len(statements), "", 6),
        Figure("Agenda, anonymous: CPU, made anew", made, "ms", 5),
        Figure("Agenda, anonymous: CPU, made anew and compressed", compressed, "ms", 5),
        Figure("Agenda, anonymous: CPU, unchanged (304)", unchanged, "ms", 0.6),
    ]


def call(app: Flask, headers: dict[str, str]) -> tuple[str, dict[str, str]]:
    """One request through the whole WSGI stack, without a client's own cost."""
    answer: list[Any] = []
    environ = EnvironBuilder(path=f"{WORKSHOP}/agenda", headers=headers).get_environ()
    b"".join(app.wsgi_app(environ, lambda status, head, _exc=None: answer.extend((status, dict(head))) or len))
    return answer[0], answer[1]


def cpu(app: Flask, headers: dict[str, str], expect: str) -> float:
    """Milliseconds of CPU for one request: the best of fifteen rounds, since noise only ever adds."""
    environ = EnvironBuilder(path=f"{WORKSHOP}/agenda", headers=headers).get_environ()
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(REQUESTS):
            status: list[str] = []
            b"".join(app.wsgi_app(dict(environ), lambda line, _head, _exc=None, to=status: to.append(line) or len))
            assert status[0].startswith(expect)
        best = min(best, (time.process_time() - start) / REQUESTS)
    return best * 1000


if __name__ == "__main__":
    sys.exit(not show(measure()))
