"""People with seats, at a workshop to come."""

import pytest

from tests.participation.delegations.conftest import Invited, invited
from tests.participation.registration.conftest import somebody
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.db import db

__all__ = ["invited"]
DESK = "/workshops/w/desk"


@pytest.fixture
def seated(invited: Invited) -> list[Participant]:
    """Five with seats and one who waits."""
    names = ("Ábalos", "Abel", "Brown", "Çelik", "van der Berg")
    people = [
        somebody(invited.workshop, family_name=name, email="", number=number, standing=ParticipantStatus.APPROVED)
        for number, name in enumerate(names, 1)
    ]
    people.append(somebody(invited.workshop, family_name="Later", email="", standing=ParticipantStatus.WAITING))
    db.session.add_all(people)
    db.session.commit()
    return people
