"""Mail: a row written with the data it tells of, delivered by a task. Plain text only."""

import re
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column
from structlog import get_logger

from workshop.platform import tasks as platform_tasks
from workshop.platform.db import Model, db, now

log = get_logger()


LINK = "[[link]]"  # stands in a text where the secret comes, so that a text may be read before it leaves


class Message(Model):
    """One mail to one person. `sent_at` is empty until the mail server has taken it.

    `secret` is put in the place of LINK on the way out. Text and secret are forgotten then, for they may open what is
    somebody's own. `failure` says why the mail did not arrive: refused at once, or returned later.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    secret: Mapped[str] = mapped_column(default="", server_default="")
    failure: Mapped[str] = mapped_column(default="", server_default="")


def link_to(endpoint: str, **values: object) -> str:
    """An address for a mail, built from the configured public address and never from the request's Host header."""
    path = current_app.url_map.bind("").build(endpoint, values)  # not url_for, which a task could not call
    return (current_app.config["PUBLIC_URL"] or "http://127.0.0.1:8000") + path


@platform_tasks.handles("mail.deliver")
def deliver(task: platform_tasks.Task) -> None:
    """Hand the message to the mail server; without one configured it stays in the outbox and the log says so."""
    message = db.session.get(Message, task.subject_id)
    if message is None or message.sent_at or message.failure:
        return
    url = urlsplit(current_app.config["MAIL_URL"])
    if not url.hostname:
        log.warning("mail.no_server", message=message.id)
        return
    try:
        _hand_over(letter_of(message), url)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()))
        if code < 500:  # come back later
            raise
        message.failure = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"[:300]
    else:
        message.sent_at, message.text, message.secret = now(), "", ""
    db.session.commit()


def letter_of(message: Message) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = current_app.config["MAIL_FROM"]
    letter["To"], letter["Subject"] = message.recipient, message.subject
    letter["Message-ID"] = make_msgid(f"m{message.id}")
    letter.set_content(message.text.replace(LINK, message.secret))
    return letter


def _hand_over(letter: EmailMessage, url: SplitResult) -> None:
    connect = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with connect(url.hostname or "", url.port or 25, timeout=20) as server:
        if url.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(letter)


def number_in(message_id: str) -> int | None:
    """Which of our messages a Message-ID names; None for any other."""
    found = re.search(r"\.m([0-9]{1,12})@", message_id)
    return int(found[1]) if found else None
