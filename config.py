"""Settings, read from the environment once, at start."""

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024


def settings(env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Everything the application can be told from outside, with defaults that run on a laptop.

    Raises RuntimeError when a production start would be unsafe: no secret key.
    """
    mode = env.get("WORKSHOP_MODE", "production")
    if mode not in {"production", "demo", "test"}:
        raise RuntimeError(f"WORKSHOP_MODE must be production, demo or test, not {mode!r}.")
    instance = Path(env.get("WORKSHOP_INSTANCE") or ROOT / "instance").resolve()
    public_url = env.get("WORKSHOP_PUBLIC_URL", "")
    return {
        "MODE": mode,
        "DEMO": mode == "demo",
        "INSTANCE": instance,
        "SECRET_KEY": env.get("WORKSHOP_SECRET_KEY") or _kept_secret(instance, may_create=mode != "production"),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "hide_parameters": True,  # a fault that is logged must not tell an answer
            "query_cache_size": 2000,  # all pages together ask more different statements than the usual 500
        },
        "SQLALCHEMY_DATABASE_URI": env.get("WORKSHOP_DATABASE_URL") or f"sqlite:///{instance / 'workshop.sqlite'}",
        "REDIS_URL": env.get("WORKSHOP_REDIS_URL", ""),
        "FILES_URL": env.get("WORKSHOP_FILES_URL") or (instance / "files").as_uri(),
        # Beside the database and not in it; on a volume without snapshots where there is one.
        "TALLY_FOLDER": Path(env.get("WORKSHOP_TALLY_FOLDER") or instance / "tally").resolve(),
        "ERASED_LIST": Path(env.get("WORKSHOP_ERASED_LIST") or instance / "erased").resolve(),
        "MAIL_URL": env.get("WORKSHOP_MAIL_URL", ""),
        "MAIL_FROM": env.get("WORKSHOP_MAIL_FROM", "intersession@localhost"),
        "PUBLIC_URL": public_url.rstrip("/"),
        "SECURITY_CONTACT": env.get("WORKSHOP_SECURITY_CONTACT", ""),
        "TRUSTED_PROXY": env.get("WORKSHOP_TRUSTED_PROXY", ""),
        # Of argon2id; empty means its authors' recommendation. Tests try hundreds of passwords and none is worth keeping.
        "ARGON2": {"time_cost": 1, "memory_cost": 64, "parallelism": 1} if mode == "test" else {},
        "REQUIRE_SECOND_FACTOR": env.get("WORKSHOP_REQUIRE_SECOND_FACTOR", "").lower() in {"1", "yes", "true", "on"},
        "OIDC_ISSUER": env.get("WORKSHOP_OIDC_ISSUER", "").rstrip("/"),
        "OIDC_CLIENT_ID": env.get("WORKSHOP_OIDC_CLIENT_ID", ""),
        "OIDC_CLIENT_SECRET": env.get("WORKSHOP_OIDC_CLIENT_SECRET", ""),
        "OIDC_NAME": env.get("WORKSHOP_OIDC_NAME", "") or urlsplit(env.get("WORKSHOP_OIDC_ISSUER", "")).hostname or "",
        # Whether the worker looks if addresses on public pages still answer; only a production installation asks outside.
        "CHECK_LINKS": env.get("WORKSHOP_CHECK_LINKS", "on" if mode == "production" else "off").lower()
        in {"1", "yes", "true", "on"},
        "METRICS_TOKEN": env.get("WORKSHOP_METRICS_TOKEN", ""),
        "TRUSTED_HOSTS": [urlsplit(public_url).hostname] if public_url else None,
        "RATELIMIT_STORAGE_URI": env.get("WORKSHOP_REDIS_URL") or "swept://",
        "RATELIMIT_STRATEGY": "moving-window",
        "RATELIMIT_HEADERS_ENABLED": True,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(instance / "translations"),
        "SESSION_COOKIE_NAME": "intersession",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": public_url.startswith("https:"),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "WTF_CSRF_TIME_LIMIT": None,  # a delegate may leave a form open over a lunch; the token ends with the session
        "MAX_CONTENT_LENGTH": 45 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 2000,
    }


def _kept_secret(instance: Path, *, may_create: bool) -> str:
    """The secret kept beside the database, made on first use outside production."""
    path = instance / "secret"
    if path.exists():
        return path.read_text().strip()
    if not may_create:
        raise RuntimeError(
            "There is no secret key. Set WORKSHOP_SECRET_KEY, or run 'python3 run.py setup' once: "
            f"it writes one into {path}."
        )
    return make_secret(instance)


def make_secret(instance: Path) -> str:
    """Write a new secret key that only this user can read; an existing one is kept."""
    path = instance / "secret"
    instance.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
