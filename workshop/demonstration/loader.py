"""Put the whole demonstration into an empty database, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from workshop.platform.db import db, now
from workshop.programme.agenda.models import Session
from workshop.programme.releases import rules as releases_rules
from workshop.programme.runsheet.models import StageNote
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop

from . import agenda_2005, cast, groups_2005, questionnaires_2005
from .preparation import Preparation

ROLES = {
    "organiser": Role.ORGANISER,
    "participant": Role.PARTICIPANT,
    "rapporteur": Role.RAPPORTEUR,
    "chair": Role.CHAIR,
    "focal-point": Role.FOCAL_POINT,
}


def load_all() -> bool:
    """Load both workshops and commit. False, and nothing done, where there is a workshop already."""
    if db.session.scalar(select(Workshop.id).limit(1)):
        return False
    at = now()
    people = cast.demo_accounts(at=at)
    load_preparation(load_past(people, at=at), people, at=at)
    db.session.commit()
    return True


def load_2005() -> bool:
    """The workshop of 2005 alone, for those who count what is in it."""
    if db.session.scalar(select(Workshop.id).limit(1)):
        return False
    at = now()
    load_past(cast.demo_accounts(at=at), at=at)
    db.session.commit()
    return True


def load_preparation(past: Workshop, people: Mapping[str, User], *, at: datetime) -> None:
    """The workshop in preparation, in the series of the other; with the same people, and a first release."""
    made = Preparation(past.series, people, at=at)
    db.session.add_all(made.rows)
    db.session.add_all(Membership(user=people[key], workshop=made.workshop, role=role) for key, role in ROLES.items())
    db.session.flush()
    sessions = [made.sessions[number] for number in sorted(made.sessions)]
    db.session.add(releases_rules.publish(made.workshop, sessions, previous=0, at=at - timedelta(days=9)))
    made.sessions[1].title = made.sessions[1].title.having("en", "Welcome and practical matters")


def load_past(people: Mapping[str, User], *, at: datetime) -> Workshop:
    """The workshop of 2005, complete; not committed."""
    programme = agenda_2005.read(at=at)
    workshop = programme.workshop
    db.session.add_all([*people.values(), *programme])
    db.session.add_all(Membership(user=people[key], workshop=workshop, role=role) for key, role in ROLES.items())
    db.session.flush()
    db.session.add(releases_rules.publish(workshop, programme.sessions, previous=0, at=at))
    db.session.add_all(cast.accepted_invitations(workshop, programme.sessions))
    db.session.add_all(questionnaires_2005.load(workshop, typed_by=people["focal-point"].id, at=at))
    db.session.add(questionnaires_2005.short_form(workshop, at=at))
    db.session.add_all(stage_notes(programme.sessions))
    db.session.add_all(groups_2005.load(workshop, programme.groups, people, at=at))
    return workshop


# Place of the session in the programme, place of the item in it (0 for the session as a whole), and the note.
NOTES = (
    (0, 0, "Interpreters at their booths ten minutes before. Name plates by protocol order."),
    (1, 1, "Slides run from the laptop at the lectern; clicker on the podium."),
    (1, 2, "Speaks in French: remind the room of the headsets."),
    (2, 0, "Microphones for the floor on both sides. Last question ten minutes before the end."),
)


def stage_notes(sessions: Sequence[Session]) -> list[StageNote]:
    """The notes, not yet saved; sessions and items need their ids, so they must have been flushed."""
    found = []
    for place, position, text in NOTES:
        session = sessions[place]
        item = next((each for each in session.items if each.position == position), None)
        if item or not position:
            found.append(StageNote(session_id=session.id, item_id=item.id if item else None, text=text))
    return found
