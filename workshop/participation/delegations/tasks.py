"""What happens by itself: delegations that have not named anybody are reminded, and letters are made into files."""

from collections.abc import Hashable
from datetime import date, datetime, time, timedelta

from flask import current_app
from flask_babel import force_locale
from sqlalchemy.orm import joinedload

from workshop.platform import made_files, outbox, patience, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES, on_day
from workshop.platform.made_files import Draft
from workshop.platform.mail import Message
from workshop.platform.reminders import LettersWritten
from workshop.programme.agenda.times import moment
from workshop.secretariat.series.queries import lock_workshop

from . import letters, queries, rules
from .models import DelegationLetter, LetterPrint, ParticipationPlan
from .official.letter_print import make_pdf
from .official.letter_word import as_docx
from .statuses import Purpose

REMIND, RENDER, DOCUMENT = "delegations.remind", "delegations.render", "delegations.docx"
MORNING, DAY = time(8), timedelta(days=1)


def ask_to_remind(plan: ParticipationPlan, *, after: datetime) -> None:
    """One task for each day of reminding still to come, in the morning of the place."""
    for step in rules.schedule(plan, at=after).steps:
        morning = moment(step.day, MORNING, plan.workshop.zone, field="remind_before")
        if morning > after:
            tasks.ask(REMIND, plan.id, at=morning)


@tasks.handles(REMIND, patience=patience.SOON)
def remind(task: tasks.Task) -> None:
    """Write to those who have named nobody. Days that were moved, answers and letters since are seen here."""
    plan = db.session.get(ParticipationPlan, task.subject_id, options=[joinedload(ParticipationPlan.workshop)])
    if plan is None or not plan.workshop.is_running:
        return
    db.session.scalars(lock_workshop(plan.workshop)).one()
    at = now()
    step = rules.schedule(plan, at=at).due(at, planned=task.first_due_at - DAY)
    if step is None:
        return
    zone = plan.workshop.zone
    last: dict[Hashable, date] = {
        row[0]: on_day(row[1], zone) for row in db.session.execute(queries.last_letters(plan.workshop))
    }
    written = LettersWritten[int](last=last)
    earlier = letters.letters_by_delegation(db.session.scalars(queries.letters(plan.workshop)))
    serial = db.session.scalar(queries.last_serial(plan.workshop, on_day(at, zone).year)) or 0
    messages: list[Message] = []
    for each in db.session.scalars(queries.delegations(plan.workshop)).all():
        if rules.awaits_answer(each) and not written.covers(each.id, step):
            serial += 1
            recalled = letters.earlier_letter(earlier.get(each.id, []), zone)
            letter, mails = letters.write(
                Purpose.REMINDER, each, plan, recalled, serial=serial, key=key(), at=at, step=step.day
            )
            db.session.add(letter)
            messages += mails
    outbox.add(*messages)
    db.session.commit()


def key() -> str:
    return str(current_app.config["SECRET_KEY"])


@tasks.handles(RENDER, patience=patience.PRINT)
def render(task: tasks.Task) -> None:
    """Make the PDF of letters and store it."""
    wanted = prints.wanted(LetterPrint, task)
    if wanted is None:
        return
    tasks.report_progress(task, 1, task.steps)
    chosen = set(wanted.letter_ids)
    found = [each for each in db.session.scalars(queries.letters(wanted.workshop)) if each.id in chosen]
    with force_locale(LOCALES.get(wanted.language, LOCALES["en"])):
        prints.make(wanted, task, lambda: make_pdf(found))


@made_files.makes(DOCUMENT)
def word_draft(*, letter: int) -> Draft | None:
    """What a letter says never changes; the logo above it may."""
    found = db.session.get(DelegationLetter, letter)
    return Draft(f"{found.reference}|{found.workshop.logo}", lambda: as_docx(found)) if found else None
