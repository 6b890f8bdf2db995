"""What this package knows that registration shows and waits for: forms to be answered, and answers to be erased."""

from flask import url_for
from flask_babel import gettext as _

from workshop.consultation.answering import answer_files, retention
from workshop.consultation.answering.rules import erase
from workshop.consultation.questionnaires import queries as questionnaires
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration import queries as registration
from workshop.participation.registration.rules import submit
from workshop.participation.registration.settling import settle
from workshop.platform.db import Database, now
from workshop.secretariat.series.queries import lock_workshop

from . import queries, rules


def answered_forms(session: Database, who: Participant) -> dict[int, ResponseState]:
    """Of each form that whoever holds the seat has begun: how far it is."""
    turn = session.scalars(queries.turn_of(who)).one()
    links = session.scalars(queries.links_of(who, turn))
    return {each.form_id: each.recipient.response.state for each in links if each.recipient.response}


@registration.further_forms.by
def forms_offered(session: Database, who: Participant, token: str) -> list[registration.FurtherForm]:
    """The forms that are asked of this person now, with how far each is."""
    offered = [each for each in session.scalars(queries.forms(who.workshop_id)) if rules.is_offered(each, who)]
    states = answered_forms(session, who) if offered else {}
    found = []
    for each in offered:
        state = states.get(each.id)
        said = str(state.label) if state else _("required") if each.required else ""
        address = url_for("participant_forms.own_form", token=token, id=each.id)
        found.append((each.questionnaire.title.in_(who.language, "en")[0], address, said))
    return found


@registration.awaits_forms.by
def awaits_form(session: Database, who: Participant) -> bool:
    """Whether a required form of the registration is not answered yet."""
    states = answered_forms(session, who) if who.id else {}
    forms = session.scalars(queries.forms(who.workshop.id))
    return any(rules.completes(each, who) and states.get(each.id) is not ResponseState.SUBMITTED for each in forms)


@questionnaires.answers_sent.by
def complete_registration(session: Database, response: Response) -> None:
    """Whoever has answered all that is required has registered, and is decided on."""
    who = session.scalars(queries.participant_answering(response)).first()
    if who is None or who.standing is not ParticipantStatus.DRAFT:
        return
    session.scalars(lock_workshop(who.workshop)).one()
    session.flush()
    if not awaits_form(session, who):
        submit(who, at=now())
        settle(session, who.workshop, [who])


@registration.participant_erased.by
def erase_answers(session: Database, who: Participant) -> list[str]:
    """What they answered in these forms goes with them, with the files they sent."""
    stored: list[str] = []
    for each in session.scalars(queries.links_of(who)).all():
        response = each.recipient.response
        if response and response.state in {ResponseState.BEGUN, ResponseState.SUBMITTED}:
            stored += answer_files.held_by(response)
            retention.note_erased(response)
            erase(response, at=now())
            response.state = ResponseState.WITHDRAWN
        session.delete(each.recipient)
    return stored
