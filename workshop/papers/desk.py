"""The organisers' screens for all documents of a workshop, and for expecting new ones."""

from dataclasses import fields
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from workshop.agenda import queries as agenda
from workshop.agenda import rules as agenda_rules
from workshop.agenda.models import Item, Session
from workshop.conflicts import opened
from workshop.db import db, now
from workshop.errors import RuleBroken
from workshop.i18n import on_day
from workshop.series.models import Workshop
from workshop.series.standing import organiser

from . import queries, rules
from .forms import AddItemForm, DocumentForm
from .models import Document
from .views import back_to, bp, document_or_404, held_document

__all__ = ["bp"]


@bp.get("/workshops/<slug>/desk/papers")
@organiser
def desk(workshop: Workshop) -> str:
    today = on_day(now(), workshop.zone)
    documents = rules.in_order(db.session.scalars(queries.documents_with_people(workshop)).unique())
    by_session: dict[Session, list[Document]] = {}
    for document in documents:
        by_session.setdefault(document.session, []).append(document)
    return render_template(
        "papers/desk.html",
        workshop=workshop,
        sessions=by_session,
        waiting=[each for each in documents if rules.needs_someone(each, today=today)],
        overdue={each.id for each in documents if rules.is_overdue(each, today=today)},
        providers={each.id: rules.providers(each) for each in documents},
    )


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/items/new", methods=["GET", "POST"])
@organiser
def add_item(workshop: Workshop, number: int) -> str | Response:
    """One page for what an organiser knows at once: the item, who speaks, which document is to come."""
    session = held_session(workshop, number)
    form = AddItemForm(languages=workshop.languages)
    if form.validate_on_submit():
        try:
            db.session.add_all(put_together(session, form))
        except RuleBroken as refusal:
            db.session.rollback()
            form.refuse(refusal)
            session = held_session(workshop, number)
        else:
            db.session.commit()
            flash(_("The item is added. The public sees it once you publish the agenda."))
            return redirect(url_for("agenda.edit_session", slug=workshop.slug, number=number, _anchor="items"))
    return render_template("papers/add_item.html", workshop=workshop, session=session, form=form)


def put_together(session: Session, form: AddItemForm) -> list[Item | Document]:
    """The item as typed, with its speaker, and the document if one is expected."""
    typed = {each.name: form[each.name].data for each in fields(agenda_rules.Speaker) if each.name in form}
    speaker = agenda_rules.Speaker(**typed)
    item = agenda_rules.add_item(session, form.typed(agenda_rules.ItemText), has_speaker=speaker.is_somebody)
    if speaker.is_somebody:
        agenda_rules.appear(session, item, speaker, agenda.register(db.session, session.workshop))
    if form.document.data is None:
        return [item]
    text = rules.DocumentText(form.document.data, languages=form.languages.data or (), due_on=form.due_on.data)
    return [item, rules.expect(session, item, text)]


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/documents/new", methods=["GET", "POST"])
@organiser
def expect(workshop: Workshop, number: int) -> str | Response:
    session = held_session(workshop, number)
    wanted = request.args.get("item", type=int)
    item = next((each for each in session.items if each.id == wanted), None)
    if wanted and item is None:
        abort(404)
    form, _theirs = opened(partial(DocumentForm, languages=workshop.languages), {}, sent())
    if form.validate_on_submit():
        document = rules.expect(session, item, form.typed(rules.DocumentText))
        db.session.add(document)
        db.session.commit()
        flash(_("The document is expected."))
        return back_to(document)
    return render_template("papers/expect.html", workshop=workshop, session=session, item=item, form=form)


@bp.route("/workshops/<slug>/desk/papers/<key>/edit", methods=["GET", "POST"])
@organiser
def edit_document(workshop: Workshop, key: str) -> Response | tuple[str, int]:
    document = held_document(workshop, key) if request.method == "POST" else document_or_404(workshop, key)
    kept = {each.name: getattr(document, each.name) for each in fields(rules.DocumentText)}
    form, theirs = opened(partial(DocumentForm, languages=workshop.languages), kept, sent())
    if theirs is None and form.validate_on_submit():
        rules.edit(document, form.typed(rules.DocumentText))
        db.session.commit()
        flash(_("Saved."))
        return back_to(document)
    page = render_template("papers/edit_document.html", workshop=workshop, document=document, form=form, theirs=theirs)
    return page, 409 if theirs else 200


def sent() -> Any:
    """What was sent, or None on a first look."""
    return request.form if request.method == "POST" else None


def held_session(workshop: Workshop, number: int) -> Session:
    """The session with everything in it, or 404; others wait while this one is being changed."""
    if request.method == "POST":
        db.session.scalars(agenda.hold(workshop)).one()
    found: Session = db.one_or_404(agenda.sessions(workshop).where(Session.number == number))
    return found
