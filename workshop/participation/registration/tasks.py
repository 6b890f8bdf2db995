"""What happens by itself: the list as a file; what was given for one purpose is erased once that is over, and erased again in
a restored backup."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant
from workshop.platform import erasure, made_files, outbox, patience, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES, language
from workshop.platform.made_files import Draft
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import erasing, queries, rules
from .listing import list_files, list_print, participants_list
from .listing.list_print import fingerprint, make_pdf
from .listing.participants_list import Line, ListPart
from .models import ListEdition, ListKind, ListPrint
from .travel import sponsored_papers

RENDER = "registration.render"
LIST_DOCUMENT, LIST_TABLE, DRAFT_LIST, REGISTRATIONS = erasing.MADE_FILES


@tasks.handles(RENDER, patience=patience.PRINT)
def render(task: tasks.Task) -> None:
    """Make the PDF and store it. One that has changed meanwhile, since somebody opted out, is not made."""
    wanted = prints.wanted(ListPrint, task)
    if wanted is None:
        return
    tasks.report_progress(task, 1, task.steps)
    edition, workshop = wanted.edition, wanted.workshop
    with force_locale(LOCALES.get(wanted.language, LOCALES["en"])):
        parts = parts_of(edition)
        if fingerprint(edition, parts, wanted.language) != wanted.fingerprint:
            db.session.delete(wanted)
        else:
            prints.make(wanted, task, lambda: make_pdf(workshop, edition, parts), apart=list_print.FOLDER)


def parts_of(edition: ListEdition) -> list[ListPart]:
    """The list as it may be shown now, in the language that is spoken."""
    return shown_parts(edition.workshop, (participants_list.line_of(each) for each in edition.entries))


def shown_parts(workshop: Workshop, lines: Iterable[Line]) -> list[ListPart]:
    shown = set(db.session.scalars(queries.shown_ids(workshop.id)))
    return participants_list.in_language(participants_list.without(lines, shown), language(), workshop.starts_on)


@made_files.makes(LIST_DOCUMENT)
def list_document(*, edition: int) -> Draft | None:
    if (found := db.session.get(ListEdition, edition)) is None:
        return None
    parts = parts_of(found)
    mark = fingerprint(found, parts, language())
    return Draft(mark, lambda: list_files.list_docx(found.workshop, found, parts, language()))


@made_files.makes(LIST_TABLE)
def list_table(*, edition: int) -> Draft | None:
    if (found := db.session.get(ListEdition, edition)) is None:
        return None
    parts = parts_of(found)
    return Draft(fingerprint(found, parts, language()), lambda: list_files.list_xlsx(found.kind, parts, language()))


@made_files.makes(DRAFT_LIST)
def draft_table(*, workshop: int) -> Draft | None:
    if (found := db.session.get(Workshop, workshop)) is None:
        return None
    rows = db.session.execute(queries.LISTED, {"workshop": workshop})
    parts = shown_parts(found, [participants_list.line_of(dict(row._mapping)) for row in rows])
    return Draft(repr(parts), lambda: list_files.list_xlsx(ListKind.PROVISIONAL, parts, language()))


@made_files.makes(REGISTRATIONS)
def registrations(*, workshop: int) -> Draft:
    people = [each for each in db.session.scalars(delegations.participants(workshop)) if each.erased_at is None]
    said = repr(list_files.rows_of(people, language()))
    return Draft(said, lambda: list_files.registrations_book(people, language()))


@tasks.every_day("registration.erase")
def erase() -> None:
    """Diet and accessibility fourteen days after a meeting; what passports say on the day that was promised."""
    today = now().date()
    db.session.execute(queries.needs_to_erase(today - rules.NEEDS_KEPT))
    db.session.execute(queries.travel_to_erase(today))
    stored = []
    for paper in db.session.scalars(queries.papers_to_erase(today - rules.TRAVEL_KEPT)):
        stored.append(paper.stored_as)
        paper.stored_as = paper.file_name = paper.file_type = ""
    db.session.commit()
    erasing.remove_files(stored)


@tasks.handles(sponsored_papers.REMIND, patience=patience.SOON)
def remind_of_papers(task: tasks.Task) -> None:
    """Those who have not sent what is due, and the focal point of their delegation: once a step each."""
    workshop = db.session.get(Workshop, task.subject_id)
    if workshop is None or not workshop.is_running:
        return
    db.session.scalars(lock_workshop(workshop)).one()
    at = now()
    missing = db.session.scalars(queries.missing_papers(workshop.id)).all()
    due = sponsored_papers.due_for_reminder(
        missing, zone=workshop.zone, at=at, planned=task.first_due_at - sponsored_papers.DAY
    )
    outbox.add(*sponsored_papers.write_reminders(db.session, due, key=str(current_app.config["SECRET_KEY"]), at=at))
    db.session.commit()


@erasure.erases(erasing.KIND)
def erase_again(names: set[str]) -> None:
    """People who were erased after the backup which is being restored was made."""
    for who in db.session.scalars(select(Participant).where(Participant.erased_at.is_(None))).all() if names else ():
        if erasing.name_on_list(who) in names:
            erasing.remove_files(erasing.erase(db.session, who, at=now()))
