"""What happens after the answer: files are read for text and metadata, and authors are reminded."""

from collections.abc import Hashable
from datetime import date, datetime, timedelta
from typing import Any

from structlog import get_logger

from workshop.platform import files, outbox, patience, tasks
from workshop.platform.db import db, now
from workshop.platform.foreign.sandbox import Unreadable
from workshop.platform.foreign.uploaded_files import read_contents
from workshop.platform.i18n import on_day
from workshop.platform.mail import Message
from workshop.platform.reminders import LettersWritten
from workshop.platform.search_normalise import vocabulary, words
from workshop.platform.tasks import Task
from workshop.programme.speakers.queries import invitations
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import due_reminders, letters, queries
from .models import DEFAULT_STEPS, Document, DocumentFile, DocumentLink, Examined, FileText, Reminder

log = get_logger()
EXAMINE = "papers.examine"


@tasks.handles(EXAMINE, patience=patience.PRINT)
def examine(task: Task) -> None:
    """Read a file in a child process, and keep what it says. What cannot be read is not tried again."""
    file = db.session.scalars(queries.examined_file(task.subject_id)).one_or_none()
    if file is None or file.examined is not Examined.WAITING:
        return
    stored_as, media_type = file.stored_as, file.media_type
    content = files.get(stored_as)
    db.session.commit()  # nothing is held open while the child reads
    try:
        read = read_contents(content, media_type)
    except Unreadable as problem:
        log.warning("file.unreadable", file=task.subject_id, error=problem.sentence)
        file.examined = Examined.FAILED
    else:
        file.examined, file.traces = Examined.DONE, read.traces
        if read.text.strip():
            folded = f" {' '.join(words(read.text))} "
            db.session.add(
                FileText(file=file, text=read.text, folded=folded, words=" ".join(sorted(vocabulary(read.text))))
            )
    db.session.commit()


def ask_to_examine(file: DocumentFile, *, at: datetime) -> None:
    """A task for a file that has its number."""
    tasks.ask(EXAMINE, file.id, at=at)


@tasks.every_day("papers.examine_unread")
def examine_unread() -> None:
    """Files that came before there was anybody to read them, or whose task was lost."""
    for file_id in db.session.scalars(queries.unread_files()).all():
        tasks.ask(EXAMINE, file_id, at=now())
    db.session.commit()


@tasks.every_day("papers.remind")
def remind_everywhere() -> None:
    """Write to those whose documents have reached a step, in every workshop that is not over."""
    at = now()
    for workshop in db.session.scalars(queries.workshops_not_over((at - timedelta(days=1)).date())).all():
        remind(workshop, at=at)


def remind(workshop: Workshop, *, at: datetime) -> due_reminders.Round:
    """Write to everybody who is to be reminded now, and say whom. Commits; the mails leave by themselves."""
    # Of two rounds at once the second sees what the first has written.
    db.session.scalars(lock_workshop(workshop)).one()
    round_ = coming_round(workshop, at=at)
    for (recipient, language), due in round_.letters.items():
        message = write(workshop, [each.document for each in due], to=recipient, language=language, at=at)
        db.session.add_all(
            Reminder(document=each.document, step=each.step, recipient=each.recipient, written_at=at, message=message)
            for each in due
        )
    db.session.commit()
    return round_


def coming_round(workshop: Workshop, *, at: datetime) -> due_reminders.Round:
    """Whom a round of reminders would reach now."""
    steps = steps_of(workshop)
    last_day = on_day(at, workshop.zone) - timedelta(days=min(steps, default=0) - 1)  # zones differ by a day at most
    documents = db.session.scalars(queries.documents_to_remind_of(workshop, last_day)).unique().all()
    asked = db.session.scalars(invitations(workshop)).all()
    return due_reminders.next_round(workshop, documents, steps, asked, written_so_far(workshop), at=at)


def written_so_far(workshop: Workshop) -> LettersWritten[int]:
    """Of which document who was reminded at which steps, and when last."""
    steps: set[tuple[Hashable, int]] = set()
    last: dict[Hashable, date] = {}
    for document, recipient, step, written_at in db.session.execute(queries.letters_written(workshop)):
        who = (document, recipient)
        steps.add((who, step))
        last[who] = on_day(written_at, workshop.zone)
    return LettersWritten(steps, last)


def steps_of(workshop: Workshop) -> list[int]:
    plan = db.session.scalars(queries.plan(workshop)).one_or_none()
    return list(plan.days) if plan else DEFAULT_STEPS


def write(
    workshop: Workshop,
    documents: list[Document],
    *,
    to: str,
    language: str,
    at: datetime,
    letter: Any = letters.reminder,
) -> Message:
    """Put a letter into the outbox, with a new link for each document."""
    links = [
        DocumentLink(document=document, recipient=to, issued_at=at, expires_at=at + due_reminders.LINK_GOOD_FOR)
        for document in documents
    ]
    asked = [(link.document, link.issue_link()) for link in links]
    db.session.add_all(links)
    message: Message = letter(workshop, asked, to=to, language=language, at=at)
    outbox.add(message)
    for link in links:
        link.message = message
    return message
