"""A long evening of eight hours, with the clock of the program turned forward by hand: people answer, an organiser edits and
takes files away, letters leave but for two hours without a mail server, midnight brings what every day brings. Afterwards
nothing is lost or left undone, and nothing has grown. At length minute by minute, every day in steps of an hour.
"""

import gc
import resource
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.consultation.questions.documents import asks, document
from tests.endurance.test_contention import SESSION, editors, own_app
from tests.fetching import fetched
from tests.platform.sink import Sink, listening
from tests.platform.test_conflicts import form_of
from tests.programme.papers.conftest import clock
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform import outbox, task_queue, tasks
from workshop.platform.db import db, now
from workshop.platform.made_files import MadeFile
from workshop.platform.mail import Message, MessageState
from workshop.platform.tasks import Task, TaskState
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.models import Workshop

from . import FULL, note

__all__ = ["clock", "editors", "own_app"]
pytestmark = pytest.mark.on_one_database("an installation of its own on SQLite")
LASTS, STEP = timedelta(hours=8), timedelta(minutes=1 if FULL else 60)
AWAY = (timedelta(hours=2), timedelta(hours=4))  # when there is no mail server
MOST_LOG, MOST_GROWTH = 8 * 2**20, 30 * 2**20  # bytes: of the log of changes, and of memory in the later half
MOST_WORDS = 50  # a note has an end
SENT_BY_A_FORM = {"Origin": "http://localhost"}


@pytest.fixture
def sink(own_app: Flask) -> Iterator[Sink]:
    with listening() as server:
        own_app.config["MAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
        yield server


class Evening:
    """Who does what at each step, and what was acknowledged to them."""

    def __init__(self, app: Flask, organiser: FlaskClient) -> None:
        self.app, self.organiser = app, organiser
        self.sent: list[str] = []
        self.words: list[str] = []

    def respond(self, number: int) -> None:
        client = self.app.test_client()
        own = client.post("/workshops/w/questionnaires/q", headers=SENT_BY_A_FORM).headers["Location"]
        for question in ("Q1", "Q2"):
            typed = {"question": question, question: f"said {number}"}
            assert client.post(f"{own}/save", data=typed, headers=SENT_BY_A_FORM).status_code == 200
        assert client.post(f"{own}/submit", headers=SENT_BY_A_FORM).status_code == 302
        self.sent.append(f"said {number}")

    def edit(self, number: int) -> None:
        fields = form_of(self.organiser.get(SESSION).text, "/1")
        fields["note-en"] = " ".join([*fields["note-en"].split()[-MOST_WORDS + 1 :], f"word{number}"])
        assert self.organiser.post(SESSION, data=fields, headers=SENT_BY_A_FORM).status_code == 302
        self.words.append(f"word{number}")

    def write(self, number: int) -> None:
        letter = Message(recipient=f"r{number}@example.org", subject="Hello", text="Hello", written_at=now())
        outbox.add(letter)
        db.session.commit()

    def take_away(self) -> None:
        taken = fetched(self.organiser, "/workshops/w/desk/participants.xlsx")
        assert taken.data.startswith(b"PK")

    def step(self, number: int) -> None:
        self.respond(number)
        self.edit(number)
        self.write(number)
        self.take_away()
        db.session.remove()
        task_queue.sweep()
        tasks.run_due()
        db.session.remove()


def held() -> tuple[int, int]:
    """Open files and threads of this process."""
    gc.collect()
    return sum(1 for _ in Path("/proc/self/fd").iterdir()), threading.active_count()


def memory() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def test_eight_hours_lose_nothing_and_leave_nothing_behind(
    own_app: Flask,
    editors: list[FlaskClient],
    sink: Sink,
    clock: Callable[[datetime], None],
    tmp_path: Path,
) -> None:
    workshop = db.session.scalars(sa.select(Workshop).where(Workshop.slug == "w")).one()
    start = now().replace(hour=20, minute=0)
    asked = make.questionnaire(workshop=workshop, opens_at=start - timedelta(days=1), closes_at=None)
    db.session.add(make.version(document(asks("Q1", "text"), asks("Q2", "text")), questionnaire=asked))
    db.session.commit()
    evening, at, number = Evening(own_app, editors[0]), timedelta(), 0
    halfway, longest = (0, (0, 0)), 0
    while at < LASTS:
        clock(start + at)
        if AWAY[0] <= at < AWAY[0] + STEP:
            sink.stop()
        if AWAY[1] <= at < AWAY[1] + STEP:
            sink.start()
        evening.step(number)
        longest = max(longest, *(each.stat().st_size for each in tmp_path.glob("*-wal")), 0)
        if at >= LASTS / 2 > at - STEP:
            halfway = (memory(), held())
        at, number = at + STEP, number + 1
    for minutes in range(0, 60, 15):  # what waits to be tried again
        clock(start + LASTS + timedelta(minutes=minutes))
        task_queue.sweep()
        tasks.run_due()
    grown = memory() - halfway[0]
    note(
        f"soak: {number} steps, {len(sink.received)} letters, {grown / 2**20:.1f} MB grown, log {longest / 2**20:.1f} MB"
    )
    all_is_there(evening, sink, number)
    files, threads = held()
    assert (files, threads) <= (halfway[1][0] + 2, halfway[1][1] + 1), "no file, no thread is left open"
    assert longest <= MOST_LOG
    assert grown <= MOST_GROWTH


def all_is_there(evening: Evening, sink: Sink, number: int) -> None:
    """Each answer and word once, each letter once, no task undone, and no more files kept than are asked for."""
    answers = db.session.scalars(sa.select(Response).where(Response.state == ResponseState.SUBMITTED)).all()
    assert Counter(each.answers["Q1"] for each in answers) == Counter(evening.sent)
    assert all(each.answers["Q1"] == each.answers["Q2"] for each in answers)
    assert db.session.scalars(sa.select(Session)).one().note["en"].split() == evening.words[-MOST_WORDS:]
    assert sorted(sink.readers) == sorted(f"r{each}@example.org" for each in range(number))
    assert set(db.session.scalars(sa.select(Message.state))) == {MessageState.SENT}
    waiting = db.session.scalars(sa.select(Task).where(Task.state != TaskState.DONE)).all()
    assert [(each.kind, each.error) for each in waiting if each.state != TaskState.READY or each.due_at <= now()] == []
    assert len(db.session.scalars(sa.select(MadeFile)).all()) <= 2
