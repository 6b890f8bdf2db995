"""Questionnaires as PDF, Word and tables, made after a commit: one row for each language and state. And those of others:
what a file would change, and its keeping; of a small one the request does the same.
"""

from workshop.consultation.questionnaires import queries as questionnaires
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform import audit, files, import_steps, made_files, patience, pdf, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.uploaded_files import shown_name
from workshop.platform.import_steps import Result
from workshop.platform.made_files import Draft
from workshop.platform.tasks import Task
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import exports, importing, translation_sheet
from .edition import Edition, edition
from .models import Printing
from .paper.docx_questionnaire import document as word_document
from .paper.printed_page import STYLESHEET, page_html, print_of

PRINT, FILE = "instruments.print", "instruments.file"
READ, KEEP, TEXTS = "survey_files.read", "survey_files.keep", "survey_files.texts"


@tasks.handles(PRINT, patience=patience.PRINT)
def make(task: Task) -> None:
    """Make the PDF and store it. What was asked for and is outdated by now goes: the page asks for what is wanted now."""
    printing = prints.wanted(Printing, task)
    if printing is None:
        return
    with pdf.Renderer(STYLESHEET) as renderer:
        of = edition_now(printing.questionnaire)
        if of is None or print_of(of, printing.language, at=now()) != printing.fingerprint:
            db.session.delete(printing)
            return
        tasks.report_progress(task, 1, task.steps)
        html = page_html(of, printing.language, at=now())
        if prints.make(printing, task, lambda: renderer.render(html)):
            printing.made_at = now()


def edition_now(questionnaire: Questionnaire) -> Edition | None:
    """What would be printed; None where the draft is not fit for it."""
    try:
        return edition(db.session, questionnaire)
    except RuleBroken:
        return None


@made_files.makes(FILE)
def draft_of(*, questionnaire: int, form: str, languages: str) -> Draft | None:
    """`languages` is one of those it has, "all" of them side by side, or empty for the first."""
    found, at = db.session.get(Questionnaire, questionnaire), now()
    of = edition_now(found) if found else None
    if of is None:
        return None
    if languages == "all":
        return Draft(print_of(of, "all", at=at), lambda: word_document(of, of.definition.languages, at=at))
    return Draft(print_of(of, languages, at=at), lambda: exports.write_export(of, form, languages))


@import_steps.reads(READ)
def read_questionnaire(*, workshop: int, stored: str, slug: str, filename: str) -> Result:
    """What the page shows of a file beside the questionnaire that it would replace."""
    here, content = db.session.get_one(Workshop, workshop), files.get(stored)
    brought = importing.look(db.session, here, content, slug=slug, filename=filename)
    report, read = brought.report, brought.read
    return {
        "slug": brought.slug,
        "changed": brought.changed,
        "exists": brought.questionnaire is not None,
        "replaces": dict(brought.questionnaire.title) if brought.questionnaire else {},
        "title": dict(read.title),
        "questions": read.report.questions,
        "languages": read.report.languages,
        "removed": read.report.removed,
        "report": report.packed(),
        "seen": report.fingerprint(),
    }


@import_steps.takes(KEEP)
def keep_questionnaire(*, workshop: int, stored: str, slug: str, filename: str, seen: str, who: int) -> Result:
    """Make it the draft, if it is what was seen; a second time it is not, as the draft has changed with the first."""
    here = db.session.scalars(lock_workshop(db.session.get_one(Workshop, workshop))).one()
    db.session.scalars(questionnaires.lock_questionnaire(here, slug)).one_or_none()
    brought = importing.look(db.session, here, files.get(stored), slug=slug, filename=filename)
    brought.report.refuse_unseen(seen)
    source, at = shown_name(filename) if filename else brought.slug, now()
    importing.keep(db.session, here, brought, source=source, who=who, at=at)
    db.session.add(audit.record("import questionnaire", f"{here.slug}/{brought.slug}", who=who, at=at))
    return {"slug": brought.slug, "changed": brought.changed}


@import_steps.takes(TEXTS)
def take_texts(*, questionnaire: int, stored: str, filename: str, who: int) -> Result:
    """Put what a translator sent back into the draft. A second time every text is as it was left by the first."""
    found = db.session.get_one(Questionnaire, questionnaire)
    held = db.session.scalars(questionnaires.lock_questionnaire(found.workshop, found.slug)).one()
    of = edition(db.session, held)
    back = translation_sheet.read_translations(files.get(stored), of.document)
    if taken := back.count(translation_sheet.UPDATED):
        source, at = shown_name(filename), now()
        importing.replace(db.session, held, back.document, verb="import", source=source, who=who, at=at)
        subject = f"{held.workshop.slug}/{held.slug} {taken}"
        db.session.add(audit.record("import texts", subject, who=who, at=at))
    return back.packed()
