"""From the page of a participant to the questionnaire that is a form of the registration, without another mail."""

from flask import abort, current_app, redirect, url_for
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.models import Recipient
from workshop.participation.delegations.models import Participant
from workshop.participation.registration.queries import participant_by_link
from workshop.platform.access import by_link, limited
from workshop.platform.db import db
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .models import ParticipantForm, ParticipantRecipient


@bp.get("/r/<token>/forms/<int:id>")
@by_link(participant_by_link)
@limited("60 per minute", methods=("GET",))
def own_form(token: str, who: Participant, id: int) -> HttpResponse:
    """The link of this person to this questionnaire, made at the first visit; two visits at once make one."""
    form: ParticipantForm = db.one_or_404(queries.forms(who.workshop_id).where(ParticipantForm.id == id))
    if not rules.is_offered(form, who):
        abort(404)
    db.session.scalars(lock_workshop(who.workshop)).one()
    turn = db.session.scalars(queries.turn_of(who)).one()
    links = db.session.scalars(queries.links_of(who, turn))
    recipient = next((each.recipient for each in links if each.form_id == form.id), None)
    if recipient is None:
        recipient = recipient_for(form, who)
        link = ParticipantRecipient(form=form, participant=who, recipient=recipient, turn=turn)
        db.session.add_all([recipient, link])
    own = recipient.current_link(str(current_app.config["SECRET_KEY"]))
    db.session.commit()
    return redirect(url_for("answering.begin", token=own))


def recipient_for(form: ParticipantForm, who: Participant) -> Recipient:
    """As somebody invited by hand would stand on the list of those asked."""
    asked, email = form.questionnaire, who.email.casefold()
    found = db.session.scalars(queries.recipient_with_email(asked, email)).one_or_none()
    made = found or Recipient(questionnaire=asked, name=who.plain_name, email=email, language=who.language)
    made.invited, made.category, made.country = True, who.category, who.country
    return made
