"""The files of a large agenda (120 sessions, 12 rooms, ten releases): SQL statements, CPU time, and the PDFs."""

import contextlib
import os
import sys
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.figures import Figure, demonstration, show
from benchmarks.report import cpu
from tests import cast
from tests.conftest import count_statements
from tests.programme.agenda_out.published import large, publish
from workshop.platform.db import db
from workshop.programme.agenda_out import programme_print, queries
from workshop.programme.agenda_out.models import Layout
from workshop.secretariat.series.queries import workshop_named

ROUNDS, RELEASES = 5, 10
FORMS = {"ics": 120, "xml": 100, "json": 100, "csv": 80, "xlsx": 120, "docx": 600}  # form → most milliseconds


def measure() -> list[Figure]:
    with demonstration() as app, Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        prepare(app)
        client = app.test_client()
        figures = [figure for form, most in FORMS.items() for figure in of_form(client, form, most)]
        return [*figures, *on_paper(app)]


def prepare(app: Flask) -> None:
    with app.app_context():
        company = cast.assemble()
        large(company.workshop)
        for number in range(1, RELEASES + 1):
            publish(company.workshop, number)


def of_form(client: FlaskClient, form: str, most: float) -> list[Figure]:
    address = f"/workshops/w/agenda.{form}"
    tag = client.get(address).headers["ETag"]
    with count_statements() as statements:
        client.get(address)
    return [
        Figure(f"agenda.{form}, 120 sessions: SQL statements", len(statements), "", 8),
        Figure(f"agenda.{form}, 120 sessions: CPU", best(client, address, {}, 200), "ms", most),
        Figure(
            f"agenda.{form}, 120 sessions: CPU, unchanged (304)",
            best(client, address, {"If-None-Match": tag}, 304),
            "ms",
            2,
        ),
    ]


def best(client: FlaskClient, address: str, headers: dict[str, str], expected: int) -> float:
    """Milliseconds of CPU for one request: the best of some rounds, since noise only ever adds."""
    found = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        assert client.get(address, headers=headers).status_code == expected
        found = min(found, time.process_time() - start)
    return found * 1000


def on_paper(app: Flask) -> list[Figure]:
    figures = []
    with app.test_request_context():
        workshop = db.session.scalars(workshop_named("w")).one()
        programme = queries.published_programme(db.session, workshop, "en")
        assert programme
        for layout in Layout:
            busy = cpu()
            pages = programme_print.make_pdf(programme, layout).pages
            figures.append(Figure(f"{layout.value}, 120 sessions, as PDF ({pages} pages): CPU", cpu() - busy, "s", 10))
    return figures


if __name__ == "__main__":
    sys.exit(not show(measure()))
