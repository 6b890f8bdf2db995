"""The organisers' screens for bringing in an agenda: choose a file, look at what it would do, take it."""

import json
from datetime import date
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import import_steps
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.foreign.limits import AGENDA
from workshop.platform.i18n import day
from workshop.platform.import_steps import Facts, ImportStep, Result, report_in
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .forms import BringForm, DatesForm, TakeForm
from .import_report import AgendaReport
from .models import AgendaImport, ImportedColumns
from .reading.agenda_words import plain
from .reading.recognition import LARGEST
from .tables.columns import is_field, labels
from .tasks import READ, TAKE


@bp.route("/workshops/<slug>/desk/agenda/import", methods=["GET", "POST"])
@programme_officer
def bring(workshop: Workshop) -> str | HttpResponse:
    form = BringForm(languages=workshop.languages)
    if form.validate_on_submit():
        content, name = sent_content(form)
        with form.refusing():
            field = "file" if name else "text"
            waiting = AgendaImport(
                workshop=workshop,
                stored_as=import_steps.store(content, AGENDA, field=field),
                filename=name,
                language=form.language.data,
                made_at=now(),
                made_by=current_user.id,
            )
            db.session.add(waiting)
            db.session.commit()
            reading = reading_of(waiting, overwrite=False)
            if not reading.refusal:
                return back_to(waiting)
            db.session.delete(waiting)
            db.session.commit()
            raise RuleBroken(reading.refusal, field)
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
def preview(workshop: Workshop, key: str) -> Page:
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    return page_of(waiting, TakeForm(formdata=None, overwrite="overwrite" in request.args))


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


@bp.post("/workshops/<slug>/desk/agenda/import/<key>/dates")
@programme_officer
def dates(workshop: Workshop, key: str) -> HttpResponse:
    """Which figure of the dates is the month, as the organiser says."""
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    form = DatesForm(meanings=("", ""))
    if form.validate_on_submit() and not waiting.taken_at:
        waiting.month_first = form.order.data == "month"
        db.session.commit()
        flash(_("The dates are read as you said."))
    else:
        flash(_("Choose one of the two dates."), "error")
    return back_to(waiting)


@bp.post("/workshops/<slug>/desk/agenda/import/<key>/take")
@programme_officer
def take(workshop: Workshop, key: str) -> Page:
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    form = TakeForm()
    if waiting.taken_at:  # sent twice
        return back_to(waiting)
    facts: Facts = {"number": waiting.id, "overwrite": int(form.overwrite.data), "seen": form.seen.data or ""}
    taking = import_steps.take(TAKE, key, of=waiting.stored_as, who=current_user.id, **facts)
    with flashing_refusal():
        taking.refuse()
        if taking.result is not None:
            flash(_("Agenda imported. The public sees it once you publish the agenda."))
        return redirect(address_of(waiting, overwrite=form.overwrite.data))
    form.seen.data = None
    page = page_of(db.one_or_404(queries.waiting(workshop, key)), form)
    return (page, 409) if isinstance(page, str) else page


def back_to(waiting: AgendaImport) -> HttpResponse:
    return redirect(address_of(waiting))


def address_of(waiting: AgendaImport, *, overwrite: bool = False) -> str:
    said = "y" if overwrite else None
    return url_for("agenda_in.preview", slug=waiting.workshop.slug, key=waiting.key, overwrite=said)


def reading_of(waiting: AgendaImport, *, overwrite: bool) -> ImportStep:
    """What it would do, as far as it is known; with columns or dates said otherwise it is another reading."""
    said = db.session.scalar(queries.columns(waiting.workshop))
    state = json.dumps([waiting.month_first, said.fields if said else {}], sort_keys=True)
    facts: Facts = {"number": waiting.id, "overwrite": int(overwrite)}
    return import_steps.read(READ, waiting.key, of=waiting.stored_as, state=state, **facts)


def page_of(waiting: AgendaImport, form: TakeForm) -> str | HttpResponse:
    """The report as it would be now, or as it was when the file was taken; or how far a worker is with it."""
    workshop, key, taking = waiting.workshop, waiting.key, import_steps.find(TAKE, waiting.key)
    report, found, refused = None, Result(), ""
    if waiting.taken_at:
        report = AgendaReport.from_stored(waiting.report)
    else:
        step = taking if taking and taking.state == "running" else reading_of(waiting, overwrite=form.overwrite.data)
        if step.state in {"running", "failed"}:
            name = waiting.filename or _("Pasted text")
            return import_steps.page(step, name=name, back=url_for(".bring", slug=workshop.slug))
        found, refused = step.result or {}, step.refusal
        waiting = db.one_or_404(queries.waiting(workshop, key))
        if found:
            report, form.seen.data = AgendaReport.unpacked(report_in(found)), str(found["seen"])
    return render_template(
        "programme/agenda_in/preview.html",
        workshop=waiting.workshop,
        waiting=waiting,
        form=form,
        report=report,
        refused=refused,
        columns=found.get("columns", ()),
        asked=asked_dates(cast(list[str], found.get("day_order", []))),
        guessed=found.get("guessed", False),
        meanings=labels(waiting.workshop.languages),
        trouble=import_steps.trouble(taking),
    )


def asked_dates(days: list[str]) -> DatesForm | None:
    """Which of two days a date of the file means, where that must be asked."""
    if not days:
        return None
    one, other = (day(date.fromisoformat(each), "long") for each in days)
    return DatesForm(formdata=None, meanings=(one, other))
