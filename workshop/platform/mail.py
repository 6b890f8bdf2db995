"""Mail: a row written with the data it tells of, as the outbox sends it. Plain text only."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.links import derived, is_same

ADDRESS = re.compile(r"\S*(?:://|www\.)\S*", re.IGNORECASE)
LINK = "[[link]]"  # stands in a text where the secret comes, so that a text may be read before it leaves
ADDRESS_IN_TEXT = re.compile(r"\b(\w[\w+.-]*://[^\s/]+)\S*")


class MessageState(Labelled):
    """How far a mail has come. Every screen that speaks of one says this, and no more than this."""

    QUEUED = "queued", _l("waiting to be sent"), "warn"
    LEAVING = "leaving", _l("being sent"), "warn"
    SENT = "sent", _l("passed to the mail server"), "good"
    REFUSED = "refused", _l("refused for good"), "bad"
    GIVEN_UP = "given_up", _l("given up"), "bad"
    IN_DOUBT = "in_doubt", _l("may not have arrived"), "bad"
    RETURNED = "returned", _l("returned"), "bad"

    @property
    def is_on_its_way(self) -> bool:
        return self in ON_THEIR_WAY

    @property
    def has_failed(self) -> bool:
        """Whether somebody must look after it: by itself nothing more happens."""
        return self in FAILED


ON_THEIR_WAY = {MessageState.QUEUED, MessageState.LEAVING}
FAILED = {MessageState.REFUSED, MessageState.GIVEN_UP, MessageState.IN_DOUBT, MessageState.RETURNED}


class Message(Model):
    """One mail to one person. Its `state` is changed by the outbox alone.

    `workshop_id` is that of the workshop whose organisers see it; mails about accounts, and those that would tell who
    answers anonymously, have none. `secret` is put in the place of LINK on the way out. Text and secret are forgotten
    then, for they may open what is somebody's own. `reason` is what the mail system said last, if it did not take it.
    `leaving_at` is when it was last about to be handed over. `quotes` names what somebody may have erased, on the list of
    `erasure.py`: such a mail keeps nothing once it has failed, and goes with what it quotes.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    workshop_id: Mapped[int | None] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), default=None, index=True
    )
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(default=MessageState.QUEUED, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    leaving_at: Mapped[datetime | None] = mapped_column(default=None)
    secret: Mapped[str] = mapped_column(default="", server_default="")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    quotes: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def may_be_retried(self) -> bool:
        """Whether it can be sent once more as it is: not without its text, which is forgotten once it has left."""
        return bool(self.text) and (self.state.has_failed or self.state is MessageState.QUEUED)

    @property
    def explanation(self) -> str:
        return explanation(self.state, self.reason)

    def forget_text(self) -> None:
        self.text = self.secret = ""


def explanation(state: MessageState, reason: str) -> str:
    """What whoever waits for a mail should know beside its state: what the mail system said, or what to do."""
    if state is not MessageState.IN_DOUBT:
        return reason
    return _(
        "The connection broke while the email server was accepting this email. It may have "
        "arrived: ask before you send it again."
    )


@dataclass(frozen=True)
class UnsentMail:
    """The newest mail to somebody, where it did not arrive, or where none has left yet."""

    state: MessageState
    reason: str

    @property
    def explanation(self) -> str:
        return explanation(self.state, self.reason)


def unsent_mails(
    owner: InstrumentedAttribute[int],
    letter: InstrumentedAttribute[int],
    message: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    among: Select[int],
) -> Select[int, MessageState, str]:
    """What `UnsentMail` says, with the owner before it. The columns are those of a package's own table of letters: whose
    each is, its number and that of its message; `among` selects the owners asked for.
    """
    has_left = func.max(case((Message.state == MessageState.SENT, 1), else_=0)).label("has_left")
    newest = (
        select(func.max(letter).label("number"), has_left)
        .join(Message, Message.id == message)
        .where(owner.in_(among))
        .group_by(owner)
        .subquery()
    )
    waits = and_(Message.state.in_(ON_THEIR_WAY), newest.c.has_left == 0)
    return (
        select(owner, Message.state, Message.reason)
        .join(Message, Message.id == message)
        .join(newest, newest.c.number == letter)
        .where(or_(Message.state.in_(FAILED), waits))
    )


def link_to(endpoint: str, **values: object) -> str:
    """An address for a mail, built from the configured public address and never from the request's Host header."""
    path = current_app.url_map.bind("").build(endpoint, values)  # not url_for, which a task could not call
    return (current_app.config["PUBLIC_URL"] or "http://127.0.0.1:8000") + path


def masked(text: str) -> str:
    """A text as others than its reader may see it: every link without what it opens."""
    return ADDRESS_IN_TEXT.sub(r"\1/…", text.replace(LINK, "…"))


def letter_of(message: Message) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = current_app.config["MAIL_FROM"]
    letter["To"], letter["Subject"], letter["Date"] = message.recipient, message.subject, message.written_at
    letter["Message-ID"] = message_id_of(message)
    letter.set_content(message.text.replace(LINK, message.secret))
    return letter


def message_id_of(message: Message) -> str:
    """Always the same for a message, so that one that came twice is known as one; nobody else can make it up."""
    domain = parseaddr(current_app.config["MAIL_FROM"])[1].rpartition("@")[2] or "localhost"
    return f"<{_seal(message.id)}.m{message.id}@{domain}>"


def harmless(name: str) -> str:
    """A name as a mail may carry it: on one line, and nothing in it that a mail program would make a link of."""
    visible = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(ADDRESS.sub("…", visible).split())


def number_in(message_id: str) -> int | None:
    """Which of our messages a Message-ID names; None for any other, or one that somebody made up."""
    found = re.search(r"<?([\w-]+)\.m([0-9]{1,12})@", message_id)
    return int(found[2]) if found and is_same(found[1], _seal(int(found[2]))) else None


def _seal(number: int) -> str:
    return derived(f"message:{number}", current_app.config["SECRET_KEY"], octets=12)
