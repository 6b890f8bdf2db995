"""People on the programme and those who serve it are registered by being accepted, whatever the quotas."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn
from tests.participation.registration.conftest import Invited, somebody
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus, Source
from workshop.platform.db import Words, db
from workshop.platform.mail import Message
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.register.models import Category

ROLES = "/workshops/w/desk/agenda/sessions/1/roles"


@pytest.fixture
def session(invited: Invited) -> Session:
    """Ines speaks for a ministry; no seat is left, and somebody waits for one."""
    row = make.session(workshop=invited.workshop)
    row.appearances.append(make.appearance(person=make.person(), country="TUN", function=Words(en="Director")))
    invited.plan.seats = 1
    waiting = somebody(
        invited.workshop, family_name="Next", standing=ParticipantStatus.WAITING, email="next@example.org"
    )
    seated = somebody(invited.workshop, standing=ParticipantStatus.APPROVED, number=1)
    db.session.add_all([row, seated, waiting])
    db.session.commit()
    return row


def named(family_name: str) -> Participant:
    db.session.expire_all()
    return db.session.scalars(select(Participant).where(Participant.family_name == family_name)).one()


def mails_to(address: str) -> list[str]:
    return [each.text for each in db.session.scalars(select(Message)) if each.recipient == address]


def test_a_speaker_is_registered_by_accepting_and_gives_the_seat_back_by_declining(
    invited: Invited, session: Session, client: CheckedClient
) -> None:
    ines = session.appearances[0].person
    assert ines is not None
    asked = Invitation(workshop=invited.workshop, person=ines, email="ines@example.org", language="fr")
    link = f"/s/{asked.renew_link('test')}"
    db.session.add(asked)
    db.session.commit()
    for _twice in range(2):
        assert client.post(f"{link}/accept").status_code == 302
    who = named(ines.family_name)
    assert (who.standing, who.number, who.source) == (ParticipantStatus.APPROVED, 2, Source.PROGRAMME)
    assert (who.category, who.country, who.function) == (Category.STATE_MEMBER, "TUN", {"en": "Director"})
    assert len(mails_to("ines@example.org")) == 1
    assert "Vous êtes inscrit" in mails_to("ines@example.org")[0]
    assert "/r/" in mails_to("ines@example.org")[0]
    client.post(f"{link}/decline", data={"reason": "Ill"})
    assert named(ines.family_name).standing is ParticipantStatus.WITHDRAWN
    assert named("Next").standing is ParticipantStatus.WAITING, "those on the programme had taken no seat of others"


def test_whoever_serves_a_session_or_group_is_registered_once(
    company: Company, session: Session, as_: SignedIn
) -> None:
    ana = as_("ana")
    db.session.add(Group(workshop=session.workshop, session=session, number=1, topic=Words(en="Counting")))
    db.session.commit()
    ana.post(ROLES, data={"member": company.ben.id, "part": "chair"})
    ana.post(ROLES, data={"member": company.ben.id, "part": "moderator"})
    ana.post("/workshops/w/desk/breakouts/1/people", data={"member": company.ben.id, "part": "rapporteur"})
    who = named("Ben")
    assert (who.standing, who.source, who.category) == (ParticipantStatus.APPROVED, Source.PROGRAMME, Category.EXPERT)
    assert who.email == company.ben.email
    assert len(mails_to(company.ben.email)) == 1
    ana.post(ROLES, data={"member": company.ana.id, "part": "note_taker"})
    assert named("Ana").category is Category.STAFF


def test_whoever_waited_for_a_seat_has_one_once_they_chair(company: Company, session: Session, as_: SignedIn) -> None:
    next_one = named("Next")
    next_one.email = company.ben.email.upper()
    db.session.commit()
    as_("ana").post(ROLES, data={"member": company.ben.id, "part": "chair"})
    assert (named("Next").standing, named("Next").number) == (ParticipantStatus.APPROVED, 2)
    assert db.session.scalars(select(Participant).where(Participant.family_name == "Ben")).all() == []


def test_a_workshop_that_registers_nobody_writes_no_mail(company: Company, as_: SignedIn) -> None:
    db.session.add(make.session(workshop=company.workshop))
    db.session.commit()
    as_("ana").post(ROLES, data={"member": company.ben.id, "part": "chair"})
    assert db.session.scalars(select(Message)).all() == []
