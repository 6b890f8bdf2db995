"""The application: settings in, packages plugged in, app out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from config import settings
from workshop import house
from workshop.platform import (
    access,
    caching,
    drafts,
    errors,
    files,
    headers,
    i18n,
    lists,
    operations,
    outbox,
    static,
    task_queue,
)
from workshop.platform.db import db

ROOT = Path(__file__).resolve().parent


def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The whole application. `overrides` replace settings from the environment (tests)."""
    app = Flask(__name__)
    app.config.from_mapping(overrides or settings())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    operations.init_app(app)
    db.init_app(app)
    access.init_app(app)
    CSRFProtect(app)
    i18n.init_app(app, ROOT / "translations")
    lists.init_app(app)
    files.init_app(app)
    task_queue.init_app(app)
    outbox.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    drafts.init_app(app)
    for blueprint in house.blueprints():
        app.register_blueprint(blueprint)
    limit_rates(app)
    static.init_app(app)
    app.after_request(caching.add_etag)
    access.refuse_unmarked_views(app)
    return app


def limit_rates(app: Flask) -> None:
    """Guessing is slow: views that take a secret carry `limit`, counted per remote address.

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
