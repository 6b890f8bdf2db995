"""The application: settings in, features plugged in, app out."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from config import settings
from workshop import access, caching, compression, errors, files, headers, i18n, operations, static, tasks
from workshop.accounts.views import bp as accounts
from workshop.agenda.releases import bp as agenda
from workshop.breakouts.desk import bp as breakouts
from workshop.db import db
from workshop.exchange.desk import bp as exchange
from workshop.findings.views import bp as findings
from workshop.instruments.views import bp as instruments
from workshop.overview.views import bp as overview
from workshop.papers.by_link import bp as papers
from workshop.public.views import bp as public
from workshop.questionnaires.desk import bp as questionnaires
from workshop.reports.desk import bp as reports
from workshop.responses.transcribing import bp as responses
from workshop.runsheet.views import bp as runsheet
from workshop.search.views import bp as search
from workshop.sending.desk import bp as sending
from workshop.series.views import bp as series
from workshop.speakers import telling as telling  # its screen joins those of the speakers
from workshop.speakers.desk import bp as speakers
from workshop.stakeholders.views import bp as stakeholders

ROOT = Path(__file__).resolve().parent
# In order: a feature may use the models, queries, rules and exports of those before it, never of those after.
FEATURES = (
    accounts,
    stakeholders,
    series,
    agenda,
    speakers,
    papers,
    runsheet,
    questionnaires,
    instruments,
    sending,
    responses,
    findings,
    breakouts,
    exchange,
    reports,
    search,
    overview,
    public,
)


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """The whole application. `overrides` replace settings from the environment (tests)."""
    app = Flask(__name__)
    app.config.from_mapping(overrides or settings())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    operations.init_app(app)
    db.init_app(app)
    access.login_manager.init_app(app)
    CSRFProtect(app)
    i18n.init_app(app, ROOT / "translations")
    files.init_app(app)
    tasks.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    compression.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
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
            write = limiter.limit(limit.allowance, methods=limit.methods, deduct_when=limit.counted)
            app.view_functions[endpoint] = write(view)
