"""What is measured, beside what it should be; and the demonstration to measure it on."""

import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import Flask

from app import create_app
from config import settings
from workshop.demonstration.loader import load_2005
from workshop.platform import schema
from workshop.platform.db import Words, db
from workshop.platform.page_store import PageStore
from workshop.secretariat.series.models import Series, Workshop

WORKSHOP = "/workshops/migration-and-development-2005"
PUBLIC = ("/", f"{WORKSHOP}/", f"{WORKSHOP}/agenda", f"{WORKSHOP}/speakers", f"{WORKSHOP}/papers")


@dataclass
class Figure:
    """One measured value; it is good when it is not above its target, or not below it where more is better."""

    name: str
    value: float
    unit: str
    target: float
    at_least: bool = False

    @property
    def is_good(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target

    def line(self) -> str:
        verdict = "" if self.is_good else "   BELOW TARGET" if self.at_least else "   ABOVE TARGET"
        return f"{self.name:<58} {self.value:>8.2f} {self.unit:<10} target {self.target:g}{verdict}"


def show(figures: list[Figure]) -> bool:
    """Print them; whether all are good."""
    for figure in figures:
        print(figure.line(), flush=True)
    return all(figure.is_good for figure in figures)


@dataclass
class Answer:
    """What an application answers to one request, as its server has it."""

    status: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
        self.status, self.headers = status, dict(headers)
        return len


def answered(app: Flask, environ: Mapping[str, object]) -> Answer:
    """One request through the whole WSGI stack, without a client's own cost."""
    answer = Answer()
    answer.body = b"".join(app.wsgi_app(dict(environ), answer.start))
    return answer


@contextmanager
def demonstration() -> Iterator[Flask]:
    """An application with the demonstration in a database of its own; it logs as in production, and keeps no pages: what
    those cost is measured in `ratios`."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": folder}))
        with app.app_context():
            schema.bring_up_to_date()
            load_2005()
        app.extensions["pages"] = PageStore(room=0)
        gc.collect()
        gc.freeze()  # as a server does before it answers
        yield app
        gc.unfreeze()
        with app.app_context():
            db.engine.dispose()


@contextmanager
def empty_workshop(*languages: str) -> Iterator[Workshop]:
    """A workshop with nothing in it yet, in a database of its own, inside its application."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings({"WORKSHOP_MODE": "test", "WORKSHOP_INSTANCE": folder}) | {"LOG_LEVEL": 50})
        with app.app_context():
            db.create_all()
            workshop = Workshop(
                series=Series(slug="s", title=Words(en="S")),
                slug="w",
                title=Words(en="W"),
                short_title=Words(en="W"),
                zone="Europe/Zurich",
                starts_on=date(2026, 3, 2),
                ends_on=date(2026, 3, 3),
                place=Words(en="Geneva"),
                languages=list(languages),
            )
            db.session.add(workshop)
            db.session.commit()
            yield workshop


def instance() -> tempfile.TemporaryDirectory[str]:
    """A folder for a demonstration run as a process of its own."""
    return tempfile.TemporaryDirectory(prefix="intersession-")


def memory(process: int) -> float:
    """What a process holds in memory, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 / 1e6
