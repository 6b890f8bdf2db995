"""The organisers' screen for bringing in a questionnaire: a file, what would become of every row, and keeping it."""

from dataclasses import astuple, dataclass
from typing import cast

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questions.language_names import name_of
from workshop.platform import files, import_steps
from workshop.platform.access import Page, limited
from workshop.platform.db import Words, public_key
from workshop.platform.errors import flashing_refusal
from workshop.platform.foreign.limits import SURVEY
from workshop.platform.foreign.uploaded_files import content_of, shown_name
from workshop.platform.import_steps import Facts, ImportStep, Result, report_in
from workshop.platform.intake import ImportReport
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp
from .forms import BringForm, KeepForm
from .tasks import KEEP, READ

bp.add_app_template_filter(name_of, "in_words")
KEPT_FOR = 24 * 3600  # seconds in which a file that was read may be kept


@bp.get("/workshops/<slug>/desk/questionnaires/import")
@organiser
def bring_in(workshop: Workshop) -> str:
    return page(workshop, BringForm())


@bp.post("/workshops/<slug>/desk/questionnaires/import")
@organiser
@limited("20 per minute")
def read(workshop: Workshop) -> Page:
    """What would become of every row. Nothing is changed yet."""
    form = BringForm()
    if not form.validate_on_submit():
        return page(workshop, form), 422
    content, filename = content_of(form.file.data, SURVEY), form.file.data.filename or ""
    with form.refusing():
        stored = import_steps.store(content, SURVEY, name=shown_name(filename))
        kept = KeptFile(stored, public_key(), form.slug.data or "", filename[-150:])
        reading = reading_of(workshop, kept)
        reading.refuse()
        return report_page(workshop, kept, reading) if reading.result else redirect(address_of(workshop, kept))
    return page(workshop, form), 422


@dataclass(frozen=True)
class KeptFile:
    """A file that was read, and may be kept; `key` tells one reading of it from another."""

    stored_as: str
    key: str
    slug: str
    filename: str


def reading_of(workshop: Workshop, kept: KeptFile) -> ImportStep:
    return import_steps.read(
        READ,
        kept.key,
        of=kept.stored_as,
        workshop=workshop.id,
        stored=kept.stored_as,
        slug=kept.slug,
        filename=kept.filename,
    )


@bp.get("/workshops/<slug>/desk/questionnaires/import/read")
@organiser
def preview(workshop: Workshop) -> Page:
    """What a worker found in a file, or how far it is; and once that is kept, where it is."""
    kept = kept_file(workshop, request.args.get("kept", ""))
    if kept is None:
        return begin_again(workshop)
    taking = import_steps.find(KEEP, kept.key)
    if taking and taking.result:
        return to_files(workshop, taking.result)
    step = taking if taking and taking.state == "running" else reading_of(workshop, kept)
    if step.result is None:
        back = url_for("survey_files.bring_in", slug=workshop.slug)
        return import_steps.page(step, name=shown_name(kept.filename), back=back)
    return report_page(workshop, kept, step, import_steps.trouble(taking))


@bp.post("/workshops/<slug>/desk/questionnaires/import/keep")
@organiser
@limited("20 per minute")
def keep(workshop: Workshop) -> Page:
    """Put what was read into the questionnaire's draft; where that has changed meanwhile, show first what would happen now."""
    form = KeepForm()
    kept = kept_file(workshop, form.kept.data or "")
    if kept is None:
        return begin_again(workshop)
    slug = form.slug.data or kept.slug
    facts: Facts = {"workshop": workshop.id, "stored": kept.stored_as, "slug": slug, "filename": kept.filename}
    facts |= {"seen": form.seen.data or "", "who": current_user.id}
    taking = import_steps.take(KEEP, kept.key, of=kept.stored_as, **facts)
    if taking.result:
        return to_files(workshop, taking.result)
    if taking.refusal:
        with flashing_refusal():
            taking.refuse()
        reading = reading_of(workshop, kept)
        if reading.result:
            return report_page(workshop, kept, reading)
    return redirect(address_of(workshop, kept))


def to_files(workshop: Workshop, done: Result) -> HttpResponse:
    flash(
        _("The draft now matches the file.")
        if done["changed"]
        else _("Nothing has changed: the questionnaire already matches the file.")
    )
    return redirect(url_for("survey_files.export", slug=workshop.slug, questionnaire=done["slug"]))


def begin_again(workshop: Workshop) -> HttpResponse:
    flash(_("The file is no longer stored here. Please choose it again."))
    return redirect(url_for("survey_files.bring_in", slug=workshop.slug))


def signer(workshop: Workshop) -> URLSafeTimedSerializer:
    """Signs the names of files that were read for this workshop, so that no other stored file can be asked for."""
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"instruments/{workshop.slug}")


def kept_file(workshop: Workshop, signed: str) -> KeptFile | None:
    """The file that was read here within a day, if it is still stored."""
    try:
        kept = KeptFile(*signer(workshop).loads(signed, max_age=KEPT_FOR))
        files.size_of(kept.stored_as)
    except (BadSignature, FileNotFoundError, TypeError):  # the last: signed by an earlier version
        return None
    return kept


def address_of(workshop: Workshop, kept: KeptFile) -> str:
    return url_for("survey_files.preview", slug=workshop.slug, kept=signer(workshop).dumps(astuple(kept)))


def page(workshop: Workshop, form: BringForm) -> str:
    return render_template("consultation/survey_files/bring_in.html", workshop=workshop, form=form)


def texts_in(found: Result, name: str) -> dict[str, str]:
    return cast(dict[str, str], found[name])


def report_page(workshop: Workshop, kept: KeptFile, reading: ImportStep, trouble: str = "") -> str:
    found = reading.result or {}
    signed = signer(workshop).dumps(astuple(kept))
    form = KeepForm(formdata=None, data={"kept": signed, "slug": found["slug"], "seen": found["seen"]})
    return render_template(
        "consultation/survey_files/import_report.html",
        workshop=workshop,
        found=found,
        title=Words(texts_in(found, "title")),
        replaces=Words(texts_in(found, "replaces")),
        report=ImportReport.unpacked(report_in(found)),
        form=form,
        trouble=trouble,
    )
