"""Everybody on the agenda of 2005 came: their invitations stand as accepted. No address and nothing they wrote is known."""

from collections.abc import Iterable
from datetime import UTC, datetime

from workshop.agenda.models import Session
from workshop.series.models import Workshop
from workshop.speakers.models import Invitation, Standing

ANSWERED = datetime(2005, 1, 14, 12, tzinfo=UTC)


def load(workshop: Workshop, sessions: Iterable[Session]) -> list[Invitation]:
    people = dict.fromkeys(who.person for session in sessions for who in session.appearances)
    return [
        Invitation(workshop=workshop, person=who, email="", language="en", standing=Standing.ACCEPTED, answered_at=ANSWERED)
        for who in people
    ]  # fmt: skip
