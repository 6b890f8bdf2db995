"""The report of the 2005 workshop, results of the questionnaire and all, as a PDF: from the task being taken to the file being stored, nothing warm."""

import resource
import sys
import time

from flask import Flask

from benchmarks.figures import WORKSHOP, Figure, demonstration, show
from workshop.deliberation.editions.models import Rendering
from workshop.platform import tasks
from workshop.platform.db import db


def measure() -> list[Figure]:
    with demonstration() as app:
        freeze_edition(app)
        with app.app_context():
            rendering = db.session.scalars(db.select(Rendering).order_by(Rendering.id.desc())).first()
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
        Figure("the same for each page", busy / (pages or 1) * 1000, "ms", 92),
    ]


def cpu() -> float:
    """Seconds of CPU that this process and its ended children have used."""
    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def freeze_edition(app: Flask) -> None:
    """As the organiser of the demonstration does: sign in, make an edition of the report that is compiled there, and ask for
    its PDF.
    """
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in/demo", data={"email": "organiser@example.org"})
    answer = client.post(f"{WORKSHOP}/desk/reports/plenary/editions")
    assert answer.status_code == 302
    assert "/sign-in" not in answer.location
    assert client.post(f"{WORKSHOP}/reports/plenary/pdf").status_code == 302


if __name__ == "__main__":
    sys.exit(not show(measure()))
