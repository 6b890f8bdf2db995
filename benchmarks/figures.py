"""What is measured, beside what it should be; and the demonstration to measure it on."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from app import create_app
from config import settings
from workshop.demonstration.loader import load_2005
from workshop.platform import schema
from workshop.platform.db import db

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
    """An application with the demonstration in a database of its own; it logs as in production."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": folder}))
        with app.app_context():
            schema.bring_up_to_date()
            load_2005()
        yield app
        with app.app_context():
            db.engine.dispose()


def instance() -> tempfile.TemporaryDirectory[str]:
    """A folder for a demonstration run as a process of its own."""
    return tempfile.TemporaryDirectory(prefix="intersession-")


def memory(process: int) -> float:
    """What a process holds in memory, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 / 1e6
