"""Reminding by itself: on the days chosen, whoever has not answered is written to, once for each day."""

from datetime import date, datetime, time

from flask import current_app
from sqlalchemy.orm import joinedload

from workshop.platform import tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day
from workshop.programme.agenda.queries import people
from workshop.programme.agenda.times import moment
from workshop.secretariat.series.queries import lock_workshop

from . import letters, queries, rules
from .models import Invitation, InvitationMail, InvitationPlan, Letter

REMIND = "speakers.remind"
MORNING = time(8)


def ask_to_remind(plan: InvitationPlan, *, after: datetime) -> list[tasks.Task]:
    """One task for each day of reminding still to come, in the morning of the place."""
    zone = plan.workshop.zone
    mornings = [moment(step, MORNING, zone, field="remind_before") for step in rules.steps(plan)]
    return [tasks.ask(REMIND, plan.id, at=morning) for morning in mornings if morning > after]


@tasks.handles(REMIND)
def remind(task: tasks.Task) -> None:
    """Write to those who have not answered. Days that were taken back, answers and mails since are seen here."""
    plan = db.session.get(InvitationPlan, task.subject_id, options=[joinedload(InvitationPlan.workshop)])
    if plan is None:
        return
    db.session.scalars(lock_workshop(plan.workshop)).one()
    at = now()
    step = rules.due_step(plan, today=on_day(at, plan.workshop.zone))
    if step is None:
        return
    written = [remind_once(invitation, plan, step, at) for invitation in to_remind(plan, step)]
    db.session.add_all(written)
    db.session.flush()
    deliveries = [tasks.ask("mail.deliver", mail.message.id, at=at) for mail in written if mail.message]
    db.session.add_all(deliveries)
    db.session.commit()
    tasks.nudge(current_app, *deliveries)


def to_remind(plan: InvitationPlan, step: date) -> list[Invitation]:
    """Who is on the agenda, was asked before that day, has not answered, and has had no mail since that day began."""
    zone = plan.workshop.zone
    last = {row[0]: row[1] for row in db.session.execute(queries.last_mails(plan.workshop))}
    here = {who.id for who in db.session.scalars(people(plan.workshop))}
    invitations = [each for each in db.session.scalars(queries.invitations(plan.workshop)) if each.person_id in here]
    waiting = [(each, last.get(each.id) or each.sent_at) for each in invitations if rules.is_waiting(each)]
    return [each for each, written in waiting if written and on_day(written, zone) < step]


def remind_once(invitation: Invitation, plan: InvitationPlan, step: date, at: datetime) -> InvitationMail:
    slots = db.session.scalars(queries.slots_of(plan.workshop, invitation.person_id)).all()
    return letters.write(
        Letter.REMINDER, invitation, plan, slots, key=current_app.config["SECRET_KEY"], at=at, step=step
    )
