"""The outbox: letters committed with the data they tell of, and handed to the mail server afterwards, each once.

A worker claims a letter by a statement, and commits, right before its text goes to the server. What is still claimed when
that worker must be gone is in doubt: the server may have it. Such a letter does not leave a second time by itself; it is
shown, and a person decides.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import Flask, current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, exists, select, update
from structlog import get_logger

from workshop.platform import mail_server, tasks
from workshop.platform.db import db, now
from workshop.platform.mail import Message, MessageState, letter_of
from workshop.platform.patience import MAIL

log = get_logger()
DELIVER = "mail.deliver"
LONGEST_LEAVING = timedelta(minutes=5)  # no server takes longer to take a letter, at twenty seconds for an answer
LEAVE_ALONE = timedelta(seconds=30)  # a server that was found to be away
TEXT_KEPT = timedelta(days=30)


class Claimed(Exception):
    """Another worker has this letter in hand."""


def add(*messages: Message) -> None:
    """Put letters into the outbox: they leave by themselves once the caller commits, and not at all if it does not."""
    db.session.add_all(messages)
    db.session.flush()
    for message in messages:
        tasks.ask(DELIVER, message.id, at=message.written_at)


def is_connected() -> bool:
    """Whether a mail server is set. Where none is, letters wait here, and no page says that one is on its way."""
    return mail_server.address() is not None


def say_on_its_way(number: int = 1, words: str = "") -> str:
    """The sentence for whoever has just had so many letters written, in the words given where one is sent at all. What
    becomes of each, its state says.
    """
    if is_connected():
        return words or ngettext("One email is on its way.", "%(num)s emails are on their way.", number)
    return ngettext(
        "One email waits in the outbox: no email server is set up yet. It will be sent once there is one.",
        "%(num)s emails wait in the outbox: no email server is set up yet. They will be sent once there is one.",
        number,
    )


def say_where_sent(words: str) -> str:
    """What is said to people who wait for a letter about their account, in the words given where one is sent at all."""
    nobody = _("No email can be sent: no email server is set up yet. Please ask the people who run this installation.")
    return words if is_connected() else nobody


def init_app(app: Flask) -> None:
    """Templates ask whether a mail server is set."""
    app.jinja_env.globals["is_mail_connected"] = is_connected


def give_up(task: tasks.Task) -> None:
    """Nobody could be reached for as long as patience lasts."""
    message = db.session.get(Message, task.subject_id)
    if message and message.state.is_on_its_way:
        message.state, message.reason = MessageState.GIVEN_UP, message.reason or task.error
        if message.quotes:
            message.forget_text()


@tasks.handles(DELIVER, patience=MAIL, given_up=give_up)
def deliver(task: tasks.Task) -> None:
    """Hand the message to the mail server; without one it stays in the outbox, and leaves when one is set."""
    message = db.session.get(Message, task.subject_id, populate_existing=True)
    if message is None or not message.state.is_on_its_way:
        return
    if message.state is MessageState.LEAVING:
        _settle(message)
        return
    url = mail_server.address()
    if url is None:
        log.warning("mail.no_server", message=message.id)
        return
    number = message.id
    try:
        letter = letter_of(message)
    except ValueError as fault:  # no such address or subject can be written in a mail
        _keep(number, MessageState.REFUSED, str(fault))
        return
    db.session.commit()  # nothing is held open while the server takes its time
    _leave_alone_while_away(url.netloc)
    try:
        mail_server.hand_over(letter, url, leaving=lambda: _claim(number))
    except Claimed:
        return
    except mail_server.NotNow as problem:
        _keep(number, MessageState.QUEUED, str(problem))
        if isinstance(problem, mail_server.Unreachable):
            _away()[url.netloc] = now()
        raise tasks.NotYet(str(problem)) from None  # what it comes from holds addresses, which no log does
    except mail_server.Refused as refusal:
        _keep(number, MessageState.REFUSED, str(refusal))
    except mail_server.InDoubt as doubt:
        _keep(number, MessageState.IN_DOUBT, str(doubt))
    else:
        _keep(number, MessageState.SENT, "")
    if _away().pop(url.netloc, None):
        tasks.hasten(DELIVER)
        db.session.commit()


def _settle(message: Message) -> None:
    """A letter that somebody has claimed. By now that worker is done with it, or gone."""
    if message.leaving_at and now() - message.leaving_at < LONGEST_LEAVING:
        raise tasks.NotYet("another worker has it in hand")
    message.state = MessageState.IN_DOUBT
    db.session.commit()


def _leave_alone_while_away(server: str) -> None:
    """Where a server does not answer, waiting for that with every letter would keep workers from all other work."""
    since = _away().get(server)
    if since and now() - since < LEAVE_ALONE:
        raise tasks.NotYet("The mail server was away a moment ago.")


def _away() -> dict[str, datetime]:
    """Since when a mail server has been found away, by its name."""
    found: dict[str, datetime] = current_app.extensions.setdefault("mail_away", {})
    return found


def _claim(number: int) -> None:
    """Make the letter this worker's own, for all to see. Raises Claimed when it is another's, or gone."""
    mine = update(Message).where(Message.id == number, Message.state == MessageState.QUEUED)
    claimed = db.session.scalar(
        mine.values(state=MessageState.LEAVING, leaving_at=now())
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    if claimed is None:
        raise Claimed(number)


def _keep(number: int, state: MessageState, reason: str) -> None:
    message = db.session.get(Message, number, populate_existing=True)
    if message is None:
        return
    message.state, message.reason = state, reason
    if state is MessageState.SENT:
        message.sent_at = now()
    if state is MessageState.SENT or (state.has_failed and message.quotes):
        message.forget_text()
    db.session.commit()


def forget_quotes(names: Iterable[str]) -> None:
    """Mails that quote what is erased go with it, also those that have not left. In the transaction of the caller."""
    quoting = delete(Message).where(Message.quotes.in_(list(names)), Message.quotes != "")
    db.session.execute(quoting.execution_options(synchronize_session=False))


def retry(messages: Iterable[Message], *, at: datetime) -> int:
    """Have those sent once more that can be, now. How many they are."""
    again = [each for each in messages if each.may_be_retried]
    for message in again:
        waiting = _waiting_task(message)
        message.state, message.reason = MessageState.QUEUED, ""
        if waiting:
            waiting.due_at, waiting.first_due_at = at, at
        else:
            tasks.ask(DELIVER, message.id, at=at)
    return len(again)


def _waiting_task(message: Message) -> tasks.Task | None:
    waits = tasks.Task.state.in_((tasks.TaskState.READY, tasks.TaskState.RUNNING))
    return db.session.scalars(
        select(tasks.Task).where(tasks.Task.kind == DELIVER, tasks.Task.subject_id == message.id, waits).limit(1)
    ).one_or_none()


def take_back(number: int, reason: str) -> None:
    """Note that a letter came back. Commits."""
    _keep(number, MessageState.RETURNED, reason)


@tasks.every_sweep
def ask_for_left_behind() -> None:
    """Letters that wait without a task: they were written while no mail server was set, or their task was lost."""
    if not is_connected():
        return
    own = (tasks.Task.kind == DELIVER, tasks.Task.subject_id == Message.id)
    waits = tasks.Task.state.in_((tasks.TaskState.READY, tasks.TaskState.RUNNING))
    left = select(Message.id).where(
        Message.state.in_((MessageState.QUEUED, MessageState.LEAVING)), ~exists().where(*own, waits)
    )
    at = now()
    for number in db.session.scalars(left).all():
        tasks.ask(DELIVER, number, at=at)
    db.session.commit()


@tasks.every_day("mail.forget")
def forget() -> None:
    """What did not leave for a month is not kept any longer: its links and words are somebody's own."""
    old = update(Message).where(
        Message.state.in_([each for each in MessageState if each.has_failed]), Message.written_at < now() - TEXT_KEPT
    )
    db.session.execute(old.values(text="", secret="").execution_options(synchronize_session=False))
    db.session.commit()
