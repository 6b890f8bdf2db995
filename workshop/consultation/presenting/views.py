"""Findings: written from the tables of a snapshot, published by an organiser, read at a permanent address."""

from functools import partial

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.findings import rules as findings_rules
from workshop.consultation.findings.arranging import table_places
from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.queries import in_ledger, is_frozen, sessions_asked
from workshop.consultation.findings.queries import snapshot as snapshot_of
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.questions.answer_wording import UNITS
from workshop.platform import audit
from workshop.platform.access import Page, public
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import analyst, organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import FindingForm, WithdrawFindingForm
from .models import Finding
from .quotations import quotes_shown
from .sentences import drafted


def readable_snapshot(workshop: Workshop, questionnaire: str, number: int) -> Snapshot:
    """A snapshot that whoever is signed in may read."""
    snapshot: Snapshot = db.one_or_404(snapshot_of(workshop.id, questionnaire, number).where(is_frozen()))
    if not findings_rules.may_read(snapshot, g.roles):
        abort(403)
    return snapshot


def shown_tables(snapshot: Snapshot) -> list[Tabulation]:
    """The tables of a snapshot as they are shown, or would be."""
    return tables_of(snapshot, db.session.scalars(in_ledger(snapshot)).all())


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/findings")
@analyst
def findings(workshop: Workshop, questionnaire: str, number: int) -> str:
    """The findings of a snapshot in order, and the tables that have none yet."""
    snapshot = readable_snapshot(workshop, questionnaire, number)
    written = db.session.scalars(queries.findings_of(snapshot)).all()
    used = {each.table for each in written}
    return render_template(
        "consultation/presenting/findings.html",
        workshop=workshop,
        snapshot=snapshot,
        findings=written,
        unused=[table for table in shown_tables(snapshot) if table.question not in used and (table.rows or table.grid)],
    )


