"""The application: settings in, packages plugged in, app out."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy.orm import configure_mappers

from config import settings
from workshop import beginning, house
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


@beginning.nothing_to_collect()
def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The whole application. `overrides` replace settings from the environment (tests)."""
    app = Flask(__name__)
    app.url_rule_class = beginning.Address
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
    drafts.init_app(app)
    for blueprint in house.blueprints():
        app.register_blueprint(blueprint)
    configure_mappers()
    rate_limits.init_app(app)
    static.init_app(app)
    doorstep.init_app(app)
    access.refuse_unmarked_views(app)
    return app
