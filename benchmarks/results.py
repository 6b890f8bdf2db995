"""Results of 100,000 answers to 34 questions: the snapshot, its pages, cross-tables and files."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

from flask import Flask, g
from sqlalchemy import insert, select

from benchmarks.desk import cookie_of
from benchmarks.figures import Figure, demonstration, memory, show
from workshop.consultation.findings import rules
from workshop.consultation.findings.disclosing.crossing import cross
from workshop.consultation.findings.disclosing.showing import definition_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.tabulation import plan, tables, tabulate
from workshop.consultation.findings.tasks import FREEZE
from workshop.consultation.presenting.models import FileKind
from workshop.consultation.presenting.tasks import content_of
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import Channel, Publication, ResponseState
from workshop.consultation.text_answers.campaigns import find_campaigns
from workshop.platform import tasks
from workshop.platform.db import Words, db, now
from workshop.platform.kept_results import results
from workshop.platform.page_store import PageStore

ANSWERS = 100_000


def measure() -> list[Figure]:
    with demonstration() as app, app.test_request_context():
        version = db.session.scalars(select(QuestionnaireVersion)).first()
        assert version
        cookie = cookie_of(app)
        fill(version)
        snapshot = rules.prepare(
            [version],
            answers=ANSWERS,
            number=9,
            title=Words(en="R"),
            caveat=Words(en="C"),
            at=now() + timedelta(days=1),
        )
        db.session.add(snapshot)
        db.session.flush()
        number = snapshot.id
        snapshot.task = tasks.ask(FREEZE, number, at=now())
        db.session.commit()
        with growing() as grown:
            freezing = cpu(tasks.run_due)
        figures = [
            Figure("snapshot of 100,000 answers: CPU", freezing, "s", 15),
            Figure("snapshot of 100,000 answers: memory", max(grown), "MB", 400),
        ]
        db.session.expire_all()
        snapshot = db.session.get_one(Snapshot, number)
        assert snapshot.frozen, snapshot.problem
        return [*figures, *of_the_page(app, snapshot, cookie), *of_results(snapshot)]


def of_the_page(app: Flask, snapshot: Snapshot, cookie: str) -> Iterator[Figure]:
    """The public page of results, as its first reader has it made and as later ones get it."""
    asked = snapshot.questionnaire
    app.extensions["pages"] = PageStore()  # as in production
    snapshot.published = True
    asked.workshop.changed_in_public()
    db.session.commit()
    address = f"/workshops/{asked.workshop.slug}/questionnaires/{asked.slug}/results/{snapshot.number}"

    def read() -> None:
        answer = app.test_client().get(address)
        assert answer.status_code == 200, answer.status

    headers = {"Cookie": cookie}
    desk = f"/workshops/{asked.workshop.slug}/desk/questionnaires/{asked.slug}/snapshots/{snapshot.number}"

    def read_at_desk() -> None:
        g.pop("_login_user", None)  # a request in the context of another one would be that of the same person
        answer = app.test_client(use_cookies=False).get(desk, headers=headers)
        assert answer.status_code == 200, answer.status

    yield Figure("organisers' results page, first time: CPU", cpu(read_at_desk), "s", 1.5)
    yield Figure("organisers' results page, later: CPU", min(cpu(read_at_desk) for _ in range(5)) * 1000, "ms", 100)
    results.forget()
    yield Figure("results page, first reader: CPU", cpu(read), "s", 1.5)
    yield Figure("results page, later readers: CPU", min(cpu(read) for _ in range(5)) * 1000, "ms", 100)


def of_results(snapshot: Snapshot) -> Iterator[Figure]:
    definition = definition_of(snapshot)
    precisions = plan(snapshot, definition, ())
    yield Figure(
        "tables of a snapshot, first time: CPU", cpu(lambda: tables(snapshot, definition, precisions)), "s", 1.5
    )
    sheet = tabulate(snapshot, definition)[1]
    best = min(cpu(lambda: cross(sheet, "C3", "E1")) for _ in range(5))
    yield Figure("a cross-table: CPU", best * 1000, "ms", 10)
    with growing() as grown:
        took = cpu(lambda: content_of(FileKind.ROWS, snapshot, "en"))
    yield Figure("all answers as XLSX: CPU", took, "s", 60)
    yield Figure("all answers as XLSX: memory", max(grown), "MB", 150)
    yield Figure("campaigns in 100,000 letters: CPU", cpu(lambda: find_campaigns(letters())), "s", 120)


def letters() -> Iterator[str]:
    """A hundred thousand texts of forty words, every fiftieth one of a campaign with a few words changed."""
    dice, words = Random(7), [f"w{number}" for number in range(4000)]
    campaign = [" ".join(dice.choices(words, k=40)) for _ in range(20)]
    for number in range(ANSWERS):
        if number % 50:
            yield " ".join(dice.choices(words, k=40))
        else:
            yield f"{dice.choice(campaign)} {dice.choice(words)} {dice.choice(words)}"


def fill(version: QuestionnaireVersion) -> None:
    """A hundred thousand answers like those of the demonstration."""
    found = db.session.scalars(select(Response).where(Response.state == ResponseState.SUBMITTED)).all()
    answers, at = [each.answers for each in found], now()
    for start in range(0, ANSWERS - len(answers), 5000):
        rows: list[dict[str, object]] = [
            {
                "id": 10_000 + start + n,
                "version_id": version.id,
                "token_hash": f"t{start + n}",
                "key": f"k{start + n}",
                "language": ("en", "fr", "es")[n % 3],
                "begun_at": at,
                "submitted_at": at,
                "state": ResponseState.SUBMITTED,
                "answers": answers[(start + n) % len(answers)],
                "publication": Publication.TOTALS,
                "channel": Channel.ONLINE,
                "drafts": {},
                "done": [],
                "consent": {},
                "is_synthetic": True,
                "revision": 1,
            }
            for n in range(min(5000, ANSWERS - len(answers) - start))
        ]
        db.session.execute(insert(Response), rows)
    db.session.commit()


def cpu(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


@contextlib.contextmanager
def growing() -> Iterator[list[float]]:
    """By how much this process is larger than at the beginning, in MB, looked at twenty times a second."""
    before, grown, over = memory(os.getpid()), [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            grown.append(memory(os.getpid()) - before)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield grown
    finally:
        over.set()
        looking.join()


if __name__ == "__main__":
    sys.exit(not show(measure()))
