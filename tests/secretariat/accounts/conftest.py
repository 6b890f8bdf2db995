"""An account with a password, and an application whose guards (form tokens, rate limits) are up as in service."""

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


@pytest.fixture(scope="session")
def guarded_once(built_app: Flask) -> Iterator[Flask]:
    yield from beside(built_app)


@pytest.fixture
def guarded(app: Flask, guarded_once: Flask) -> Flask:
    """The same application and database with form tokens and rate limits switched on."""
    set_as(app, guarded_once, {"WTF_CSRF_ENABLED": True})
    guarded_once.extensions["rates"].reset()  # each test counts from nought
    return guarded_once


def beside(app: Flask) -> Iterator[Flask]:
    """A second application on the same database, whose rate limits are up. Making it takes as long as ten tests."""
    other = create_app(dict(app.config) | {"RATELIMIT_ENABLED": True})
    other.test_client_class = app.test_client_class
    yield other
    with other.app_context():
        db.engine.dispose()


def set_as(app: Flask, other: Flask, but: dict[str, object]) -> None:
    """The other has the settings of the application, but for these, and remembers no page."""
    other.config.clear()
    other.config.update(dict(app.config) | but)
    other.extensions["pages"].clear()


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
