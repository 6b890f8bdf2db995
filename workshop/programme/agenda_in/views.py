"""The organisers' screens for bringing in an agenda: choose a file, look at what it would do, take it."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from workshop.platform import audit, files
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .apply.record import Taking
from .forms import BringForm, TakeForm
from .import_report import Result
from .models import AgendaImport, ImportedColumns
from .reading.agenda_file import Agenda
from .reading.agenda_words import plain
from .reading.columns import is_field, labels
from .reading.recognition import LARGEST, read
from .reading.remarks import Setting
from .rules import take_in


@bp.route("/workshops/<slug>/desk/agenda/import", methods=["GET", "POST"])
@organiser
def bring(workshop: Workshop) -> str | Response:
    form = BringForm(languages=workshop.languages)
    if form.validate_on_submit():
        content, name = sent(form)
        try:
            read(content, in_language(workshop, form.language.data))
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


def sent(form: BringForm) -> tuple[bytes, str]:
    """The file and its name, or the pasted text without one. No more of a file is read than is accepted."""
    chosen = form.file.data
    if chosen and chosen.filename:
        with chosen.stream as stream:
            return stream.read(LARGEST + 1), chosen.filename[-150:]
    return (form.text.data or "").encode(), ""


@bp.get("/workshops/<slug>/desk/agenda/import/<key>")
@organiser
def preview(workshop: Workshop, key: str) -> str:
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    form = TakeForm(formdata=None, overwrite="overwrite" in request.args)
    return page_of(waiting, form)


@bp.post("/workshops/<slug>/desk/agenda/import/<key>/columns")
@organiser
def columns(workshop: Workshop, key: str) -> Response:
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
@organiser
def take(workshop: Workshop, key: str) -> Response | tuple[str, int]:
    db.session.scalars(lock_workshop(workshop)).one()
    waiting: AgendaImport = db.one_or_404(queries.waiting(workshop, key))
    form = TakeForm()
    if waiting.taken_at:  # sent twice
        return back_to(waiting)
    try:
        agenda = read_again(waiting)
    except RuleBroken:  # the columns, as said meanwhile, leave nothing to read: the page tells
        return back_to(waiting)
    taking = compare(workshop, agenda, overwrite=form.overwrite.data)
    result = taking.account.done()
    if form.seen.data != fingerprint(result, overwrite=form.overwrite.data):
        db.session.rollback()
        flash(_("Nothing is taken yet: the account below is not the one you saw. Look at it, then take it."))
        form.seen.data = None
        return page_of(waiting, form), 409
    waiting.taken_at, waiting.account = now(), as_kept(result)
    db.session.add_all(
        [
            *taking.added,
            audit.record("import agenda", f"{workshop.slug}, {waiting.filename}", who=current_user.id, at=now()),
        ]
    )
    db.session.commit()
    flash(_("The agenda is taken in. The public sees it once you publish the agenda."))
    return back_to(waiting)


def back_to(waiting: AgendaImport) -> Response:
    return redirect(url_for("agenda_in.preview", slug=waiting.workshop.slug, key=waiting.key))


def in_language(workshop: Workshop, language: str) -> Setting:
    return replace(queries.setting(db.session, workshop), language=language)


def read_again(waiting: AgendaImport) -> Agenda:
    return read(files.get(waiting.stored_as), in_language(waiting.workshop, waiting.language))


def compare(workshop: Workshop, agenda: Agenda, *, overwrite: bool) -> Taking:
    """What taking the agenda would do, written in memory only: the caller commits it or rolls it back."""
    with db.session.no_autoflush:
        return take_in(agenda, queries.known(db.session, workshop), at=now(), overwrite=overwrite)


def fingerprint(result: Result, *, overwrite: bool) -> str:
    """Names the account that was shown. Without ticking the box on the page, it is that of the page."""
    return f"{'all' if overwrite else 'some'}-{result.fingerprint()}"


def as_kept(result: Result) -> dict[str, object]:
    return {
        **result.as_json(),
        "refused": "",
        "kept": result.kept,
        "kind": result.kind,
        "changes": result.changes,
        "lines": [list(each) for each in result.lines],
    }


def page_of(waiting: AgendaImport, form: TakeForm) -> str:
    """The account as it would be now, or as it was when the file was taken."""
    workshop, found, meanings = waiting.workshop, [], labels(waiting.workshop.languages)
    account = waiting.account
    if waiting.taken_at is None:
        try:
            agenda = read_again(waiting)
        except RuleBroken as refusal:  # an earlier version of the program read more, or the columns say nothing now
            account, agenda = as_nothing(str(refusal.message)), None
        if agenda is not None:
            result = compare(workshop, agenda, overwrite=form.overwrite.data).account.done()
            form.seen.data = fingerprint(result, overwrite=form.overwrite.data)
            account, found = as_kept(result), agenda.columns
        waiting_key = waiting.key
        db.session.rollback()
        waiting = db.one_or_404(queries.waiting(workshop, waiting_key))
    return render_template(
        "programme/agenda_in/preview.html",
        workshop=workshop,
        waiting=waiting,
        form=form,
        account=account,
        columns=found,
        meanings=meanings,
    )


def as_nothing(message: str) -> dict[str, object]:
    """The account of a file that cannot be read."""
    return {
        "rows": 0,
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
        "warnings": [],
        "totals": {},
        "kind": "",
        "changes": [],
        "lines": [],
        "kept": 0,
        "refused": message,
    }
