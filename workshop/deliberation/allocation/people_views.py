"""The list of people of a break-out session: typed or pasted, changed and removed one by one."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import ListForm, PersonForm, as_kept
from .models import SeatedPerson
from .views import held_session, place


@bp.route("/workshops/<slug>/desk/breakouts/seats/<int:number>/people", methods=["GET", "POST"])
@programme_officer
def people(workshop: Workshop, number: int) -> Page:
    """Add people: nothing is added while a line has a fault, and each line is accounted for."""
    session = held_session(workshop, number)
    there = {
        rules.key_of_person(each.name, each.delegation): each for each in db.session.scalars(queries.people_of(session))
    }
    form, faults = ListForm(), []
    if form.validate_on_submit():
        read = rules.read_lines(form.text.data or "")
        faults = [each for each in read if each.fault]
        fresh = {rules.key_of_person(each.values["name"], each.values["delegation"]): each.values for each in read}
        if len(there) + len(fresh) > rules.MOST_PEOPLE:
            form.text.errors = [_("A list has at most %(most)s people.", most=rules.MOST_PEOPLE)]
        elif not faults:
            added = [SeatedPerson(session=session, **values) for key, values in fresh.items() if key not in there]
            db.session.add_all(added)
            db.session.add(audit.record("add people to seat", place(session), who=current_user.id, at=now()))
            db.session.commit()
            known = len(read) - len(added)
            flash(_("Added: %(added)s. On the list already: %(known)s.", added=len(added), known=known))
            return redirect(url_for(".seats", slug=workshop.slug, number=number))
    return render_template(
        "deliberation/allocation/people.html", workshop=workshop, session=session, form=form, faults=faults
    )


@bp.route("/workshops/<slug>/desk/breakouts/seats/<int:number>/people/<int:person_id>", methods=["GET", "POST"])
@programme_officer
def person(workshop: Workshop, number: int, person_id: int) -> Page:
    """What is known of somebody, and where she sits."""
    session = held_session(workshop, number)
    person: SeatedPerson = db.one_or_404(queries.person(session, person_id))
    groups = db.session.scalars(queries.groups_of(session)).all()
    languages = list(dict.fromkeys([*workshop.languages, *person.languages]))
    form, theirs = open_form(
        lambda sent, data: PersonForm(sent, data=data, groups=groups, languages=languages),
        as_kept(person),
        posted_form(),
    )
    if theirs is None and form.validate_on_submit():
        form.write(person)
        chosen = next((each for each in groups if each.number == form.group.data), None)
        rules.seat_by_hand(person, chosen, locked=form.is_locked.data)
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".seats", slug=workshop.slug, number=number, _anchor=f"person-{person.id}"))
    page = render_template(
        "deliberation/allocation/person.html",
        workshop=workshop,
        session=session,
        person=person,
        form=form,
        theirs=theirs,
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/breakouts/seats/<int:number>/people/<int:person_id>/remove")
@programme_officer
def remove_person(workshop: Workshop, number: int, person_id: int) -> HttpResponse:
    session = held_session(workshop, number)
    person: SeatedPerson = db.one_or_404(queries.person(session, person_id))
    db.session.delete(person)
    db.session.commit()
    flash(_("Removed."))
    return redirect(url_for(".seats", slug=workshop.slug, number=number))
