"""The report of the 2005 workshop, results of the questionnaire and all, as a PDF: from the task being taken to the file being stored, nothing warm."""

import resource
import sys
import time

from flask import Flask

from benchmarks.figures import WORKSHOP, Figure, demonstration, show
from workshop.deliberation.plenary.models import PlenaryReport, Rendering
from workshop.platform import tasks
from workshop.platform.db import db


def measure() -> list[Figure]:
    with demonstration() as app:
        compile_report(app)
        with app.app_context():
            rendering = db.session.scalars(db.select(Rendering).order_by(Rendering.language)).first()
            assert rendering
            assert rendering.task
            task = rendering.task.id
            start, busy = time.monotonic(), cpu()
            tasks.run_task(task)
            seconds, busy = time.monotonic() - start, cpu() - busy
            db.session.expire_all()
            assert rendering.stored_as, rendering.problem or rendering.task.error
            pages, language = rendering.pages, rendering.language
    return [
        Figure(f"Report of 2005 as PDF ({pages} pages, {language}), cold", seconds, "s", 2),
        Figure("the same in CPU time, its own processes only", busy, "s", 2),
    ]


def cpu() -> float:
    """Seconds of CPU that this process and its ended children have used."""
    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def compile_report(app: Flask) -> None:
    """As its organiser does: sign in, take a snapshot of the answers, compile what there is."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in/demo", data={"email": "organiser@example.org"})
    answer = client.post(f"{WORKSHOP}/desk/questionnaires/diaspora/snapshots")
    assert answer.status_code == 302
    assert "/sign-in" not in answer.location
    with app.app_context():
        there = db.session.scalar(db.select(PlenaryReport.edition)) or 0
    answer = client.post(f"{WORKSHOP}/desk/reports/compile", data={"partly": "y", "after": str(there)})
    assert answer.status_code == 302
    assert "/sign-in" not in answer.location


if __name__ == "__main__":
    sys.exit(not show(measure()))
