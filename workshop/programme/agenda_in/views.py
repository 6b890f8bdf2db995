"""The organisers' screens for bringing in an agenda: choose a file, look at what it would do, take it."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, files
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.foreign.uploaded_files import shown_name
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .apply.record import Taking
from .forms import BringForm, TakeForm
from .import_report import AgendaReport
from .models import AgendaImport, ImportedColumns
from .reading.agenda_file import Agenda
from .reading.agenda_words import plain
from .reading.columns import is_field, labels
from .reading.recognition import LARGEST, read
from .reading.remarks import Setting
from .rules import take_in


@bp.route("/workshops/<slug>/desk/agenda/import", methods=["GET", "POST"])
@programme_officer
def bring(workshop: Workshop) -> str | HttpResponse:
    form = BringForm(languages=workshop.languages)
    if form.validate_on_submit():
        content, name = sent_content(form)
        try:
            read(content, in_language(workshop, form.language.data), name=shown_name(name) if name else "")
        except RuleBroken as refusal:
            form.refuse(RuleBroken(refusal.message, "file" if name else "text"))
        else:
            waiting = AgendaImport(
                workshop=workshop,
                stored_as=files.put(content),
                filename=name,
                language=form.language.data,
                made_at=now(),
                made_by=current_user.id,
            )
            db.session.add(waiting)
            db.session.commit()
            return back_to(waiting)
    return render_template("programme/agenda_in/bring.html", workshop=workshop, form=form)


def sent_content(form: BringForm) -> tuple[bytes, str]:
    """The file and its name, or the pasted text without one. No more of a file is read than is accepted."""
    chosen = form.file.data
    if chosen and chosen.filename:
        with chosen.stream as stream:
            return stream.read(LARGEST + 1), chosen.filename[-150:]
    return (form.text.data or "").encode(), ""


@bp.get("/workshops/<slug>/desk/agenda/import/<key>")
@programme_officer
def preview(workshop: Workshop, key: str) -> str:
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    form = TakeForm(formdata=None, overwrite="overwrite" in request.args)
    return page_of(waiting, form)


@bp.post("/workshops/<slug>/desk/agenda/import/<key>/columns")
@programme_officer
def columns(workshop: Workshop, key: str) -> HttpResponse:
    """What the organiser says about headings holds for this file and for every later one of the workshop."""
    db.session.scalars(lock_workshop(workshop)).one()
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    kept = db.session.scalar(queries.columns(workshop)) or ImportedColumns(workshop=workshop, fields={})
    said = zip(request.form.getlist("heading"), request.form.getlist("field"), strict=False)
    chosen = {plain(heading)[:200]: name for heading, name in said if is_field(name)}
    kept.fields = {**kept.fields, **dict(list(chosen.items())[:100])}
    db.session.add(kept)
    db.session.commit()
    flash(_("The columns are read as you said, now and in later files of this workshop."))
    return back_to(waiting)


@bp.post("/workshops/<slug>/desk/agenda/import/<key>/take")
@programme_officer
def take(workshop: Workshop, key: str) -> HttpResponse | tuple[str, int]:
    db.session.scalars(lock_workshop(workshop)).one()
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    form = TakeForm()
    if waiting.taken_at:  # sent twice
        return back_to(waiting)
    try:
        agenda = read_again(waiting)
    except RuleBroken:  # the columns, as said meanwhile, leave nothing to read: the page tells
        return back_to(waiting)
    taking, report = compare(workshop, agenda, overwrite=form.overwrite.data)
    with flashing_refusal():
        report.refuse_unseen(form.seen.data)
        waiting.taken_at, waiting.report = now(), report.as_stored()
        filename = f"{workshop.slug}, {waiting.filename}"
        db.session.add_all([*taking.added, audit.record("import agenda", filename, who=current_user.id, at=now())])
        db.session.commit()
        flash(_("Agenda imported. The public sees it once you publish the agenda."))
        return back_to(waiting)
    db.session.rollback()
    form.seen.data = None
    return page_of(waiting, form), 409


def back_to(waiting: AgendaImport) -> HttpResponse:
    return redirect(url_for("agenda_in.preview", slug=waiting.workshop.slug, key=waiting.key))


def in_language(workshop: Workshop, language: str) -> Setting:
    return replace(queries.setting(db.session, workshop), language=language)


def read_again(waiting: AgendaImport) -> Agenda:
    return read(files.get(waiting.stored_as), in_language(waiting.workshop, waiting.language))


def compare(workshop: Workshop, agenda: Agenda, *, overwrite: bool) -> tuple[Taking, AgendaReport]:
    """What taking the agenda would do, written in memory only: the caller commits it or rolls it back."""
    with db.session.no_autoflush:
        taking = take_in(agenda, queries.known_of_workshop(db.session, workshop), at=now(), overwrite=overwrite)
        return taking, taking.comparison.report(overwrite=overwrite)


def page_of(waiting: AgendaImport, form: TakeForm) -> str:
    """The report as it would be now, or as it was when the file was taken."""
    workshop, found, meanings = waiting.workshop, [], labels(waiting.workshop.languages)
    report, refused = None, ""
    if waiting.taken_at:
        report = AgendaReport.from_stored(waiting.report)
    else:
        try:
            agenda = read_again(waiting)
        except RuleBroken as refusal:  # an earlier version of the program read more, or the columns say nothing now
            refused = str(refusal.message)
        else:
            _taking, report = compare(workshop, agenda, overwrite=form.overwrite.data)
            form.seen.data, found = report.fingerprint(), agenda.columns
        waiting_key = waiting.key
        db.session.rollback()
        waiting = db.one_or_404(queries.waiting(workshop, waiting_key))
    return render_template(
        "programme/agenda_in/preview.html",
        workshop=workshop,
        waiting=waiting,
        form=form,
        report=report,
        refused=refused,
        columns=found,
        meanings=meanings,
    )
