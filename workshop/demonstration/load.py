"""Put the whole demonstration into an empty database, in one transaction."""

from sqlalchemy import select

from workshop.agenda import rules
from workshop.db import db, now
from workshop.series.models import Membership, Role, Workshop

from . import accounts, agenda, breakouts, questionnaire, short_form, speakers, stage

ROLES = {
    "organiser": Role.ORGANISER,
    "participant": Role.PARTICIPANT,
    "rapporteur": Role.RAPPORTEUR,
    "chair": Role.CHAIR,
    "focal-point": Role.FOCAL_POINT,
}


def load_all() -> bool:
    """Load it and commit. False, and nothing done, where there is a workshop already."""
    if db.session.scalar(select(Workshop.id).limit(1)):
        return False
    at = now()
    people = accounts.load(at=at)
    programme = agenda.read(at=at)
    workshop = programme.workshop
    db.session.add_all([*people.values(), *programme])
    db.session.add_all(Membership(user=people[key], workshop=workshop, role=role) for key, role in ROLES.items())
    db.session.flush()
    db.session.add(rules.publish(workshop, programme.sessions, previous=0, at=at))
    db.session.add_all(speakers.load(workshop, programme.sessions))
    db.session.add_all(questionnaire.load(workshop, typed_by=people["focal-point"].id, at=at))
    db.session.add(short_form.load(workshop, at=at))
    db.session.add_all(stage.load(programme.sessions))
    db.session.add_all(breakouts.load(workshop, programme.groups, people, at=at))
    db.session.commit()
    return True
