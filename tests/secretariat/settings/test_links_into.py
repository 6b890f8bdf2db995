"""Links that were sent: into a removed workshop they open nothing, and an archived one takes nothing through them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Company
from tests.conftest import CheckedClient
from tests.platform.test_access import filled as filled  # a workshop with one of everything
from tests.platform.test_access import publish_agenda
from tests.platform.test_links import KINDS
from workshop.consultation.designing import rules as designing
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Recipient, Response
from workshop.platform.db import db, now
from workshop.platform.links import Linked
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda_out.models import CalendarFeed
from workshop.programme.groups.models import Group, GroupCode
from workshop.programme.papers.models import Document, DocumentLink
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.members.models import MemberInvitation
from workshop.secretariat.series.models import Visibility

LATER = timedelta(days=5)


def one(kind: type[Any]) -> Any:
    return db.session.scalars(db.select(kind)).first()


@pytest.fixture
def links(filled: dict[str, Any], company: Company) -> dict[str, str]:
    """An address behind a link of each kind that leads into the workshop."""
    workshop, at = company.workshop, now()
    workshop.starts_on, workshop.ends_on = at.date(), at.date()
    invitation, recipient = one(Invitation), one(Recipient)
    version, document = one(QuestionnaireVersion), one(Document)
    begun = Response(version=version, token_hash="", language="en", begun_at=at)
    translator, secret = designing.make(recipient.questionnaire, language="en", name="T", days=9, at=at)
    feed = CalendarFeed(workshop=workshop, person=invitation.person, language="en", made_at=at)
    handing_in = DocumentLink(document=document, recipient="a@example.org", issued_at=at, expires_at=at + LATER)
    code = GroupCode(group=one(Group), role=Part.RAPPORTEUR, made_at=at, expires_at=at + LATER)
    asked = MemberInvitation(
        workshop=workshop,
        email="mia@example.org",
        name="Mia",
        roles=["chair"],
        language="en",
        inviter=None,
        sent_at=at,
        expires_at=at + LATER,
    )
    rows: dict[str, Linked] = {
        "/s/{}": invitation,
        "/q/{}/begin": recipient,
        "/q/{}/A": begun,
        "/c/{}.ics": feed,
        "/d/{}": handing_in,
        "/join/{}": code,
        "/invitations/{}": asked,
    }
    found = {address.format(row.issue_link()): address for address, row in rows.items()}
    found[f"/translate/{secret}"] = "/translate/{}"
    db.session.add_all([*rows.values(), translator])
    db.session.commit()
    publish_agenda(company)
    return found


def test_every_kind_of_link_says_where_it_leads() -> None:
    """Those of accounts and of what belongs to a whole series lead into no workshop; all others do."""
    silent = {kind.__module__ for kind in KINDS if not getattr(kind, "LEADS_BY", "")}
    assert {module for module in silent if ".accounts." not in module and ".follow_up." not in module} == set()


def test_into_a_removed_workshop_they_open_nothing_and_come_back_with_it(
    client: CheckedClient, links: dict[str, str], company: Company
) -> None:
    before = {shape: client.get(address).status_code for address, shape in links.items()}
    assert set(before.values()) == {200}, before
    company.workshop.removed_at = now()
    after = {shape: client.get(address).status_code for address, shape in links.items()}
    assert set(after.values()) <= {404, 410}, after
    company.workshop.removed_at = None
    assert {client.get(address).status_code for address in links} == {200}


def test_an_archived_one_takes_nothing_but_what_is_taken_back(
    client: CheckedClient, links: dict[str, str], company: Company
) -> None:
    company.workshop.visibility = Visibility.ARCHIVED
    addresses = {shape: address for address, shape in links.items()}
    answers, speaker = addresses["/q/{}/A"].removesuffix("/A"), addresses["/s/{}"]
    for address in (f"{answers}/A", f"{answers}/save", f"{speaker}/accept", addresses["/join/{}"], addresses["/d/{}"]):
        assert client.get(addresses["/q/{}/A"]).status_code == 200
        assert client.post(address, data={"A1": "Late"}).status_code == 409, address
    assert client.post(f"{answers}/withdraw").status_code in (200, 302)
    assert client.post(f"{speaker}/consent").status_code in (200, 302, 428)
