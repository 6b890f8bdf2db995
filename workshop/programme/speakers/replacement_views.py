"""Somebody else takes a place on the agenda."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.programme.agenda import queries as agenda
from workshop.programme.agenda.appearances import Speaker
from workshop.programme.agenda.appearances import replace as take_place
from workshop.programme.agenda.models import Appearance, Session
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import ReplaceForm
from .invitation_views import invitations_by_person


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/people/<int:who_id>/replace", methods=["GET", "POST"])
@programme_officer
def replace(workshop: Workshop, number: int, who_id: int) -> Page:
    """Somebody else takes this place; who had it is kept, and her link closes with her last place."""
    session, who = place_on_agenda(workshop, number, who_id)
    form = ReplaceForm(language=language())
    if form.validate_on_submit():
        former, speaker = who.person_id, form.typed_as(Speaker)
        with form.refusing():
            register = agenda.register(db.session, workshop)
            db.session.add(
                take_place(who, speaker, register, reason=form.reason.data or "", by=current_user.id, at=now())
            )
            db.session.flush()
            close_invitation(workshop, former)
            db.session.add(
                audit.record("replace person", f"{workshop.slug}, session {number}", who=current_user.id, at=now())
            )
            return to_newcomer(workshop, who)
        db.session.rollback()
        session, who = place_on_agenda(workshop, number, who_id)
    return render_template(
        "programme/speakers/replace.html",
        workshop=workshop,
        session=session,
        who=who,
        form=form,
        organisations=register_queries.names_of_organisations(db.session, current_user, language()),
    )


def close_invitation(workshop: Workshop, person_id: int) -> None:
    """Of somebody who has no place on the agenda any more."""
    invited = invitations_by_person(workshop).get(person_id)
    left = db.session.scalars(queries.slots_of(workshop, person_id)).first()
    if invited and not left:
        rules.step_aside(invited)
        queries.answered(db.session, invited)


def place_on_agenda(workshop: Workshop, number: int, who_id: int) -> tuple[Session, Appearance]:
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    session: Session = db.one_or_404(agenda.sessions(workshop).where(Session.number == number))
    return session, next((who for who in session.appearances if who.id == who_id), None) or abort(404)


def to_newcomer(workshop: Workshop, who: Appearance) -> HttpResponse:
    db.session.commit()
    flash(_("The person is replaced. The public sees it once you publish the agenda."))
    return redirect(url_for(".person", slug=workshop.slug, person_id=who.person_id))
