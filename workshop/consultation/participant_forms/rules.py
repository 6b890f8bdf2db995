"""Which questionnaires may be forms of the registration, and who is offered which. No database, no request, no clock."""

from collections.abc import Iterable

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questionnaires.states import Anonymity
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.rules import GONE
from workshop.participation.delegations.statuses import ParticipantStatus, Source
from workshop.platform.errors import RuleBroken

from .models import Audience, Moment, ParticipantForm


def offer(
    questionnaire: Questionnaire,
    moment: Moment,
    audience: Audience,
    *,
    required: bool,
    published: bool,
    before: Iterable[ParticipantForm],
) -> ParticipantForm:
    """A questionnaire becomes a form: from then on it is answered behind personal links only."""
    if any(each.questionnaire is questionnaire for each in before):
        raise RuleBroken(_("This questionnaire is a form for participants already."), "questionnaire")
    if questionnaire.anonymity is Anonymity.ANONYMOUS:
        raise RuleBroken(_("It is anonymous: a form belongs to one person. Choose another."), "questionnaire")
    if not published:
        raise RuleBroken(_("Publish the questionnaire first: no one could open it yet."), "questionnaire")
    questionnaire.open_to_all = False
    made = ParticipantForm(workshop=questionnaire.workshop, questionnaire=questionnaire, moment=moment)
    made.audience, made.required = audience, required
    return made


def is_offered(form: ParticipantForm, who: Participant) -> bool:
    """Further forms wait for the approval; nobody who does not come is asked anything."""
    if who.standing in GONE or who.erased_at or not who.email:
        return False
    if form.moment is Moment.APPROVED and who.standing is not ParticipantStatus.APPROVED:
        return False
    return {
        Audience.EVERYONE: True,
        Audience.SPONSORED: who.sponsored,
        Audience.VISA: who.needs_visa,
        Audience.PROGRAMME: who.source is Source.PROGRAMME,
    }[form.audience]


def completes(form: ParticipantForm, who: Participant) -> bool:
    """Whether this registration is a draft until the form is answered."""
    return form.required and form.moment is Moment.REGISTRATION and is_offered(form, who)
