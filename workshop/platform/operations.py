"""For whoever runs it: is it alive, is it ready, what it counts, and one log line per request."""

import logging
import secrets
import time
from datetime import timedelta

import structlog
from flask import Blueprint, Flask, abort, current_app, g, request
from flask import Response as HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from sqlalchemy import func, select, text

from workshop.platform.access import operator, public
from workshop.platform.db import db, now
from workshop.platform.tasks import Task

bp = Blueprint("operations", __name__)
log = structlog.get_logger()
registry = CollectorRegistry()
SECONDS = Histogram("request_seconds", "Time to answer", ["endpoint", "status"], registry=registry)
SIGN_INS = Counter("sign_ins", "Attempts to sign in", ["outcome"], registry=registry)


def init_app(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(app.config.get("LOG_LEVEL", logging.INFO)),
        cache_logger_on_first_use=False,
    )
    app.before_request(_start)
    app.after_request(_finish)
    app.register_blueprint(bp)


def _start() -> None:
    g.started = time.perf_counter()
    g.request_id = secrets.token_hex(8)


def _finish(response: HttpResponse) -> HttpResponse:
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    note_request(g.get("request_id", ""), request.method, request.endpoint or "none", response.status_code, seconds)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


def note_request(id: str, method: str, endpoint: str, status: int, seconds: float) -> None:
    """Count it and log it: the endpoint, never the path, since paths carry people's secret links."""
    SECONDS.labels(endpoint, status).observe(seconds)
    log.info("request", id=id, method=method, endpoint=endpoint, status=status, ms=round(seconds * 1000, 1))


@bp.get("/healthz")
@public
def healthz() -> dict[str, str]:
    return {"status": "alive"}


@bp.get("/readyz")
@public
def readyz() -> tuple[dict[str, object], int]:
    try:
        db.session.execute(text("select 1"))
    except Exception as error:  # whatever the driver raises, the answer is "not ready"
        log.error("not.ready", error=repr(error))
        return {"status": "not ready", "database": "unreachable"}, 503
    return {"status": "ready", "database": "reachable"}, 200


@bp.get("/.well-known/security.txt")
@public
def security() -> HttpResponse:
    """Where to report a weakness (RFC 9116); nowhere when nobody is named."""
    contact = current_app.config["SECURITY_CONTACT"] or abort(404)
    expires = (now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    return HttpResponse(f"Contact: {contact}\nExpires: {expires}\n", mimetype="text/plain")


@bp.get("/metrics")
@operator
def metrics() -> HttpResponse:
    states = db.session.execute(select(Task.state, func.count()).group_by(Task.state)).all()
    tasks = "".join(f'tasks{{state="{state.value}"}} {count}\n' for state, count in states)
    body = generate_latest(registry).decode() + "# TYPE tasks gauge\n" + tasks
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
