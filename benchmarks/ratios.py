"""What pages cost beside a bare Flask application on the same database, in the same run: ratios, which hold on any machine.

`--short` measures for as long as a gate may take. WORKSHOP_DATABASE_URL chooses the database, an empty one.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from app import create_app
from benchmarks.answering import forty
from benchmarks.figures import WORKSHOP, answered
from benchmarks.floor import create_floor
from config import settings
from tests import factories as make
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.demonstration.loader import load_2005
from workshop.platform import schema
from workshop.platform.db import db, now
from workshop.platform.page_store import PageStore

BR = {"Accept-Encoding": "br, gzip"}


@dataclass
class Ratio:
    """Ours beside the floor's. Above `most` the gate does not open; `wanted` is where we want to be."""

    name: str
    ours: Callable[[], None]
    floor: Callable[[], None]
    wanted: float
    most: float
    best: tuple[float, float] = (float("inf"), float("inf"))

    def measure(self, requests: int) -> None:
        """One round of each, one after the other, so that both have the same weather."""
        self.best = (min(self.best[0], cpu(self.ours, requests)), min(self.best[1], cpu(self.floor, requests)))

    @property
    def ratio(self) -> float:
        return self.best[0] / self.best[1]

    def line(self) -> str:
        ours, floor = (each * 1000 for each in self.best)
        verdict = (
            "   TOO MUCH" if self.ratio > self.most else "   above what is wanted" if self.ratio > self.wanted else ""
        )
        return f"{self.name:<44}{ours:8.2f} ms{floor:8.2f} ms{self.ratio:8.2f} ×   wanted {self.wanted:g}, at most {self.most:g}{verdict}"


def cpu(request: Callable[[], None], requests: int) -> float:
    start = time.process_time()
    for _ in range(requests):
        request()
    return (time.process_time() - start) / requests


@contextlib.contextmanager
def demonstration() -> Iterator[tuple[Flask, Flask, str]]:
    """The application with the demonstration, the floor on its database, and the secret of answers to forty questions."""
    with tempfile.TemporaryDirectory(prefix="intersession-") as folder:
        given = {"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": folder}
        app = create_app(settings(given | {"WORKSHOP_DATABASE_URL": os.environ.get("WORKSHOP_DATABASE_URL", "")}))
        with app.app_context():
            schema.bring_up_to_date()
            load_2005()
            response, token = questionnaires_rules.begin(make.version(forty()), language="en", at=now())
            db.session.add(response)
            db.session.commit()
        floor = create_floor(app.config["SQLALCHEMY_DATABASE_URI"], WORKSHOP.rpartition("/")[2])
        yield app, floor, token
        with app.app_context():
            db.engine.dispose()


def asking(app: Flask, path: str, expect: str = "200", **headers: str) -> Callable[[], None]:
    """One request, through the whole stack."""
    named = Headers({name.replace("_", "-"): value for name, value in headers.items()})
    environ: dict[str, Any] = EnvironBuilder(path=path, headers=named).get_environ()

    def ask() -> None:
        assert answered(app, environ).status.startswith(expect)

    return ask


def anew(app: Flask, request: Callable[[], None]) -> Callable[[], None]:
    """The same with nothing kept."""

    def ask() -> None:
        app.extensions["pages"] = PageStore(room=0)
        request()

    return ask


def ratios(app: Flask, floor: Flask, token: str) -> list[Ratio]:
    tags = [
        answered(each, EnvironBuilder(path=path, headers=Headers(BR)).get_environ()).headers["ETag"]
        for each, path in ((app, f"{WORKSHOP}/agenda"), (floor, "/kept"))
    ]
    kept = asking(floor, "/kept", **BR)
    agenda, calendar = asking(app, f"{WORKSHOP}/agenda", **BR), asking(app, f"{WORKSHOP}/agenda.ics", **BR)
    return [
        Ratio("agenda, a new reader, nothing changed", agenda, kept, 2.0, 2.0),
        Ratio(
            "agenda, unchanged (304)",
            asking(app, f"{WORKSHOP}/agenda", "304", If_None_Match=tags[0]),
            asking(floor, "/kept", "304", If_None_Match=tags[1]),
            1.8,
            1.8,
        ),
        Ratio("calendar, nothing changed", calendar, kept, 2.0, 2.0),
        Ratio("agenda, made anew", anew(app, asking(app, f"{WORKSHOP}/agenda")), asking(floor, "/orm"), 1.6, 3.7),
        Ratio("page of 40 questions", asking(app, f"/q/{token}/A", **BR), asking(floor, "/plain"), 2.5, 4.5),
    ]


def measure(rounds: int, requests: int) -> list[Ratio]:
    with demonstration() as (app, floor, token), silence():
        found = ratios(app, floor, token)
        for each in found:
            app.extensions["pages"] = PageStore()
            each.ours()
            each.floor()
            for _ in range(rounds):
                each.measure(requests)
    return found


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """The application logs as in production, to nowhere."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.ratios")
    parser.add_argument("--short", action="store_true", help="fewer rounds: a few seconds")
    found = measure(5, 10) if parser.parse_args().short else measure(15, 20)
    print(f"{'':<44}{'ours':>11}{'floor':>11}")
    for each in found:
        print(each.line())
    return int(any(each.ratio > each.most for each in found))


if __name__ == "__main__":
    sys.exit(main())
