"""Mail: a row written with the data it tells of, as the outbox sends it. Plain text only."""

import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from workshop.platform.db import Model

ADDRESS = re.compile(r"\S*(?:://|www\.)\S*", re.IGNORECASE)
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


def letter_of(message: Message) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = current_app.config["MAIL_FROM"]
    letter["To"], letter["Subject"] = message.recipient, message.subject
    letter["Message-ID"] = make_msgid(f"m{message.id}")
    letter.set_content(message.text.replace(LINK, message.secret))
    return letter


def harmless(name: str) -> str:
    """A name as a mail may carry it: on one line, and nothing in it that a mail program would make a link of."""
    visible = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(ADDRESS.sub("…", visible).split())


def number_in(message_id: str) -> int | None:
    """Which of our messages a Message-ID names; None for any other."""
    found = re.search(r"\.m([0-9]{1,12})@", message_id)
    return int(found[1]) if found else None