@bp.route(
    "/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/findings/new/<table>",
    methods=["GET", "POST"],
)
@analyst
def write(workshop: Workshop, questionnaire: str, number: int, table: str) -> Page:
    """Write a finding about one table, beginning with a draft made of its figures."""
    snapshot = readable_snapshot(workshop, questionnaire, number)
    tables = {each.question: each for each in shown_tables(snapshot)}
    tabulation = tables.get(table) or abort(404)
    written = db.session.scalars(queries.findings_of(snapshot)).all()
    draft = {
        "statement": drafted(tabulation, snapshot, workshop.languages),
        "caveat": {},
        "place": "",
        "position": 1 + max((each.position for each in written), default=0),
    }
    sessions = db.session.scalars(sessions_asked(workshop)).all()
    offered = table_places.places(sessions, language())
    form, _theirs = open_form(partial(FindingForm, places=offered), draft, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            finding = rules.write_finding(
                snapshot,
                tables,
                table=table,
                statement=form.statement.data,
                caveat=form.caveat.data,
                position=form.position.data or 1,
                who=current_user.id,
                at=now(),
            )
            table_places.attach(finding, form.place.data, sessions)
            db.session.add(finding)
            db.session.commit()
            flash(_("Finding saved as a draft."))
            return redirect(url_for(".findings", slug=workshop.slug, questionnaire=questionnaire, number=number))
    return render_template(
        "consultation/presenting/edit.html",
        workshop=workshop,
        snapshot=snapshot,
        form=form,
        theirs=None,
        tabulation=tabulation,
        units=UNITS,
        finding=None,
        quotes=[],
        withdrawal=None,
    )


@bp.route("/workshops/<slug>/desk/findings/<key>", methods=["GET", "POST"])
@analyst
def edit(workshop: Workshop, key: str) -> Page:
    finding: Finding = db.one_or_404(queries.finding_by_key(workshop.slug, key))
    saved = {
        "statement": finding.statement,
        "caveat": finding.caveat,
        "place": table_places.value_of(finding),
        "position": finding.position,
    }
    sessions = db.session.scalars(sessions_asked(workshop)).all()
    offered = table_places.places(sessions, language())
    form, theirs = open_form(partial(FindingForm, places=offered), saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.change_finding(
                finding,
                statement=form.statement.data,
                caveat=form.caveat.data,
                position=form.position.data or 1,
            )
            table_places.attach(finding, form.place.data, sessions)
            db.session.commit()
            flash(_("Saved."))
            return to_list(finding)
    page = render_template(
        "consultation/presenting/edit.html",
        workshop=workshop,
        snapshot=finding.snapshot,
        form=form,
        theirs=theirs,
        tabulation=table_of(finding),
        units=UNITS,
        finding=finding,
        quotes=quotes_shown(finding, table_of(finding)),
        withdrawal=withdrawal_of(finding),
    )
    return page, 409 if theirs else 200


def withdrawal_of(finding: Finding) -> WithdrawFindingForm:
    """Why it is withdrawn, and which published finding takes its place."""
    others = db.session.scalars(queries.replacing(finding.snapshot)).all()
    reader = language()
    return WithdrawFindingForm(
        others=[
            (each.key, f"{each.table}: {each.statement.in_(reader)[0][:100]}") for each in others if each is not finding
        ]
    )


def table_of(finding: Finding) -> Tabulation | None:
    return next((each for each in shown_tables(finding.snapshot) if each.question == finding.table), None)


def to_list(finding: Finding) -> HttpResponse:
    snapshot = finding.snapshot
    asked = snapshot.questionnaire
    return redirect(url_for(".findings", slug=asked.workshop.slug, questionnaire=asked.slug, number=snapshot.number))


@bp.post("/workshops/<slug>/desk/findings/<key>/publish")
@organiser
def publish(workshop: Workshop, key: str) -> HttpResponse:
    finding: Finding = db.one_or_404(queries.finding_by_key(workshop.slug, key))
    with flashing_refusal():
        rules.publish_finding(finding, at=now())
        db.session.add(audit.record("publish finding", key, who=current_user.id, at=now()))
        db.session.commit()
        flash(_("Published. Anyone can read it now."))
    return to_list(finding)


@bp.post("/workshops/<slug>/desk/findings/<key>/withdraw")
@organiser
def withdraw(workshop: Workshop, key: str) -> HttpResponse:
    """It stays at its address, and says that it was withdrawn."""
    finding: Finding = db.one_or_404(queries.finding_by_key(workshop.slug, key))
    form = withdrawal_of(finding)
    with flashing_refusal():
        form.validate_on_submit()
        others = {each.key: each for each in db.session.scalars(queries.replacing(finding.snapshot))}
        newer = others.get(form.superseded_by.data or "")
        rules.withdraw_finding(finding, reason=form.reason.data, superseded_by=newer, at=now())
        db.session.add(audit.record("withdraw finding", key, who=current_user.id, at=now()))
        db.session.commit()
        flash(_("Withdrawn. Its address says so, and why."))
    return to_list(finding)


@bp.post("/workshops/<slug>/desk/findings/<key>/remove")
@analyst
def remove(workshop: Workshop, key: str) -> HttpResponse:
    finding: Finding = db.one_or_404(queries.finding_by_key(workshop.slug, key))
    with flashing_refusal():
        rules.refuse_removal(finding)
        db.session.delete(finding)
        db.session.commit()
        flash(_("Draft removed."))
    return to_list(finding)


@bp.post("/workshops/<slug>/desk/findings/<key>/quotes/<int:id>/remove")
@analyst
def remove_quote(workshop: Workshop, key: str, id: int) -> HttpResponse:
    """Take a quote out of a draft."""
    finding: Finding = db.one_or_404(queries.finding_by_key(workshop.slug, key))
    with flashing_refusal():
        rules.refuse_removal(finding)
        quote = next((each for each in finding.quotes if each.id == id), None) or abort(404)
        finding.quotes.remove(quote)
        db.session.commit()
        flash(_("Quote removed."))
    return redirect(url_for(".edit", slug=workshop.slug, key=key))


@bp.get("/workshops/<slug>/findings/<key>")
@public
def finding(slug: str, key: str) -> str:
    """A finding at its permanent address, with its table; withdrawn, it says so."""
    found: Finding = db.one_or_404(queries.public_finding(slug, key))
    table = table_of(found) if found.snapshot.published else None
    return render_template(
        "consultation/presenting/finding.html",
        meeting=found.snapshot.questionnaire.workshop,
        finding=found,
        snapshot=found.snapshot,
        tabulation=table,
        quotes=quotes_shown(found, table) if found.state == "published" else [],
        units=UNITS,
        address=request.base_url,
    )
