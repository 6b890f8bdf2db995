"""What every command of `workshop` shares: the application, the newest schema, and how a refusal is said.

The application's factory comes from the root command (see cli.py), so that no command imports the application.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import click
from flask import Flask
from sqlalchemy import Select

from . import schema
from .db import db
from .errors import RuleBroken

Row = TypeVar("Row")


DAY = click.DateTime(["%Y-%m-%d"])


class Refused(click.ClickException):
    """What was asked cannot be done; the message says why and what to do. Exit status 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        click.echo(f"Refused: {' '.join(self.message.split())}", err=True)


def application(mode: str | None = None, /, **overrides: object) -> Flask:
    """The application with the settings of the environment, in `mode` whatever the environment says."""
    app: Flask = click.get_current_context().find_root().obj(mode, **overrides)
    return app


@contextmanager
def opened_application(**overrides: object) -> Iterator[Flask]:
    """The application with its database at hand. Refuses where the database is not of the newest form."""
    app = application(**overrides)
    with app.app_context():
        require_newest_schema()
        yield app


@contextmanager
def refused_by_rule() -> Iterator[None]:
    """A rule that says no inside refuses the command, in its own words."""
    try:
        yield
    except RuleBroken as broken:
        raise Refused(str(broken.message)) from broken


def require_newest_schema() -> None:
    if not schema.is_up_to_date():
        raise Refused("The database is not up to date. Run once: python3 run.py migrate")


def one_or_refusal(statement: Select[Row], refusal: str) -> Row:
    """The one row the statement finds. Raises Refused where there is none."""
    found: Row | None = db.session.scalar(statement)
    if found is None:
        raise Refused(refusal)
    return found
