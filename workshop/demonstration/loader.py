"""Put the whole demonstration into an empty database, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from workshop.consultation.questionnaires.models import Recipient
from workshop.participation.delegations.models import Participant
from workshop.platform import outbox
from workshop.platform.db import db, now
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.programme.releases import rules as releases_rules
from workshop.programme.runsheet.models import StageNote
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.accounts.models import User
from workshop.secretariat.activity.queries import changes_happened
from workshop.secretariat.members import letters as members_letters
from workshop.secretariat.members import rules as members_rules
from workshop.secretariat.series.models import Membership, Role, Workshop

from . import (
    agenda_2005,
    cast,
    contacts_2005,
    groups_2005,
    library_2005,
    practices_2005,
    questionnaires_2005,
    report_2005,
    results_2005,
    sample_attendance,
    sample_participants,
    seats,
)
from .preparation import Preparation

ROLES = {
    "organiser": Role.ORGANISER,
    "participant": Role.PARTICIPANT,
    "rapporteur": Role.RAPPORTEUR,
    "chair": Role.CHAIR,
    "focal-point": Role.FOCAL_POINT,
    "analyst": Role.ANALYST,
    "speaker": Role.PARTICIPANT,
    "translator": Role.TRANSLATOR,
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
    groups = [row for row in made.rows if isinstance(row, Group)]
    published = at - timedelta(days=9)
    db.session.execute(changes_happened(made.workshop, published))
    db.session.add(releases_rules.publish(made.workshop, sessions, previous=0, at=published, groups=groups))
    registered = sample_participants.in_preparation(made.workshop, at=at)
    db.session.add_all(registered)
    db.session.flush()
    people_ahead = [row for row in registered if isinstance(row, Participant)]
    db.session.add_all(sample_attendance.ahead(made.sessions, people_ahead, at=at))
    breakout = groups[0].session
    listed = seats.people_for(breakout, groups)
    db.session.add_all(listed)
    db.session.flush()
    db.session.add(seats.seat(breakout, listed, groups, at=at - timedelta(days=1)))
    issue_links(made)
    invite_a_colleague(made.workshop, people["organiser"], at=at - timedelta(days=2))
    made.sessions[1].title = made.sessions[1].title.having("en", "Welcome and practical matters")


def invite_a_colleague(workshop: Workshop, inviter: User, *, at: datetime) -> None:
    """An invitation that nobody has followed yet, and its letter."""
    invitee = members_rules.Invitee("noor.sample@example.org", "Noor Sample", [Role.PROGRAMME], "en")
    invited, secret = members_rules.invite(workshop, invitee, memberships=(), pending=(), inviter=inviter, at=at)
    db.session.add(invited)
    db.session.flush()
    outbox.add(members_letters.invitation(invited, secret=secret, at=at))


def issue_links(made: Preparation) -> None:
    """The personal links that the letters of the demonstration carried, so that the people addressed find them."""
    key = str(current_app.config["SECRET_KEY"])
    for row in made.rows:
        if isinstance(row, Invitation | Recipient):
            row.current_link(key)


def load_past(people: Mapping[str, User], *, at: datetime) -> Workshop:
    """The workshop of 2005, complete; not committed."""
    programme = agenda_2005.read(at=at)
    workshop = programme.workshop
    db.session.add_all([*people.values(), *programme])
    db.session.add_all(Membership(user=people[key], workshop=workshop, role=role) for key, role in ROLES.items())
    colleague = cast.second_organiser(at=at)
    db.session.add(Membership(user=colleague, workshop=workshop, role=Role.ORGANISER))
    db.session.flush()
    db.session.add(releases_rules.publish(workshop, programme.sessions, previous=0, at=at, groups=programme.groups))
    db.session.add_all(cast.accepted_invitations(workshop, programme.sessions))
    db.session.add_all(questionnaires_2005.load(workshop, typed_by=colleague.id, at=at))
    db.session.add(questionnaires_2005.short_form(workshop, at=at))
    db.session.flush()
    results_2005.load(workshop, people, at=at)
    db.session.add_all(stage_notes(programme.sessions))
    db.session.add_all(groups_2005.load(workshop, programme.groups, people, at=at))
    was_there = sample_participants.of_2005(workshop, programme.sessions, at=at)
    db.session.add_all(was_there)
    db.session.flush()
    participants = [row for row in was_there if isinstance(row, Participant)]
    db.session.add(sample_participants.final_list(workshop, participants, at=at))
    delegates = [each for each in participants if each.delegation]
    db.session.add_all(sample_attendance.in_groups(programme.groups, delegates, at=at))
    db.session.add_all(seats.notes_of(programme.sessions[1], people["rapporteur"], at=at))
    db.session.flush()
    report_2005.load(workshop, people)
    db.session.flush()
    library_2005.load(workshop.series, people, at=at)
    practices_2005.load(workshop, people, at=at)
    contacts_2005.load(workshop.series, people, at=at)
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
