"""Titles of tables, the sessions they are for, and rates of exchange, as a person decides them."""

from functools import partial

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions.definition import Definition, read_published
from workshop.consultation.questions.question import Question
from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import db
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import analyst
from workshop.secretariat.series.models import Workshop

from .. import bp, queries
from ..disclosing.showing import tables_of
from ..forms import RateForm, TableForm
from ..models import ExchangeRate, TableChoice
from . import table_places


def asked_of(workshop: Workshop, slug: str) -> tuple[Questionnaire, Definition]:
    """A questionnaire with what its newest version asks, or 404."""
    versions = db.session.scalars(queries.versions(workshop, slug)).all() or abort(404)
    return versions[-1].questionnaire, read_published(versions[-1].id, versions[-1].definition)


def tables_in(definition: Definition) -> dict[str, Question]:
    """The questions whose answers are tabulated."""
    return {each.code: each for each in definition.questions if each.asks and not each.ends_on_no}


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/tables")
@analyst
def arrangement(workshop: Workshop, questionnaire: str) -> str:
    """Every table with its title, whom it is for, and whether the summary has it."""
    asked, definition = asked_of(workshop, questionnaire)
    return render_template(
        "consultation/findings/arrangement.html",
        workshop=workshop,
        questionnaire=asked,
        questions=tables_in(definition),
        chosen={each.table: each for each in db.session.scalars(queries.table_choices(asked))},
    )


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/tables/<table>", methods=["GET", "POST"])
@analyst
def arrange(workshop: Workshop, questionnaire: str, table: str) -> Page:
    """Title, session and summary of one table."""
    asked, definition = asked_of(workshop, questionnaire)
    question = tables_in(definition).get(table) or abort(404)
    sessions = db.session.scalars(queries.sessions_asked(workshop)).all()
    found = db.session.scalars(queries.table_choice(asked, table)).one_or_none()
    saved = {
        "title": found.title if found else {},
        "place": table_places.value_of(found) if found else "",
        "in_summary": found.in_summary if found else True,
    }
    form, theirs = open_form(partial(TableForm, places=table_places.places(sessions, language())), saved, posted_form())
    if theirs is None and form.validate_on_submit():
        found = found or TableChoice(questionnaire=asked, table=table)
        found.title, found.in_summary = form.title.data, form.in_summary.data
        table_places.attach(found, form.place.data, sessions)
        db.session.add(found)
        workshop.changed_in_public()
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".arrangement", slug=workshop.slug, questionnaire=questionnaire))
    page = render_template(
        "consultation/findings/arrange.html",
        workshop=workshop,
        questionnaire=asked,
        question=question,
        form=form,
        theirs=theirs,
        found=found,
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/tables/<table>/reset")
@analyst
def reset_table(workshop: Workshop, questionnaire: str, table: str) -> HttpResponse:
    """Back to the question as its title, for no session."""
    asked, _definition = asked_of(workshop, questionnaire)
    db.session.delete(db.one_or_404(queries.table_choice(asked, table)))
    workshop.changed_in_public()
    db.session.commit()
    flash(_("The table has the text of its question as its title again."))
    return redirect(url_for(".arrangement", slug=workshop.slug, questionnaire=questionnaire))


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/rates", methods=["GET", "POST"])
@analyst
def rates(workshop: Workshop, questionnaire: str, number: int) -> Page:
    """Dated rates by which sums in different currencies can be compared; they are never added up."""
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number).where(queries.is_frozen()))
    shown = tables_of(snapshot, db.session.scalars(queries.in_ledger(snapshot)).all())
    form = RateForm(currencies=table_places.currencies(shown), data={"on": workshop.starts_on})
    if form.validate_on_submit():
        rate = next((each for each in snapshot.rates if each.currency == form.currency.data), None)
        on = form.on.data or workshop.starts_on
        if rate is None:
            rate = ExchangeRate(snapshot=snapshot, currency=form.currency.data, into="", rate="", on=on)
        rate.into, rate.rate, rate.on = (form.into.data or "").upper(), f"{form.rate.data:f}", on
        rate.source = form.source.data or ""
        db.session.add(rate)
        workshop.changed_in_public()
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".rates", slug=workshop.slug, questionnaire=questionnaire, number=number))
    return render_template("consultation/findings/rates.html", workshop=workshop, snapshot=snapshot, form=form)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/rates/<currency>/remove")
@analyst
def remove_rate(workshop: Workshop, questionnaire: str, number: int, currency: str) -> HttpResponse:
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    rate = next((each for each in snapshot.rates if each.currency == currency), None) or abort(404)
    snapshot.rates.remove(rate)
    workshop.changed_in_public()
    db.session.commit()
    flash(_("Rate removed."))
    return redirect(url_for(".rates", slug=workshop.slug, questionnaire=questionnaire, number=number))
