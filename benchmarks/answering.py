"""Answering a questionnaire of 40 questions: what its page costs, and how many answers two servers save in a second."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from app import create_app
from benchmarks.figures import Figure, answered, show
from config import settings
from tests import factories as make
from tests.conftest import count_statements
from tests.consultation.questions.documents import asks, document
from tests.installations import ROOT, environment, free_port, wait_until_it_answers
from tests.test_start import children_of
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import links as platform_links
from workshop.platform import schema
from workshop.platform.db import db, now

ROUNDS, REQUESTS = 15, 20
SERVERS, LINKS, SECONDS = 2, 320, 10
SECTION = 10  # answers of one request, where a whole section is sent


def forty() -> Document:
    """Ten texts, then thirty questions of other kinds, some asked only after certain answers."""
    others: list[tuple[str, dict[str, Any]]] = [
        ("one", {"options": "fields", "other": True}),
        ("many", {"options": "fields"}),
        ("integer", {"min": 0}),
        ("scale", {"min": 1, "max": 5}),
        ("longtext", {"max_length": 500}),
        ("date", {}),
        ("money", {}),
        ("matrix", {"rows": "rows", "columns": "columns"}),
        ("country", {}),
        ("consent", {}),
    ]
    texts = [asks(f"Q{number}", "text", required=True) for number in range(1, 11)]
    rest = [asks(f"Q{number}", others[number % 10][0], **others[number % 10][1]) for number in range(11, 41)]
    for question in rest[15:20]:
        question["condition"] = "${Q12} > 3 or selected(${Q11}, 'edu')"
    return document(*texts, *rest)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="intersession-") as folder:
        links = prepare(Path(folder))
        return [*page(Path(folder), links[0]), *saving(Path(folder), links)]


def production(folder: Path) -> Flask:
    return create_app(settings({"WORKSHOP_INSTANCE": str(folder), "WORKSHOP_SECRET_KEY": "x" * 40}))


def prepare(folder: Path) -> list[str]:
    """A migrated database with the questionnaire and begun responses; the secrets of their links."""
    app = production(folder)
    with app.app_context():
        schema.bring_up_to_date()
        version = make.version(forty())
        begun = [questionnaires_rules.begin(version, language="en", at=now()) for _ in range(LINKS)]
        db.session.add_all(response for response, _token in begun)
        db.session.commit()
        db.engine.dispose()
    return [token for _response, token in begun]


def page(folder: Path, token: str) -> list[Figure]:
    app = production(folder)
    environ = EnvironBuilder(path=f"/q/{token}/A").get_environ()
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        call(app, environ)
        with count_statements() as statements:
            call(app, environ)
        best = float("inf")
        for _ in range(ROUNDS):
            start = time.process_time()
            for _ in range(REQUESTS):
                call(app, environ)
            best = min(best, (time.process_time() - start) / REQUESTS)
    with app.app_context():
        db.engine.dispose()
    return [
        Figure("Page of 40 questions behind a link: SQL statements", len(statements), "", 6),
        Figure("Page of 40 questions behind a link: CPU", best * 1000, "ms", 10),
    ]


def call(app: Flask, environ: dict[str, Any]) -> None:
    assert answered(app, environ).status.startswith("200")


def saving(folder: Path, links: list[str]) -> list[Figure]:
    with servers(folder) as ports:
        busy = cpu_of_children()
        one = load(ports, links, 1)
        busy = cpu_of_children() - busy
        section = load(ports, links, SECTION)
    check(folder, one, section)
    per_second = {size: told["saved"] / told["seconds"] for size, told in ((1, one), (SECTION, section))}
    return [
        Figure("Saves of one answer, two servers on SQLite", per_second[1], "/s", 600, at_least=True),
        Figure("the same, CPU time of both servers for one save", busy / one["saved"] * 1000, "ms", 3.3),
        Figure(f"Saves of {SECTION} answers each", per_second[SECTION], "/s", 60, at_least=True),
        Figure("the same, answers", SECTION * per_second[SECTION], "/s", 600, at_least=True),
    ]


def cpu_of_children() -> float:
    """Seconds of CPU that the processes started from here have used and that still run."""
    used = 0
    for process in children_of(os.getpid()):
        used += sum(map(int, Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return used / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[list[int]]:
    """Two processes of `workshop serve` on one SQLite file."""
    env = environment(folder, WORKSHOP_SECRET_KEY="x" * 40)
    ports = [free_port() for _ in range(SERVERS)]
    with contextlib.ExitStack() as stack:
        for port in ports:
            command = [sys.executable, "-m", "workshop.cli", "serve", "--port", str(port)]
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(process.wait, 20)
            stack.callback(process.terminate)
            wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        yield ports


def load(ports: list[int], links: list[str], size: int) -> dict[str, Any]:
    """What the clients, a process of their own, have had acknowledged."""
    wanted = json.dumps({"ports": ports, "links": links, "size": size, "seconds": SECONDS})
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.clients"],
        input=wanted,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        check=True,
        timeout=SECONDS * 6,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def check(folder: Path, *loads: dict[str, Any]) -> None:
    """Every link holds what was acknowledged for it last."""
    app = production(folder)
    with app.app_context():
        kept = {response.token_hash: response.answers for response in db.session.scalars(db.select(Response))}
        db.engine.dispose()
    last = {token: answers for told in loads for token, answers in told["last"].items()}
    for token, answers in last.items():
        assert answers.items() <= kept[platform_links.digest(token)].items()


if __name__ == "__main__":
    sys.exit(not show(measure()))
