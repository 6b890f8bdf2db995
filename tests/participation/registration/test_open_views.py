"""Asking for a seat without an invitation, where that is open."""

from sqlalchemy import select

from tests.conftest import CheckedClient
from tests.participation.registration.conftest import Invited
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus, RegistrationMode
from workshop.platform.db import db
from workshop.platform.mail import Message

FORM = {
    "category": "diaspora",
    "organisation": "Sample Association",
    "country": "",
    "given_name": "Ada",
    "family_name": "Sample",
    "email": "ada@example.org",
    "language": "fr",
    "interpreter": "none",
    "diet": "",
    "access": "Ramp",
}


def test_it_is_by_invitation_unless_opened(invited: Invited, client: CheckedClient) -> None:
    page = client.get("/workshops/w/register").text
    assert "by invitation" in page
    assert "<form method" not in page
    assert "by invitation" in client.post("/workshops/w/register", data=FORM).text
    assert db.session.scalars(select(Participant)).all() == []


def test_whoever_asks_is_answered_by_mail_and_asking_twice_changes_nothing(
    invited: Invited, client: CheckedClient
) -> None:
    invited.plan.mode = RegistrationMode.OPEN
    db.session.commit()
    received = client.get(client.fill("/workshops/w/register", FORM).location).text
    assert "The registration was received." in received
    assert "<form method" not in received, "what was sent is over; another form would say it was not"
    who = db.session.scalars(select(Participant)).one()
    assert who.organisation is not None
    assert (who.standing, who.language, who.organisation.name) == (
        ParticipantStatus.SUBMITTED,
        "fr",
        {"en": "Sample Association"},
    )
    assert (
        client.fill("/workshops/w/register", FORM | {"family_name": "Other", "email": "ADA@example.org"}).status_code
        == 302
    )
    db.session.expire_all()
    assert db.session.scalars(select(Participant)).one().family_name == "Sample"
    first, second = db.session.scalars(select(Message).order_by(Message.id))
    assert first.text == second.text
