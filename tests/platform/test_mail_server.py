"""What becomes of a letter, against a real mail server: taken, refused for good, not now, in doubt; each once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests import factories as make
from tests.platform.sink import Sink, listening
from tests.programme.papers.conftest import clock
from workshop.platform import outbox, tasks
from workshop.platform.db import db
from workshop.platform.mail import Message, MessageState
from workshop.platform.tasks import Task, TaskState

__all__ = ["clock"]
AT = make.NOON
Clock = Callable[[datetime], None]


@pytest.fixture
def sink(app: Flask) -> Iterator[Sink]:
    before = app.config["MAIL_URL"]
    with listening() as server:
        app.config["MAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
        yield server
    app.config["MAIL_URL"] = before


def write(number: int = 1) -> list[Message]:
    letters = [
        Message(recipient=f"r{each}@example.org", subject="Hello", text=f"Letter {each}", written_at=AT)
        for each in range(number)
    ]
    outbox.add(*letters)
    db.session.commit()
    return letters


def state_of(letter: Message) -> tuple[MessageState, str]:
    db.session.rollback()
    db.session.refresh(letter)
    return letter.state, letter.reason


def pass_time(clock: Clock, start: datetime, lasts: timedelta, step: timedelta) -> None:
    """What a worker does as time goes by: it sweeps, and does what is due."""
    at = start
    while at <= start + lasts:
        clock(at)
        outbox.ask_for_left_behind()
        tasks.run_due()
        at += step


def test_a_letter_that_is_taken_is_sent_and_its_text_forgotten(sink: Sink, clock: Clock) -> None:
    clock(AT)
    (letter,) = write()
    tasks.run_due()
    assert sink.readers == ["r0@example.org"]
    assert sink.received[0]["Date"].datetime == AT
    assert state_of(letter) == (MessageState.SENT, "")
    assert (letter.text, letter.secret) == ("", "")


@pytest.mark.parametrize("stage", ["at_mail", "at_rcpt", "at_data"])
def test_a_refusal_for_good_stops_with_its_reason(sink: Sink, clock: Clock, stage: str) -> None:
    clock(AT)
    setattr(sink, stage, "550 5.7.1 not wanted here")
    (letter,) = write()
    tasks.run_due()
    assert state_of(letter) == (MessageState.REFUSED, "550 5.7.1 not wanted here")
    assert letter.text == "Letter 0", "kept, to be sent again"
    setattr(sink, stage, "")
    pass_time(clock, AT, timedelta(hours=1), timedelta(minutes=1))
    assert sink.readers == []


@pytest.mark.parametrize("stage", ["at_mail", "at_rcpt", "at_data"])
def test_a_refusal_for_now_is_tried_again(sink: Sink, clock: Clock, stage: str) -> None:
    clock(AT)
    setattr(sink, stage, "451 4.7.1 come back later")
    (letter,) = write()
    tasks.run_due()
    assert state_of(letter) == (MessageState.QUEUED, "451 4.7.1 come back later")
    setattr(sink, stage, "")
    pass_time(clock, AT, timedelta(seconds=10), timedelta(seconds=1))
    assert state_of(letter) == (MessageState.SENT, "")
    assert len(sink.received) == 1


def test_a_server_away_for_eight_minutes_loses_nothing(sink: Sink, clock: Clock) -> None:
    sink.stop()
    letters = write(5)
    pass_time(clock, AT, timedelta(minutes=8), timedelta(seconds=5))
    assert {state_of(each)[0] for each in letters} == {MessageState.QUEUED}
    assert "refused" in state_of(letters[0])[1].casefold(), "why is shown meanwhile"
    sink.start()
    pass_time(clock, AT + timedelta(minutes=8), timedelta(minutes=10), timedelta(seconds=5))
    assert sorted(sink.readers) == [f"r{each}@example.org" for each in range(5)]
    assert {state_of(each)[0] for each in letters} == {MessageState.SENT}


def test_an_hour_s_outage_is_made_up_for_at_once_when_the_first_letter_gets_through(sink: Sink, clock: Clock) -> None:
    sink.stop()
    write(20)
    pass_time(clock, AT, timedelta(hours=1), timedelta(seconds=15))
    sink.start()
    back = AT + timedelta(hours=1)
    first = next(at for at in (back + timedelta(seconds=15 * each) for each in range(100)) if came(sink, clock, at))
    assert first - back <= timedelta(minutes=15)
    pass_time(clock, first, timedelta(seconds=15), timedelta(seconds=15))
    assert len(sink.received) == len(set(sink.readers)) == 20


def came(sink: Sink, clock: Clock, at: datetime) -> bool:
    clock(at)
    tasks.run_due()
    return bool(sink.received)


def test_after_three_days_it_is_given_up_with_its_reason_and_can_be_sent_again(sink: Sink, clock: Clock) -> None:
    sink.stop()
    (letter,) = write()
    pass_time(clock, AT, timedelta(days=3), timedelta(hours=6))
    state, reason = state_of(letter)
    assert (state, "refused" in reason.casefold()) == (MessageState.GIVEN_UP, True)
    assert db.session.scalars(db.select(Task.state)).all() == [TaskState.FAILED]
    sink.start()
    later = AT + timedelta(days=4)
    clock(later)
    assert outbox.retry([letter], at=later) == 1
    db.session.commit()
    tasks.run_due()
    assert (state_of(letter)[0], sink.readers) == (MessageState.SENT, ["r0@example.org"])
    assert outbox.retry([letter], at=later) == 0


def test_a_wrong_password_is_not_the_letter_s_fault(app: Flask, sink: Sink, clock: Clock) -> None:
    sink.stop()
    sink.password = "right"
    sink.start()
    clock(AT)
    app.config["MAIL_URL"] = f"smtp://us:wrong@127.0.0.1:{sink.port}"
    (letter,) = write()
    tasks.run_due()
    state, reason = state_of(letter)
    assert (state, reason[:3]) == (MessageState.QUEUED, "535")
    app.config["MAIL_URL"] = f"smtp://us:right@127.0.0.1:{sink.port}"
    pass_time(clock, AT, timedelta(minutes=2), timedelta(seconds=5))
    assert state_of(letter)[0] is MessageState.SENT


def test_a_letter_written_without_a_server_leaves_when_there_is_one(app: Flask, sink: Sink, clock: Clock) -> None:
    server, app.config["MAIL_URL"] = app.config["MAIL_URL"], ""
    (letter,) = write()
    assert outbox.say_on_its_way().startswith("One email waits in the outbox")
    pass_time(clock, AT, timedelta(days=5), timedelta(hours=1))
    assert state_of(letter) == (MessageState.QUEUED, "")
    app.config["MAIL_URL"] = server
    assert outbox.say_on_its_way() == "One email is on its way."
    pass_time(clock, AT + timedelta(days=5), timedelta(minutes=1), timedelta(seconds=15))
    assert state_of(letter)[0] is MessageState.SENT
    assert len(sink.received) == 1


def test_two_workers_at_once_send_each_letter_once(app: Flask, sink: Sink, clock: Clock) -> None:
    clock(AT)
    letters = write(10)
    for letter in letters:  # and each has two tasks, as when somebody presses "send again" in between
        tasks.ask(outbox.DELIVER, letter.id, at=AT)
    db.session.commit()

    def work(_number: int) -> None:
        with app.app_context():
            tasks.run_due()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(sink.readers) == sorted(each.recipient for each in letters)
    assert {state_of(each)[0] for each in letters} == {MessageState.SENT}


def test_what_was_being_handed_over_when_the_worker_was_killed_is_in_doubt(sink: Sink, clock: Clock) -> None:
    (letter,) = write()
    letter.state, letter.leaving_at = MessageState.LEAVING, AT
    task = db.session.scalars(db.select(Task)).one()
    task.state, task.taken_by, task.taken_until = TaskState.RUNNING, "killed", AT + tasks.LEASE
    db.session.commit()
    pass_time(clock, AT, timedelta(minutes=12), timedelta(seconds=15))
    assert sink.readers == [], "it may have arrived: only a person sends it again"
    assert state_of(letter)[0] is MessageState.IN_DOUBT
    assert "may have arrived" in letter.explanation
    outbox.retry([letter], at=AT + timedelta(minutes=20))
    db.session.commit()
    pass_time(clock, AT + timedelta(minutes=20), timedelta(seconds=1), timedelta(seconds=1))
    assert sink.readers == ["r0@example.org"]


def test_a_connection_that_breaks_after_the_last_line_leaves_a_letter_in_doubt(sink: Sink, clock: Clock) -> None:
    clock(AT)
    sink.breaks_off = True
    (letter,) = write()
    tasks.run_due()
    sink.breaks_off = False
    assert state_of(letter)[0] is MessageState.IN_DOUBT
    pass_time(clock, AT, timedelta(hours=1), timedelta(minutes=1))
    assert len(sink.received) == 1


def test_a_letter_that_no_mail_can_carry_is_refused_at_once(sink: Sink, clock: Clock) -> None:
    clock(AT)
    (letter,) = write()
    letter.recipient = "r@example.org\nBcc: all@example.org"
    db.session.commit()
    tasks.run_due()
    assert state_of(letter)[0] is MessageState.REFUSED
    assert sink.received == []


def test_the_text_of_what_never_left_is_forgotten_after_a_month(sink: Sink, clock: Clock) -> None:
    clock(AT)
    sink.at_rcpt = "550 no such person"
    (letter,) = write()
    tasks.run_due()
    clock(AT + timedelta(days=29))
    outbox.forget()
    assert state_of(letter)[0] is MessageState.REFUSED
    assert letter.may_be_retried
    clock(AT + timedelta(days=31))
    outbox.forget()
    db.session.refresh(letter)
    assert (letter.text, letter.may_be_retried) == ("", False)
