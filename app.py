"""The application: settings in, packages plugged in, app out."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from config import settings
from workshop import house
from workshop.platform import (
    access,
    compression,
    doorstep,
    drafts,
    errors,
    files,
    form_tokens,
    headers,
    i18n,
    kept_results,
    lists,
    operations,
    outbox,
    page_store,
    rate_limits,
    rendering,
    static,
    task_queue,
)
from workshop.platform.db import db

ROOT = Path(__file__).resolve().parent


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """What is built at the start stays until the end; looking through it for garbage took a quarter of each start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@nothing_to_collect()
def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The whole application. `overrides` replace settings from the environment (tests)."""
    app = Flask(__name__)
    app.config.from_mapping(overrides or settings())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    operations.init_app(app)
    db.init_app(app)
    access.init_app(app)
    form_tokens.init_app(app)
    i18n.init_app(app, ROOT / "translations")
    rendering.init_app(app)
    lists.init_app(app)
    files.init_app(app)
    task_queue.init_app(app)
    outbox.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    compression.init_app(app)
    page_store.init_app(app)
    kept_results.init_app(app)
    drafts.init_app(app)
    for blueprint in house.blueprints():
        app.register_blueprint(blueprint)
    rate_limits.init_app(app)
    static.init_app(app)
    doorstep.init_app(app)
    access.refuse_unmarked_views(app)
    return app
