"""Writing to those asked: invitations, and reminders that go out by themselves."""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app

from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.consultation.questionnaires.rules import is_open
from workshop.platform import tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day
from workshop.platform.mail import link_to

from . import letters, queries, rules
from .models import Kind, Letter, Reminder
from .response_board import Asked, asked

REMIND = "sending.remind"


def everybody(questionnaire: Questionnaire) -> list[Asked]:
    """The list with how far each has come."""
    failures = {row.recipient_id: row.failure for row in db.session.execute(queries.failures(questionnaire))}
    return asked(db.session.scalars(queries.recipients(questionnaire)).all(), failures)


def left_alone(questionnaire: Questionnaire, kind: Kind, step: str, *, at: datetime) -> set[int]:
    """The recipients who were written to for this reason already; nobody is reminded twice on one day for any reason."""
    done = set(db.session.scalars(queries.steps_taken(questionnaire, step)))
    if kind is Kind.REMINDER:
        done |= set(db.session.scalars(queries.reminded_on(questionnaire, on_day(at, questionnaire.workshop.zone))))
    return done


def write_to(
    questionnaire: Questionnaire, recipients: Iterable[Recipient], kind: Kind, step: str, *, at: datetime
) -> list[tasks.Task]:
    """Mails to those who were not written to for this reason before, added but not committed; their tasks."""
    db.session.execute(queries.hold(questionnaire))
    done = left_alone(questionnaire, kind, step, at=at)
    text = db.session.scalars(queries.text(questionnaire, kind)).one_or_none()
    key, today = current_app.config["SECRET_KEY"], on_day(at, questionnaire.workshop.zone)
    written = []
    for recipient in recipients:
        if recipient.id in done:
            continue
        link = link_to("answering.resume", token=recipient.current_link(key))
        message = letters.write(recipient, text, kind, link=link, at=at)
        recipient.invited = True
        db.session.add_all(
            [message, Letter(recipient=recipient, kind=kind, step=step, written_on=today, message=message)]
        )
        written.append(message)
    db.session.flush()
    deliveries = [tasks.ask("mail.deliver", message.id, at=at) for message in written]
    db.session.add_all(deliveries)
    return deliveries


@tasks.handles(REMIND)
def remind(task: tasks.Task) -> None:
    """Write to all who still owe an answer. Done once; when the dates were moved it waits for its new time."""
    reminder = db.session.get(Reminder, task.subject_id)
    at = now()
    if reminder is None or reminder.done_at:
        return
    questionnaire = reminder.questionnaire
    reminder.due_at = rules.due_at(reminder.moment, questionnaire) or reminder.due_at
    if reminder.due_at > at:
        db.session.add(tasks.ask(REMIND, reminder.id, at=reminder.due_at))
        db.session.commit()
        return
    deliveries: list[tasks.Task] = []
    if is_open(questionnaire, at):
        owing = [row.recipient for row in everybody(questionnaire) if row.progress.is_owed]
        deliveries = write_to(questionnaire, owing, Kind.REMINDER, reminder.moment.value, at=at)
    reminder.done_at, reminder.sent = at, len(deliveries)
    db.session.commit()
    tasks.nudge(current_app, *deliveries)


@tasks.every_day("sending.follow")
def follow() -> None:
    """Reminders keep to the dates of their questionnaire, which may be others since they were planned.

    One whose moment has passed by that is given up: it would go out to everybody at once, and nobody asked for that.
    """
    for reminder in db.session.scalars(queries.planned()).all():
        due = rules.due_at(reminder.moment, reminder.questionnaire)
        if due and due != reminder.due_at and due <= now():
            db.session.delete(reminder)
        elif due and due != reminder.due_at:
            reminder.due_at = due
            db.session.add(tasks.ask(REMIND, reminder.id, at=due))
    db.session.commit()
