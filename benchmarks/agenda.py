"""The agenda page for an anonymous reader: SQL statements, CPU time when made, CPU time when unchanged."""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from benchmarks.figures import WORKSHOP, Figure, answered, demonstration, show
from tests.conftest import count_statements

ROUNDS, REQUESTS = 15, 20


def measure() -> list[Figure]:
    with demonstration() as app, Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        first = answered(app, environ({}))
        with count_statements() as statements:
            answered(app, environ({}))
        made = cpu(app, {}, expect="200")
        unchanged = cpu(app, {"If-None-Match": first.headers["ETag"]}, expect="304")
        compressed = cpu(app, {"Accept-Encoding": "gzip"}, expect="200")
    assert first.status.startswith("200")
    return [
        Figure("Agenda, anonymous: SQL statements", len(statements), "", 6),
        Figure("Agenda, anonymous: CPU, made anew", made, "ms", 5),
        Figure("Agenda, anonymous: CPU, made anew and compressed", compressed, "ms", 5),
        Figure("Agenda, anonymous: CPU, unchanged (304)", unchanged, "ms", 0.6),
    ]


def environ(headers: dict[str, str]) -> dict[str, Any]:
    return EnvironBuilder(path=f"{WORKSHOP}/agenda", headers=Headers(headers)).get_environ()


def cpu(app: Flask, headers: dict[str, str], expect: str) -> float:
    """Milliseconds of CPU for one request: the best of fifteen rounds, since noise only ever adds."""
    asked = environ(headers)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(REQUESTS):
            assert answered(app, asked).status.startswith(expect)
        best = min(best, (time.process_time() - start) / REQUESTS)
    return best * 1000


if __name__ == "__main__":
    sys.exit(not show(measure()))
