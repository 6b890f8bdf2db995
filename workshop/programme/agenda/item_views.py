"""The organisers' screens for the items of a session and for the people who appear in it."""

from dataclasses import fields
from functools import partial
from typing import TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import appearances, bp, queries, question_wordings, rules
from .forms import ItemForm, PersonForm, words_of
from .models import Appearance, Item, Session
from .timetable import checks

Row = TypeVar("Row", Item, Appearance)


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/items/<int:item_id>", methods=["GET", "POST"])
@programme_officer
def edit_item(workshop: Workshop, number: int, item_id: int) -> Page:
    session = held_session(workshop, number)
    item = one_of(session.items, item_id)
    people = [who for who in session.appearances if who.item is item]
    form, theirs = open_form(
        ItemForm, {each.name: getattr(item, each.name) for each in fields(rules.ItemText)}, posted_form()
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            with checks.no_new_clash(db.session, workshop):
                rules.edit_item(item, form.typed(rules.ItemText), has_speaker=bool(people))
            db.session.commit()
            return back_to(session)
    page = render_template(
        "programme/agenda/edit_item.html",
        workshop=workshop,
        session=session,
        item=item,
        people=people,
        documents=queries.documents_by_session(db.session, workshop, [session.id]).get(session.id, []),
        form=form,
        theirs=theirs,
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/agenda/sessions/<int:number>/items/<int:item_id>/move")
@programme_officer
def move_item(workshop: Workshop, number: int, item_id: int) -> HttpResponse:
    session = held_session(workshop, number)
    rules.move(session.items, one_of(session.items, item_id), up=request.args.get("to") == "up")
    db.session.commit()
    return back_to(session)


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/items/<int:item_id>/remove", methods=["GET", "POST"])
@programme_officer
def remove_item(workshop: Workshop, number: int, item_id: int) -> Page:
    session = held_session(workshop, number)
    item = one_of(session.items, item_id)
    may = rules.may_remove(resting=db.session.scalars(queries.resting_on(item)).one())
    if request.method == "POST" and may:
        session.items.remove(item)
        question_wordings.renumber(session.items)
        db.session.add(audit.record("remove item", place(session), who=current_user.id, at=now()))
        db.session.commit()
        return back_to(session, _("The item is removed."))
    people = [who for who in session.appearances if who.item is item]
    return render_template(
        "programme/agenda/remove_item.html", workshop=workshop, session=session, item=item, people=people, may=may
    )


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/people/new", methods=["GET", "POST"])
@programme_officer
def add_person(workshop: Workshop, number: int) -> Page:
    session = held_session(workshop, number)
    begun = {"item": request.args.get("item", type=int)}
    form = begin_form(partial(PersonForm, items=session.items), begun, posted_form())
    if form.validate_on_submit():
        item = one_of(session.items, form.item.data) if form.item.data else None
        with form.refusing():
            with checks.no_new_clash(db.session, workshop):
                appearances.appear(
                    session, item, form.typed(appearances.Speaker), queries.register(db.session, workshop)
                )
            db.session.commit()
            return back_to(session)
        db.session.rollback()
        session = held_session(workshop, number)
    return render_template(
        "programme/agenda/add_person.html",
        workshop=workshop,
        session=session,
        form=form,
        organisations=known_organisations(),
    )


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/people/<int:who_id>", methods=["GET", "POST"])
@programme_officer
def edit_person(workshop: Workshop, number: int, who_id: int) -> Page:
    session = held_session(workshop, number)
    who = one_of(session.appearances, who_id)
    form, theirs = open_form(partial(PersonForm, items=session.items), as_filled(who), posted_form())
    if theirs is None and form.validate_on_submit():
        item = one_of(session.items, form.item.data) if form.item.data else None
        with form.refusing():
            with checks.no_new_clash(db.session, workshop):
                appearances.edit_appearance(
                    who, item, form.typed(appearances.Speaker), queries.register(db.session, workshop)
                )
            db.session.commit()
            return back_to(session)
        db.session.rollback()
        session = held_session(workshop, number)
        who = one_of(session.appearances, who_id)
    page = render_template(
        "programme/agenda/edit_person.html",
        workshop=workshop,
        session=session,
        who=who,
        form=form,
        theirs=theirs,
        organisations=known_organisations(),
        replacements=db.session.scalars(queries.replacements(Appearance.id == who.id)).all(),
    )
    return page, 409 if theirs else 200


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/people/<int:who_id>/remove", methods=["GET", "POST"])
@programme_officer
def remove_person(workshop: Workshop, number: int, who_id: int) -> Page:
    session = held_session(workshop, number)
    who = one_of(session.appearances, who_id)
    if request.method == "POST":
        session.appearances.remove(who)
        db.session.add(audit.record("remove person", place(session), who=current_user.id, at=now()))
        db.session.commit()
        return back_to(session, _("The person no longer appears in this session."))
    return render_template("programme/agenda/remove_person.html", workshop=workshop, session=session, who=who)


def held_session(workshop: Workshop, number: int) -> Session:
    """The session with everything in it, or 404. Who is about to change it makes others wait until the commit."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    found: Session = db.one_or_404(queries.sessions(workshop).where(Session.number == number))
    return found


def known_organisations() -> list[str]:
    """What the field of an organisation suggests."""
    return register_queries.names_of_organisations(db.session, current_user, language())


def one_of(rows: list[Row], id: int) -> Row:
    """The one of that id among the rows of this session, or 404."""
    return next((row for row in rows if row.id == id), None) or abort(404)


def place(session: Session) -> str:
    return f"{session.workshop.slug}, session {session.number}"


def back_to(session: Session, message: str = "", *, part: str = "session_items") -> HttpResponse:
    """To a part of the session, after something was saved."""
    flash(" ".join((message or _("Saved."), _("The public sees it once you publish the agenda."))))
    return redirect(url_for(f"agenda.{part}", slug=session.workshop.slug, number=session.number))


def as_filled(who: Appearance) -> dict[str, object]:
    """What is known of an appearance, as its form shows it."""
    person, organisation = who.person, who.organisation
    as_usual = person.name_as_published == f"{person.given_name} {person.family_name}"
    return {
        "honorific": person.honorific,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "name_as_published": "" if as_usual else person.name_as_published,
        "function": who.function,
        "country": who.country,
        "organisation": words_of(organisation.name) if organisation else "",
        "part": who.part,
        "item": who.item.id if who.item else None,
        "honorifics": person.honorifics,
        "role_label": who.role_label,
        "perspective": who.perspective,
        "deliverer_given_name": who.delivered_by.given_name if who.delivered_by else "",
        "deliverer_family_name": who.delivered_by.family_name if who.delivered_by else "",
        "deliverer_function": who.delivered_by_function,
    }
