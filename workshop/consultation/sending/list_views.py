"""The organisers' screen for a list of recipients from a file: first what would become of every row, then it is done."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform import import_steps
from workshop.platform.access import Page, limited
from workshop.platform.db import public_key
from workshop.platform.foreign.limits import TABLE
from workshop.platform.foreign.uploaded_files import content_of, shown_name
from workshop.platform.import_steps import ImportStep, Result, report_in
from workshop.platform.intake import ImportReport, Outcome
from workshop.platform.rendering import comma
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp
from .forms import ListForm
from .list_tasks import READ, TAKE
from .views import asked_for, board_of


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/file", methods=["GET", "POST"])
@organiser
@limited("30 per minute")
def from_file(workshop: Workshop, questionnaire: str) -> Page:
    """A list from a file or pasted. `?list=` names one that a worker reads."""
    asked, form = asked_for(workshop, questionnaire), ListForm()
    if form.validate_on_submit():
        with form.refusing():
            return read_or_take(asked, form)
    if request.method == "GET" and (key := request.args.get("list", "")):
        return found_by_worker(asked, form, key)
    return page_of(asked, form, None)


def read_or_take(asked: Questionnaire, form: ListForm) -> Page:
    """What was sent is looked at, or taken in if it is what a preview showed."""
    key, wants = request.args.get("list", ""), request.form.get("go") == "take"
    before = import_steps.find(READ, f"{asked.id}/{key}") if key else None
    if before and is_as_shown(before, form):
        stored, filename = str(before.facts["stored"]), str(before.facts["filename"])
    else:  # corrected since, or another file: it is looked at first
        stored, filename = sent_list(form)
        key, wants = public_key(), wants and not before
    subject, number = f"{asked.id}/{key}", asked.id
    if wants:
        taking = import_steps.take(
            TAKE,
            subject,
            of=stored,
            questionnaire=number,
            stored=stored,
            filename=filename,
            seen=form.seen.data or "",
            who=current_user.id,
        )
        if taking.result:
            return to_board(asked, taking.result)
        if taking.state == "running":
            return redirect(waiting_address(asked, key))
        form.refuse(taking.refused)
    reading = import_steps.read(READ, subject, of=stored, questionnaire=number, stored=stored, filename=filename)
    if reading.state == "running":
        return redirect(waiting_address(asked, key))
    return page_of(asked, form, reading)


def waiting_address(asked: Questionnaire, key: str | None) -> str:
    return url_for(".from_file", slug=asked.workshop.slug, questionnaire=asked.slug, list=key)


def is_as_shown(before: ImportStep, form: ListForm) -> bool:
    """Whether the list on the page is still the one that a worker read."""
    pasted = (form.pasted.data or "").split()
    return bool(before.result and not form.file.data and pasted == str(before.result["text"]).split())


def sent_list(form: ListForm) -> tuple[str, str]:
    """The file that was chosen, else what was pasted, stored; and the name it had."""
    upload = form.file.data
    content = content_of(upload, TABLE) if upload else (form.pasted.data or "").encode()
    name = shown_name(upload.filename) if upload else ""
    return import_steps.store(content, TABLE, name=name), name


def found_by_worker(asked: Questionnaire, form: ListForm, key: str) -> Page:
    subject = f"{asked.id}/{key}"
    taking = import_steps.find(TAKE, subject)
    if taking and taking.result:
        return to_board(asked, taking.result)
    step = taking if taking and taking.state == "running" else import_steps.again(READ, subject)
    if step is None:
        return redirect(waiting_address(asked, None))
    if step.state in {"running", "failed"}:
        return import_steps.page(step, name=str(step.facts["filename"]) or _("Pasted text"), back=board_of(asked))
    return page_of(asked, form, step, import_steps.trouble(taking))


def page_of(asked: Questionnaire, form: ListForm, reading: ImportStep | None, trouble: str = "") -> str:
    """The form, with what would become of the list that was read last."""
    asked, report = asked_for(asked.workshop, asked.slug), None
    form.seen.data = ""
    if reading and reading.result:
        report, form.seen.data = ImportReport.unpacked(report_in(reading.result)), str(reading.result["seen"])
        form.pasted.data = str(reading.result["text"])
    elif reading:
        form.refuse(reading.refused)
    return render_template(
        "consultation/sending/from_file.html",
        workshop=asked.workshop,
        questionnaire=asked,
        form=form,
        report=report,
        trouble=trouble,
    )


def to_board(asked: Questionnaire, done: Result) -> HttpResponse:
    report = ImportReport.unpacked(report_in(done))
    flash(
        _(
            "Added: %(created)s; changed: %(updated)s; unchanged: %(unchanged)s.",
            created=report.counts[Outcome.CREATED],
            updated=report.counts[Outcome.UPDATED],
            unchanged=report.counts[Outcome.UNCHANGED],
        )
    )
    if report.rejected:
        rows = comma().join(str(each.row) for each in report.rejected[:20])
        flash(_("Not imported: %(count)s. Rows: %(rows)s", count=len(report.rejected), rows=rows))
    return redirect(board_of(asked))
