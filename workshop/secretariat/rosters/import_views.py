"""A list of people and organisations taken in: what its columns mean, who comes, who is here already; then, on a second
click, it is done."""

import json
from collections.abc import Sequence
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import import_steps
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.foreign.limits import TABLE
from workshop.platform.foreign.uploaded_files import content_of, shown_name
from workshop.platform.import_steps import ImportStep, Result, report_in
from workshop.platform.intake import ImportReport, Outcome
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .forms import RosterForm
from .models import RosterColumns, RosterImport
from .roster_columns import FIELDS, labels, plain
from .roster_files import source_of
from .rules import NEW, SAME
from .tasks import READ, TAKE


@bp.route("/workshops/<slug>/desk/contacts/import", methods=["GET", "POST"])
@organiser
@limited("30 per minute")
def bring(workshop: Workshop) -> Page:
    form = RosterForm()
    if form.validate_on_submit():
        content, name = content_of(form.file.data, TABLE), shown_name(form.file.data.filename or "")
        with form.refusing():
            stored = import_steps.store(content, TABLE, name=name)
            waiting = RosterImport(
                workshop=workshop, stored_as=stored, filename=name, made_at=now(), made_by=current_user.id
            )
            db.session.add(waiting)
            db.session.commit()
            reading = reading_of(waiting)
            if not reading.refusal:
                return back_to(waiting)
            db.session.delete(waiting)
            db.session.commit()
            reading.refuse()
    return render_template("secretariat/rosters/bring.html", workshop=workshop, form=form)


def reading_of(waiting: RosterImport) -> ImportStep:
    """What would become of every row, as far as it is known; with other answers it is another reading."""
    remembered = {each.source: each.fields for each in db.session.scalars(queries.columns(waiting.workshop))}
    state = json.dumps([waiting.accepted, waiting.decisions, remembered], sort_keys=True)
    return import_steps.read(READ, waiting.key, of=waiting.stored_as, state=state, number=waiting.id)


@bp.get("/workshops/<slug>/desk/contacts/import/<key>")
@organiser
def preview(workshop: Workshop, key: str) -> Page:
    """What would become of every row, with the questions that are open; or what became of it."""
    waiting: RosterImport = db.one_or_404(queries.waiting(workshop, key))
    taking = import_steps.find(TAKE, key)
    if waiting.taken_at and "counts" in waiting.report:  # earlier versions kept less
        return page_of(waiting, {"report": waiting.report, "statuses": {}})
    step = taking if taking and taking.state == "running" else reading_of(waiting)
    if step.result is None:
        return import_steps.page(step, name=waiting.filename, back=url_for(".bring", slug=workshop.slug))
    return page_of(db.one_or_404(queries.waiting(workshop, key)), step.result, import_steps.trouble(taking))


def page_of(waiting: RosterImport, found: Result, trouble: str = "") -> str:
    statuses = cast(dict[str, int], found["statuses"])
    return render_template(
        "secretariat/rosters/preview.html",
        workshop=waiting.workshop,
        waiting=waiting,
        columns=found.get("columns", ()),
        meanings=labels(),
        statuses=statuses if waiting.accepted is None else {each: each in waiting.accepted for each in statuses},
        must_answer=bool(statuses) and waiting.accepted is None,
        duplicates=found.get("duplicates", ()),
        report=ImportReport.unpacked(report_in(found)),
        seen=found.get("seen", ""),
        trouble=trouble,
    )


@bp.post("/workshops/<slug>/desk/contacts/import/<key>/answers")
@organiser
def answers(workshop: Workshop, key: str) -> HttpResponse:
    """What the organiser says about columns, answers and duplicates. Columns hold for later lists with these headings."""
    headings = read_headings(db.one_or_404(queries.waiting(workshop, key)))
    db.session.scalars(lock_workshop(workshop)).one()
    waiting: RosterImport = db.one_or_404(queries.waiting(workshop, key))
    if "field" in request.form and headings:
        source, said = source_of(headings), zip(headings, request.form.getlist("field"), strict=False)
        kept = db.session.scalar(queries.columns_from(workshop, source)) or RosterColumns(
            workshop=workshop, source=source, fields={}
        )
        kept.fields = {plain(heading): name for heading, name in said if name in {"", *FIELDS}}
        db.session.add(kept)
    if "statuses" in request.form:
        waiting.accepted = request.form.getlist("accepted")
    chosen = {k.removeprefix("row-"): v for k, v in request.form.items() if k.startswith("row-") and v in (SAME, NEW)}
    if chosen:
        waiting.decisions = {**waiting.decisions, **chosen}
    db.session.commit()
    flash(_("Saved. The list is read as you said."))
    return back_to(waiting)


def read_headings(waiting: RosterImport) -> list[str]:
    """Those that a preview showed; none while it is being made."""
    columns = (reading_of(waiting).result or {}).get("columns", ())
    return [heading for heading, _field, _examples in cast(Sequence[tuple[str, str, str]], columns)]


@bp.post("/workshops/<slug>/desk/contacts/import/<key>/take")
@organiser
def take(workshop: Workshop, key: str) -> HttpResponse:
    waiting: RosterImport = db.one_or_404(queries.waiting(workshop, key))
    if waiting.taken_at:
        return back_to(waiting)
    seen = request.form.get("seen", "")
    taking = import_steps.take(TAKE, key, of=waiting.stored_as, number=waiting.id, seen=seen, who=current_user.id)
    if taking.result is None:
        with flashing_refusal():
            taking.refuse()
        return redirect(url_for(".preview", slug=workshop.slug, key=key))
    report = ImportReport.unpacked(report_in(taking.result))
    flash(
        _(
            "Added: %(created)s; changed: %(updated)s; unchanged: %(unchanged)s; not imported: %(rejected)s.",
            created=report.counts[Outcome.CREATED],
            updated=report.counts[Outcome.UPDATED],
            unchanged=report.counts[Outcome.UNCHANGED],
            rejected=report.counts[Outcome.REJECTED],
        )
    )
    return redirect(url_for(".contacts", slug=workshop.slug))


def back_to(waiting: RosterImport) -> HttpResponse:
    return redirect(url_for(".preview", slug=waiting.workshop.slug, key=waiting.key))
