"""The organisers' screen of the forms for participants: which there are, who is asked, and how many have answered."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations import queries as delegations
from workshop.platform.access import Page
from workshop.platform.db import db
from workshop.platform.forms import posted_form
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import OfferForm
from .models import ParticipantForm


@bp.route("/workshops/<slug>/desk/participants/forms", methods=["GET", "POST"])
@organiser
def desk(workshop: Workshop) -> Page:
    kept = db.session.scalars(queries.forms(workshop.id)).all()
    published = db.session.scalars(queries.published_questionnaires(workshop)).all()
    free = [each for each in published if each.id not in {form.questionnaire_id for form in kept}]
    form = OfferForm(posted_form(), offered=free)
    if form.validate_on_submit():
        with form.refusing():
            chosen = next(each for each in free if each.id == form.questionnaire.data)
            made = rules.offer(
                chosen,
                form.moment.data,
                form.audience.data,
                required=form.required.data,
                published=chosen in published,
                before=kept,
            )
            db.session.add(made)
            db.session.commit()
            flash(_("It is a form for participants now, and answered behind personal links only."))
            return redirect(url_for(".desk", slug=workshop.slug))
    people = db.session.scalars(delegations.participants(workshop.id)).all()
    answered = {row[0]: row[1] for row in db.session.execute(queries.answered(workshop.id))}
    rows = [(each, sum(rules.is_offered(each, who) for who in people), answered.get(each.id, 0)) for each in kept]
    return render_template(
        "consultation/participant_forms/desk.html", workshop=workshop, rows=rows, free=free, form=form
    )


@bp.post("/workshops/<slug>/desk/participants/forms/<int:id>/remove")
@organiser
def remove(workshop: Workshop, id: int) -> HttpResponse:
    """Participants are no longer asked; what they answered stays with the questionnaire."""
    db.session.scalars(lock_workshop(workshop)).one()
    db.session.delete(db.one_or_404(queries.forms(workshop.id).where(ParticipantForm.id == id)))
    db.session.commit()
    flash(_("It is no longer a form for participants. The answers are kept with the questionnaire."))
    return redirect(url_for(".desk", slug=workshop.slug))
