"""The organisers' screens for contacts: the list, one contact added, changed and removed."""

from collections.abc import Mapping
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.register.countries import sort_key
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries
from .forms import ContactForm
from .models import Contact
from .roster_columns import labels, plain
from .roster_entries import RosterEntry
from .rules import write_contact
from .tasks import known_organisations


@bp.get("/workshops/<slug>/desk/contacts")
@organiser
def contacts(workshop: Workshop) -> str:
    """Everybody whom the workshop may write to, or those in whose names or organisation the words stand."""
    words = request.args.get("find", "").strip()
    there = [each for each in db.session.scalars(queries.contacts(workshop)) if not words or is_found(each, words)]
    there.sort(key=lambda each: sort_key(each.person.family_name if each.person else each.label, language()))
    return render_template("secretariat/rosters/contacts.html", workshop=workshop, contacts=there, words=words)


def is_found(one: Contact, words: str) -> bool:
    body = " ".join(one.organisation.name.values()) if one.organisation else ""
    return plain(words) in plain(f"{one.label} {body} {one.email}")


@bp.route("/workshops/<slug>/desk/contacts/new", methods=["GET", "POST"])
@organiser
def add_contact(workshop: Workshop) -> Page:
    form = begin_form(contact_form, {}, posted_form())
    if form.validate_on_submit():
        one = Contact(workshop=workshop)
        with form.refusing():
            write_contact(one, entry_of(form), known_organisations(workshop))
            db.session.add(one)
            return save_and_return(workshop, _("The contact is added."))
        db.session.rollback()
    return render_template("secretariat/rosters/contact.html", workshop=workshop, form=form, one=None, theirs=None)


@bp.route("/workshops/<slug>/desk/contacts/<int:id>", methods=["GET", "POST"])
@organiser
def contact(workshop: Workshop, id: int) -> Page:
    one = db.one_or_404(queries.contacts(workshop).where(Contact.id == id))
    form, theirs = open_form(contact_form, as_filled(one), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            write_contact(one, entry_of(form), known_organisations(workshop))
            return save_and_return(workshop, _("Saved."))
        db.session.rollback()
    page = render_template(
        "secretariat/rosters/contact.html",
        workshop=workshop,
        form=form,
        one=one,
        theirs=theirs,
        meanings=dict(labels()),
    )
    return page, 409 if theirs else 200


def contact_form(formdata: object, data: Mapping[str, object]) -> ContactForm:
    return ContactForm(formdata, data=data, shown_in=language())


@bp.post("/workshops/<slug>/desk/contacts/<int:id>/remove")
@organiser
def remove_contact(workshop: Workshop, id: int) -> HttpResponse:
    """Takes somebody off the list; people and organisations on the agenda stay there."""
    db.session.delete(db.one_or_404(queries.contacts(workshop).where(Contact.id == id)))
    return save_and_return(workshop, _("The contact is removed."))


def entry_of(form: ContactForm) -> RosterEntry:
    said = form.typed(RosterEntry)
    return replace(said, email=said.email.casefold())


def as_filled(one: Contact) -> dict[str, object]:
    person = one.person
    return {
        "given_name": person.given_name if person else "",
        "family_name": person.family_name if person else "",
        "honorific": person.honorific if person else "",
        "organisation": one.organisation.name.in_(language())[0] if one.organisation else "",
        **{name: getattr(one, name) for name in ("function", "email", "country", "language", "category")},
    }


def save_and_return(workshop: Workshop, message: str) -> HttpResponse:
    db.session.commit()
    flash(message)
    return redirect(url_for(".contacts", slug=workshop.slug))
