"""A forgotten password, through a real mail server."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.looking import matched
from tests.secretariat.accounts.conftest import mails
from workshop.platform import tasks
from workshop.platform.db import db, now
from workshop.platform.mail import Message
from workshop.platform.tasks import Task, TaskState
from workshop.secretariat.accounts.models import User


class Sink:
    """Takes every mail; refuses as long as `down`."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.down = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # the library's name
        if self.down:
            return "451 try again later"
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def sink(app: Flask) -> Iterator[Sink]:
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    app.config["MAIL_URL"], before = f"smtp://127.0.0.1:{port}", app.config["MAIL_URL"]
    yield handler
    app.config["MAIL_URL"] = before
    controller.stop()


def test_the_link_arrives_and_opens(client: FlaskClient, ana: User, sink: Sink) -> None:
    client.post("/sign-in/forgotten", data={"email": ana.email})
    mails()
    (letter,) = sink.received
    assert letter["To"] == "ana@example.org"
    assert letter["Subject"] == "Set a new password"
    text = letter.get_content()
    link = matched(r"https://meeting\.example(/sign-in/new-password/\S+)", text)[1]
    assert "The link works once, for one hour." in text
    assert client.get(link).status_code == 200
    assert db.session.scalars(select(Message)).one().sent_at is not None


def test_it_arrives_once_however_often_the_tasks_run(client: FlaskClient, ana: User, sink: Sink) -> None:
    client.post("/sign-in/forgotten", data={"email": ana.email})
    mails()
    for task in db.session.scalars(select(Task)):
        task.state, task.due_at = TaskState.READY, now()
    mails()
    assert len(sink.received) == 1


def test_a_mail_server_that_is_down_is_tried_again(client: FlaskClient, ana: User, sink: Sink) -> None:
    sink.down = True
    assert client.post("/sign-in/forgotten", data={"email": ana.email}).status_code == 302
    tasks.run_due()
    tasks.run_due()
    assert sink.received == []
    waiting = db.session.scalars(select(Task).where(Task.kind == "mail.deliver")).one()
    assert (waiting.state, waiting.attempts) == (TaskState.READY, 1)
    sink.down = False
    waiting.due_at = now()
    mails()
    assert len(sink.received) == 1
