"""The delegations of the other package, and a person with a personal link."""

from typing import Any

import pytest

from tests.participation.delegations.conftest import DESK, KEY, Invited, invited, member
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus, Source
from workshop.platform.db import Words, db
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Workshop

__all__ = ["DESK", "KEY", "Invited", "invited", "member"]


def somebody(workshop: Workshop, **but: Any) -> Participant:
    """Somebody who has asked for a seat."""
    values: dict[str, Any] = {
        "workshop": workshop,
        "category": Category.NGO,
        "given_name": "Ada",
        "family_name": "Sample",
        "email": "ada@example.org",
        "function": Words(en="Director"),
        "source": Source.OPEN,
        "standing": ParticipantStatus.SUBMITTED,
    }
    return Participant(**(values | but))


@pytest.fixture
def ada(invited: Invited) -> tuple[Participant, str]:
    """Somebody with a seat, and the address of her page."""
    who = somebody(invited.workshop, standing=ParticipantStatus.APPROVED, number=1, sponsored=True)
    token = who.renew_link(KEY)
    db.session.add(who)
    db.session.commit()
    return who, f"/r/{token}"
