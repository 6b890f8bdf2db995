"""An account with a password, and an application whose guards (form tokens, rate limits) are up as in service."""

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from tests import factories as make
from workshop.platform import tasks
from workshop.platform.db import db
from workshop.platform.mail import Message
from workshop.secretariat.accounts import passwords
from workshop.secretariat.accounts.models import User

PASSWORD = "correct horse battery"


@pytest.fixture
def ana(app: Flask) -> User:
    """ana@example.org, whose password is PASSWORD."""
    user = make.user("ana", password_hash=passwords.hash(PASSWORD))
    db.session.add(user)
    db.session.commit()
    return user


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    """The same application and database with form tokens and rate limits switched on."""
    # Where Redis counts, each test counts from nought.
    guards = {"WTF_CSRF_ENABLED": True, "RATELIMIT_ENABLED": True, "RATELIMIT_KEY_PREFIX": secrets.token_hex(8)}
    other = create_app(dict(app.config) | guards)
    other.test_client_class = app.test_client_class
    yield other
    with other.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    """The application as a demonstration."""
    app.config["DEMO"] = True
    yield app
    app.config["DEMO"] = False


def mails() -> list[Message]:
    """Everything that is waiting is done; the mails written so far."""
    db.session.commit()
    while tasks.run_due():
        pass
    return list(db.session.scalars(select(Message).order_by(Message.id)))
