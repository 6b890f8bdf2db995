"""Writing to those asked: invitations, and reminders that go out by themselves."""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app

from workshop.consultation.questionnaires import tally, tally_statements
from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.consultation.questionnaires.recipients import GOOD_AFTER_CLOSING
from workshop.consultation.questionnaires.rules import is_late
from workshop.platform import outbox, patience, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day
from workshop.platform.mail import Message, UnsentMail, link_to
from workshop.platform.reminders import LettersWritten, Schedule, Step

from . import letters, queries, rules
from .models import Kind, Letter, Reminder
from .response_board import BoardRow, rows_of_board

REMIND = "sending.remind"


def everybody(questionnaire: Questionnaire) -> list[BoardRow]:
    """The list with how far each has come."""
    unsent = {row[0]: UnsentMail(row[1], row[2]) for row in db.session.execute(queries.unsent(questionnaire))}
    return rows_of_board(db.session.scalars(queries.recipients(questionnaire)).all(), unsent)


def written_before(questionnaire: Questionnaire, kind: Kind, step: Step[str]) -> LettersWritten[str]:
    """Who was written to at this step already; for reminders, also when each was last reminded for any reason."""
    done = {(who, step.key) for who in db.session.scalars(queries.steps_taken(questionnaire, step.key))}
    last = db.session.execute(queries.last_reminded(questionnaire)) if kind is Kind.REMINDER else ()
    return LettersWritten(done, {row[0]: row[1] for row in last})


def write_to(
    questionnaire: Questionnaire, recipients: Iterable[Recipient], kind: Kind, step: Step[str], *, at: datetime
) -> list[Message]:
    """Mails to those who were not written to at this step before, put into the outbox."""
    if kind is Kind.INVITATION and tally.is_kept_for(questionnaire):
        tally.make_room(questionnaire)
    db.session.execute(queries.lock_sending(questionnaire))
    before = written_before(questionnaire, kind, step)
    text = db.session.scalars(queries.text(questionnaire, kind)).one_or_none()
    key, today = current_app.config["SECRET_KEY"], on_day(at, questionnaire.workshop.zone)
    written = []
    for recipient in recipients:
        if before.covers(recipient.id, step):
            continue
        link = link_to("answering.resume", token=recipient.current_link(key))
        message = letters.write(recipient, text, kind, link=link, at=at)
        recipient.invited = True
        db.session.add(Letter(recipient=recipient, kind=kind, step=step.key, written_on=today, message=message))
        written.append(message)
    outbox.add(*written)
    return written


@tasks.handles(REMIND, patience=patience.SOON)
def remind(task: tasks.Task) -> None:
    """Write to all who still owe an answer. Done once, at the moment that the dates give it now."""
    reminder, at = db.session.get(Reminder, task.subject_id), now()
    if reminder is None or reminder.done_at:
        return
    schedule = rules.schedule(reminder, at=at)
    if schedule.come(at, planned=reminder.due_at) is None:
        replan(reminder, schedule, at=at)
    else:
        written: list[Message] = []
        if reminder.questionnaire.workshop.is_running and (step := schedule.due(at)):
            tally.carry_over(reminder.questionnaire)
            owing = [row.recipient for row in everybody(reminder.questionnaire) if row.progress.is_owed]
            written = write_to(reminder.questionnaire, owing, Kind.REMINDER, step, at=at)
        reminder.done_at, reminder.sent = at, len(written)
    db.session.commit()


@tasks.every_day("sending.close_tallies")
def close_tallies() -> None:
    """After closing, the database learns who began; and once the links have expired, nothing of that is needed."""
    at = now()
    expired = []
    for questionnaire in db.session.scalars(tally_statements.with_tallies()).all():
        if is_late(questionnaire, at) and not questionnaire.accepts_late:
            tally.carry_over(questionnaire)
        if questionnaire.closes_at and questionnaire.closes_at + GOOD_AFTER_CLOSING <= at:
            expired.append(questionnaire)
    tally.close(expired)


@tasks.every_day("sending.follow")
def follow() -> None:
    """Reminders keep to the dates of their questionnaire, which may be others since they were planned."""
    at = now()
    for reminder in db.session.scalars(queries.planned_reminders()).all():
        schedule = rules.schedule(reminder, at=at)
        if schedule.steps[0].at != reminder.due_at:
            replan(reminder, schedule, at=at)
    db.session.commit()


def replan(reminder: Reminder, schedule: Schedule[str], *, at: datetime) -> None:
    """Move it to its new moment; one that has passed by being moved is given up."""
    if ahead := schedule.ahead(at):
        reminder.due_at = ahead[0].at
        tasks.ask(REMIND, reminder.id, at=reminder.due_at)
    elif schedule.come(at, planned=reminder.due_at) is None:
        db.session.delete(reminder)
