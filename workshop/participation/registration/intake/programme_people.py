"""People on the programme, and those who serve its sessions and groups: registered by being accepted, whatever the quotas."""

from collections.abc import Sequence

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.rules import withdraw
from workshop.participation.delegations.seats import approve
from workshop.participation.delegations.statuses import ParticipantStatus, Source
from workshop.platform.db import Database
from workshop.programme.agenda.models import Appearance
from workshop.programme.groups import queries as groups
from workshop.programme.speakers import queries as speakers
from workshop.programme.speakers.models import Invitation, InvitationStatus
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.name_parts import split_name
from workshop.secretariat.series.models import Role, Workshop

from .. import queries
from ..settling import Settlement

SECRETARIAT = {Role.ORGANISER, Role.PROGRAMME, Role.DOCUMENTS, Role.TRANSLATOR}


@speakers.answered.by
def register_speaker(session: Database, invitation: Invitation) -> None:
    """By accepting; whoever declines, or is replaced on the programme, gives the seat back."""
    statement = queries.participant_of_person(invitation.workshop_id, invitation.person_id)
    who = session.scalars(statement).one_or_none()
    settlement = Settlement(session, invitation.workshop)
    if invitation.standing is InvitationStatus.ACCEPTED:
        slot = session.scalars(speakers.slots_of(invitation.workshop, invitation.person_id)).first()
        seat(session, who or speaker_as_participant(invitation, slot), settlement)
    elif who and who.standing is ParticipantStatus.APPROVED:
        withdraw(who, at=settlement.at)
        tell(settlement, [who, *settlement.give_free_seats()])


@groups.part_given.by
def register_role_holder(session: Database, workshop: Workshop, user: User) -> None:
    """By being given a part. A guest, who came in by a code on the spot, has no address and is checked in at the desk."""
    if user.is_guest:
        return
    settlement = Settlement(session, workshop)
    address = user.email.casefold()
    who = next((each for each in settlement.everybody if each.email.casefold() == address), None)
    if who is None:
        roles = set(session.scalars(groups.roles_of(workshop, user)))
        who = Participant(
            workshop=workshop,
            category=Category.STAFF if roles & SECRETARIAT else Category.EXPERT,
            email=user.email,
            language=workshop.languages[0],
        )
        who.given_name, who.family_name = split_name(user.name)
    seat(session, who, settlement)


def seat(session: Database, who: Participant, settlement: Settlement) -> None:
    """Whoever has a seat keeps it as it is; else there is one, whatever the person waited for before."""
    session.add(who)
    if who.standing is ParticipantStatus.APPROVED:
        return
    who.source = Source.PROGRAMME
    approve(who, settlement.seating, number=settlement.next_number, at=settlement.at)
    session.flush()
    tell(settlement, [who])


def tell(settlement: Settlement, people: Sequence[Participant]) -> None:
    """Where a workshop registers people at all, which it has said by its plan."""
    if settlement.plan is not None:
        settlement.write(people)


def speaker_as_participant(invitation: Invitation, slot: Appearance | None) -> Participant:
    """Named as on the programme; the organisation is that of the first appearance."""
    person, organisation = invitation.person, slot.organisation if slot else None
    category = organisation.category if organisation else None
    who = Participant(
        workshop=invitation.workshop,
        category=category or (Category.STATE_MEMBER if slot and slot.country else Category.EXPERT),
        source=Source.PROGRAMME,
        person=person,
        organisation=organisation,
        country=slot.country if slot else "",
        language=invitation.language or "en",
        email=invitation.email,
    )
    who.given_name, who.family_name, who.honorific = person.given_name, person.family_name, person.honorific
    who.name_as_listed, who.honorifics = person.name_as_published, person.honorifics
    who.function = slot.function if slot and slot.person is person else who.function
    return who
