"""Guessing is slow: views that take a secret carry `limited`, counted per remote address.

Counts are held in Redis where it is set, else in this process. The library's own store in memory starts a thread for each
hit, which walks over all it holds; here one hit in a while does that sweeping itself.
"""

import time
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from limits.storage import MemoryStorage

from workshop.platform import access

SWEEP = 30.0  # seconds between two looks for what is over


class SweptStorage(MemoryStorage):
    """Counts of this process. It registers itself under its scheme, `swept://`.

    The names are those of private methods of the library; a test counts the threads.
    """

    STORAGE_SCHEME = ["swept"]
    _next_sweep = 0.0

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self.timer.cancel()

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + SWEEP
            self._MemoryStorage__expire_events()  # type: ignore[attr-defined]
            for key in [key for key, entries in list(self.events.items()) if not entries]:
                with self.locks[key]:
                    if not self.events[key]:
                        del self.events[key]


def init_app(app: Flask) -> None:
    """Called when all views are there.

    X-Forwarded-For is not believed: behind a proxy, waitress or gunicorn is told which one to trust.
    """
    limiter = Limiter(access.remote_network, app=app, in_memory_fallback_enabled=True, swallow_errors=True)
    app.extensions["rates"] = limiter  # views hold it weakly
    # Only marked views are limited, and they ask by themselves: asking before every request took a sixth of a 304.
    hooks = app.before_request_funcs[None]
    hooks[:] = [hook for hook in hooks if hook != limiter._check_request_limit]
    for endpoint, view in app.view_functions.items():
        if limit := getattr(view, "limit", None):
            write: Any = limiter.limit(limit.allowance, methods=limit.methods, deduct_when=limit.counted)
            app.view_functions[endpoint] = write(view)
