"""Reminding by itself: on the days chosen, whoever has not answered is written to, once for each day."""

from datetime import date, datetime, time, timedelta

from flask import current_app
from sqlalchemy.orm import joinedload

from workshop.platform import outbox, patience, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day
from workshop.platform.reminders import LettersWritten, Step
from workshop.programme.agenda.queries import people
from workshop.programme.agenda.times import moment
from workshop.secretariat.series.queries import lock_workshop

from . import letters, queries, rules
from .models import Invitation, InvitationMail, InvitationPlan, Letter

REMIND = "speakers.remind"
MORNING = time(8)
DAY = timedelta(days=1)  # a step comes as its day begins, its task some hours later


def ask_to_remind(plan: InvitationPlan, *, after: datetime) -> None:
    """One task for each day of reminding still to come, in the morning of the place."""
    for step in rules.schedule(plan, at=after).steps:
        morning = moment(step.day, MORNING, plan.workshop.zone, field="remind_before")
        if morning > after:
            tasks.ask(REMIND, plan.id, at=morning)


@tasks.handles(REMIND, patience=patience.SOON)
def remind(task: tasks.Task) -> None:
    """Write to those who have not answered. Days that were moved or taken back, answers and mails since are seen here."""
    plan = db.session.get(InvitationPlan, task.subject_id, options=[joinedload(InvitationPlan.workshop)])
    if plan is None or not plan.workshop.is_running:
        return
    db.session.scalars(lock_workshop(plan.workshop)).one()
    at = now()
    step = rules.schedule(plan, at=at).due(at, planned=task.first_due_at - DAY)
    if step is None:
        return
    written = [remind_once(invitation, plan, step.day, at) for invitation in to_remind(plan, step)]
    db.session.add_all(written)
    outbox.add(*(mail.message for mail in written if mail.message))
    db.session.commit()


def to_remind(plan: InvitationPlan, step: Step[int]) -> list[Invitation]:
    """Who is on the agenda, has been asked, and has not answered; any mail counts as having been written to."""
    here = {who.id for who in db.session.scalars(people(plan.workshop))}
    invitations = [each for each in db.session.scalars(queries.invitations(plan.workshop)) if each.person_id in here]
    waiting = [each for each in invitations if rules.is_waiting(each)]
    last = {each.id: each.sent_at for each in waiting}
    last |= {row[0]: row[1] for row in db.session.execute(queries.last_mails(plan.workshop))}
    written = LettersWritten[int](last={who: on_day(at, plan.workshop.zone) for who, at in last.items() if at})
    return [each for each in waiting if not written.covers(each.id, step)]


def remind_once(invitation: Invitation, plan: InvitationPlan, step: date, at: datetime) -> InvitationMail:
    slots = db.session.scalars(queries.slots_of(plan.workshop, invitation.person_id)).all()
    return letters.write(
        Letter.REMINDER, invitation, plan, slots, key=current_app.config["SECRET_KEY"], at=at, step=step
    )
