"""The outbox: letters committed with the data they tell of, and handed to the mail server afterwards."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app
from structlog import get_logger

from workshop.platform import tasks
from workshop.platform.db import db, now
from workshop.platform.mail import Message, letter_of

log = get_logger()
DELIVER = "mail.deliver"


def add(*messages: Message) -> None:
    """Put letters into the outbox: they leave by themselves once the caller commits, and not at all if it does not."""
    db.session.add_all(messages)
    db.session.flush()
    for message in messages:
        tasks.ask(DELIVER, message.id, at=message.written_at)


@tasks.handles(DELIVER)
def deliver(task: tasks.Task) -> None:
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


def _hand_over(letter: EmailMessage, url: SplitResult) -> None:
    connect = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with connect(url.hostname or "", url.port or 25, timeout=20) as server:
        if url.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(letter)
