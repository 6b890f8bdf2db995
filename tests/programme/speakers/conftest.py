"""A workshop to come with two people on its agenda, a mail server that takes everything, and the links it carried."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import matched
from tests.secretariat.accounts.conftest import mails
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.accounts.test_mail import sink as sink  # a fixture
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance, Session
from workshop.programme.agenda.queries import sessions
from workshop.programme.releases import rules as releases_rules
from workshop.programme.releases.queries import newest_release
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop

DESK = "/workshops/w/desk/speakers"
START = datetime(2090, 3, 2, 9, 0, tzinfo=UTC)  # 10:00 in Geneva


@dataclass
class Meeting:
    workshop: Workshop
    session: Session
    ines: Person
    abel: Person


@pytest.fixture
def meeting(company: Company) -> Meeting:
    """Ines (synthetic) speaks, Abel (synthetic) chairs; far in the future, so that no test depends on the day."""
    workshop = company.workshop
    workshop.starts_on, workshop.ends_on = date(2090, 3, 2), date(2090, 3, 3)
    session = make.session(workshop=workshop, starts_at=START, ends_at=START.replace(hour=10))
    ines, abel = make.person(), make.person(given_name="Abel", family_name="Example")
    session.appearances.append(
        make.appearance(person=ines, organisation=make.organisation(), function=Words(en="Director"), country="TUN")
    )
    session.appearances.append(make.appearance(person=abel, part=Part.CHAIR, position=2))
    db.session.add(session)
    db.session.commit()
    return Meeting(workshop, session, ines, abel)


@pytest.fixture
def invite(meeting: Meeting, as_: SignedIn, sink: Sink) -> Callable[..., str]:
    """`invite(person)` invites somebody through the desk and the mail server; the path of the link in the mail."""

    def through_the_post(person: Person, email: str = "speaker@example.org", language: str = "en") -> str:
        sent = len(sink.received)
        answer = as_("ana").post(f"{DESK}/invite", data=invitation_form(person, email, language))
        assert answer.status_code == 302
        mails()
        assert len(sink.received) == sent + 1
        return link_in(sink.received[-1])

    return through_the_post


def invitation_form(person: Person, email: str, language: str = "en") -> dict[str, Any]:
    return {"who": person.id, f"p{person.id}-email": email, f"p{person.id}-language": language, "go": "send"}


def link_in(letter: Any) -> str:
    return matched(r"https://meeting\.example(/s/[\w-]{43})\b", letter.get_content())[1]


def invitation_of(person: Person) -> Invitation:
    db.session.expire_all()
    return db.session.scalars(select(Invitation).where(Invitation.person_id == person.id)).one()


def publish(workshop: Workshop) -> None:
    db.session.flush()
    db.session.expire_all()
    last = db.session.scalars(newest_release(workshop.id)).one_or_none()
    draft = db.session.scalars(sessions(workshop)).all()
    db.session.add(releases_rules.publish(workshop, draft, previous=last.number if last else 0, at=now()))
    db.session.commit()


def place_of(person: Person) -> Appearance:
    db.session.expire_all()
    return db.session.scalars(select(Appearance).where(Appearance.person_id == person.id)).one()
