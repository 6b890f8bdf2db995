"""The pages of the workspace for an organiser: SQL statements, and CPU time, in the demonstration and in a large workshop."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from benchmarks.figures import WORKSHOP, Figure, answered, demonstration, show
from tests import factories as make
from tests.cast import signed_in
from tests.conftest import count_statements
from workshop.platform.db import Model, db
from workshop.programme.papers.models import State
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop

STATEMENTS, MILLISECONDS = 10, 12
ROUNDS, REQUESTS = 5, 4
MORE = 150  # sessions beside those of the demonstration, each with a speaker, a paper and a member
PAGES = {
    "overview": "",
    "agenda": "agenda",
    "speakers": "speakers",
    "papers": "papers",
    "questionnaires": "questionnaires",
    "results": "questionnaires/results",
    "answers": "questionnaires/diaspora/responses",
    "run sheet": "run-sheet/2005-02-02",
    "break-out groups": "breakouts",
    "reports": "reports",
    "outbox": "outbox",
    "settings": "settings",
    "members": "members",
    "activity": "activity",
    "draft agenda": "programme",
    "briefing": "programme/1",
}


def measure() -> list[Figure]:
    with demonstration() as app, Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        with app.app_context():
            cookie = cookie_of(app)
        found = [figure for name, path in PAGES.items() for figure in figures_of(app, name, path, cookie)]
        with app.app_context():
            db.session.add_all(more(db.session.scalars(db.select(Workshop)).one()))
            db.session.commit()
        found += [figure for name, path in PAGES.items() for figure in figures_of(app, f"{name}, large", path, cookie)]
    return found


def cookie_of(app: Flask) -> str:
    """What the browser of the organiser holds."""
    organiser = db.session.scalars(db.select(User).where(User.email == "organiser@example.org")).one()
    token = signed_in(organiser)
    db.session.commit()
    assert isinstance(app.session_interface, SecureCookieSessionInterface)
    serializer = app.session_interface.get_signing_serializer(app)
    assert serializer is not None
    return f"intersession={serializer.dumps({'_user_id': token, '_fresh': True})!s}"


def more(workshop: Workshop) -> Iterator[Model]:
    for number in range(MORE):
        starts_at = make.NOON + timedelta(minutes=number)
        session = make.session(workshop=workshop, number=100 + number, starts_at=starts_at)
        session.ends_at = starts_at + timedelta(hours=1)
        item = make.item()
        session.items.append(item)
        session.appearances.append(make.appearance(item=item, person=make.person(family_name=f"Sample {number}")))
        user = make.user(f"member{number}")
        yield make.document(workshop=workshop, session=session, item=item, state=State.EXPECTED)
        yield Membership(user=user, workshop=workshop, role=Role.PARTICIPANT)


def figures_of(app: Flask, name: str, path: str, cookie: str) -> Iterator[Figure]:
    headers = Headers({"Cookie": cookie})
    asked = EnvironBuilder(path=f"{WORKSHOP}/desk/{path}", headers=headers).get_environ()
    first = answered(app, asked)
    assert first.status.startswith("200"), (name, first.status)
    with count_statements() as statements:
        answered(app, asked)
    yield Figure(f"Desk, {name}: SQL statements", len(statements), "", STATEMENTS)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(REQUESTS):
            answered(app, asked)
        best = min(best, (time.process_time() - start) / REQUESTS)
    yield Figure(f"Desk, {name}: CPU", best * 1000, "ms", MILLISECONDS)


if __name__ == "__main__":
    sys.exit(not show(measure()))
