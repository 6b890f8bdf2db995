"""A questionnaire as files: downloads, its PDFs, and the texts that translators send back."""

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform import files, import_steps, made_files, prints
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now, public_key
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.limits import SHEETS
from workshop.platform.foreign.uploaded_files import content_of, shown_name
from workshop.platform.i18n import language as spoken
from workshop.platform.import_steps import Facts, Result
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, exports, queries
from .edition import Edition, edition
from .forms import TextsForm
from .models import Printing
from .paper.printed_page import print_of
from .tasks import FILE, PRINT, TEXTS

KINDS = {"xlsform": "xlsx", "texts": "xlsx", "json": "json", "docx": "docx"}


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/files")
@organiser
def export(workshop: Workshop, questionnaire: str) -> str:
    """Everything a questionnaire can be downloaded as."""
    return files_page(workshop, found_or_404(workshop, questionnaire), TextsForm(formdata=None))


def files_page(workshop: Workshop, questionnaire: Questionnaire, form: TextsForm, back: Result | None = None) -> str:
    of, refusal = edition_or_reason(questionnaire)
    printings = wanted_printings(of) if of else {}
    running = next((each for each in printings.values() if each and each.state == "running"), None)
    return render_template(
        "consultation/survey_files/export.html",
        workshop=workshop,
        questionnaire=questionnaire,
        of=of,
        refusal=refusal,
        form=form,
        printings=printings,
        running=running,
        step=prints.progress(running)["step"],
        back=back,
    )


def found_or_404(workshop: Workshop, slug: str) -> Questionnaire:
    return db.session.scalar(questionnaires.questionnaire_of(workshop, slug)) or abort(404)


def edition_or_reason(questionnaire: Questionnaire) -> tuple[Edition | None, str]:
    try:
        return edition(db.session, questionnaire), ""
    except RuleBroken as refusal:
        return None, str(refusal.message)


def edition_or_404(workshop: Workshop, slug: str) -> Edition:
    of, _reason = edition_or_reason(found_or_404(workshop, slug))
    return of or abort(404)


def wanted_printings(of: Edition) -> dict[str, Printing | None]:
    """Each language with the PDF of the questionnaire as it stands, if it was asked for."""
    made = {
        (each.language, each.fingerprint): each for each in db.session.scalars(queries.printings(of.questionnaire.id))
    }
    return {code: made.get((code, print_of(of, code, at=now()))) for code in of.definition.languages}


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/files/<kind>")
@organiser
def download(workshop: Workshop, questionnaire: str, kind: str) -> HttpResponse:
    """One file. `in=all` puts the languages of a Word document side by side."""
    of = edition_or_404(workshop, questionnaire) if kind in KINDS else abort(404)
    language = request.args.get("in", "")
    every = language == "all" and kind == "docx"
    if language and not every and language not in of.definition.languages:
        abort(404)
    name = "-".join(filter(None, [of.questionnaire.slug, of.mark, language, "texts" if kind == "texts" else ""]))
    if kind == "json":
        return file_response(exports.own_json(of), f"{name}.json", "application/json")
    back = url_for(".export", slug=workshop.slug, questionnaire=questionnaire)
    facts: dict[str, int | str] = {"questionnaire": of.questionnaire.id, "form": kind, "languages": language}
    return made_files.give(FILE, f"{name}.{KINDS[kind]}", language=spoken(), back=back, **facts)


def file_response(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/files/paper/<language>")
@organiser
def paper(workshop: Workshop, questionnaire: str, language: str) -> HttpResponse | HttpResponse:
    """The PDF from storage; where it must be made first, the page that says so."""
    of = edition_or_404(workshop, questionnaire)
    if language not in of.definition.languages:
        abort(404)
    printing = wanted_printings(of)[language]
    if printing is None or not printing.stored_as:
        return to_files(workshop, questionnaire)
    return file_response(
        files.get(printing.stored_as), f"{of.questionnaire.slug}-{of.mark}-{language}.pdf", "application/pdf"
    )


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/files/paper/<language>")
@organiser
@limited("20 per minute")
def print_paper(workshop: Workshop, questionnaire: str, language: str) -> HttpResponse:
    """Have the PDF made, once: one that is being made is waited for."""
    of = edition_or_404(workshop, questionnaire)
    if language not in of.definition.languages:
        abort(404)
    db.session.scalars(lock_workshop(workshop)).one()
    fingerprint = print_of(of, language, at=now())
    printing = wanted_printings(of)[language] or Printing(
        questionnaire=of.questionnaire, language=language, fingerprint=fingerprint
    )
    db.session.execute(queries.outdated_printings(of.questionnaire.id, language, fingerprint))
    prints.ask(printing, PRINT, at=now())
    db.session.commit()
    return to_files(workshop, questionnaire)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/files/texts")
@organiser
@limited("20 per minute")
def take_texts(workshop: Workshop, questionnaire: str) -> Page:
    """Put what a translator sent back into the draft, and say what became of every row."""
    form, found = TextsForm(), found_or_404(workshop, questionnaire)
    if not form.validate_on_submit():
        return files_page(workshop, found, form), 422
    name, key, number = shown_name(form.file.data.filename or ""), public_key(), found.id
    with form.refusing():
        stored = import_steps.store(content_of(form.file.data, SHEETS), SHEETS, name=name)
        facts: Facts = {"questionnaire": number, "stored": stored, "filename": name, "who": current_user.id}
        taking = import_steps.take(TEXTS, f"{number}/{key}", of=stored, **facts)
        taking.refuse()
        if taking.result is None:
            return redirect(url_for(".texts_taken", slug=workshop.slug, questionnaire=questionnaire, key=key))
        return files_page(workshop, found_or_404(workshop, questionnaire), TextsForm(formdata=None), taking.result)
    return files_page(workshop, found_or_404(workshop, questionnaire), form), 422


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/files/texts/<key>")
@organiser
def texts_taken(workshop: Workshop, questionnaire: str, key: str) -> Page:
    """What became of every row of a longer sheet, or how far a worker is with it."""
    found = found_or_404(workshop, questionnaire)
    subject = f"{found.id}/{key}"
    taking = import_steps.find(TEXTS, subject) or abort(404)
    if taking.state == "failed":
        taking = import_steps.again(TEXTS, subject) or taking
    if taking.result is None:
        back = url_for(".export", slug=workshop.slug, questionnaire=questionnaire)
        return import_steps.page(taking, name=str(taking.facts["filename"]), back=back)
    return files_page(workshop, found, TextsForm(formdata=None), taking.result)


def to_files(workshop: Workshop, questionnaire: str) -> HttpResponse:
    return redirect(url_for("survey_files.export", slug=workshop.slug, questionnaire=questionnaire))
