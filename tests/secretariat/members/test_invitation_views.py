"""From the desk through a real mail server to the link and the account behind it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.members.conftest import MEMBERS, PASSWORD, delivered, invitation, link_in, roles_of
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db, now
from workshop.secretariat.accounts.models import User
from workshop.secretariat.members.models import MemberInvitation
from workshop.secretariat.series.models import Membership, Role, Visibility

MIA = {"name": "Mia Sample", "password": PASSWORD}


@pytest.fixture
def link(invite: Callable[..., Any], sink: Sink) -> str:
    """A link for mia@example.org, who has no account, as analyst and translator."""
    invite("Mia@Example.org", "translator", "analyst", name="Mia")
    return link_in(delivered(sink)[0])


def test_a_person_without_account_sets_name_and_password_and_lands_on_the_desk(
    client: CheckedClient, link: str
) -> None:
    page = client.get(link)
    assert page.status_code == 200
    assert "Analyst, Translator" in page.text
    assert client.post(link, data=MIA).location == "/workshops/w/desk/"
    assert "You are now a member of this workshop." in client.get("/workshops/w/desk/").text
    assert roles_of("mia@example.org") == [Role.ANALYST, Role.TRANSLATOR]
    assert db.session.scalars(select(User.name).where(User.email == "mia@example.org")).one() == "Mia Sample"


def test_the_second_click_says_that_the_link_was_used_and_changes_nothing(
    client: CheckedClient, link: str, app: Flask
) -> None:
    client.post(link, data=MIA)
    again = app.test_client()
    for page in (again.get(link), again.post(link, data=MIA | {"password": "another good password"})):
        assert page.status_code == 410
        assert "This invitation was used already" in page.text
    sign_in = again.post("/sign-in", data={"email": "mia@example.org", "password": PASSWORD})
    assert sign_in.status_code == 302


def test_a_weak_password_is_refused_and_the_link_stays_good(client: CheckedClient, link: str) -> None:
    page = client.post(link, data={"name": "Mia", "password": "short"})
    assert "at least 12 are required" in page.text
    assert roles_of("mia@example.org") == []
    assert client.post(link, data=MIA).status_code == 302


def test_who_has_an_account_is_asked_too_and_signs_in_on_the_way(
    invite: Callable[..., Any], sink: Sink, client: CheckedClient, company: Company, as_: SignedIn
) -> None:
    invite("ben@example.org", "documents")
    assert roles_of("ben@example.org") == [Role.PARTICIPANT]
    page = client.get(link_in(delivered(sink)[0])).text
    own = f"/account/invitations/{invitation('ben@example.org').id}"
    assert f"/sign-in?next={own}" in page
    assert "password" not in page.partition("<main")[2]
    assert "Accept the invitation" in as_("ben").get(own).text
    assert as_("eva").get(own).status_code == 404
    assert as_("ben").post(own).location == "/workshops/w/desk/"
    assert roles_of("ben@example.org") == [Role.DOCUMENTS, Role.PARTICIPANT]
    assert as_("ben").post(own).status_code == 410


def test_the_link_adds_the_roles_to_the_account_that_is_signed_in(
    invite: Callable[..., Any], sink: Sink, as_: SignedIn
) -> None:
    invite("dov.at.work@example.org", "programme")
    link = link_in(delivered(sink)[0])
    assert "signed in as Dov (dov@example.org)" in " ".join(as_("dov").get(link).text.split())
    as_("dov").post(link)
    assert roles_of("dov@example.org") == [Role.PROGRAMME]
    assert db.session.scalars(select(User).where(User.email == "dov.at.work@example.org")).all() == []


def test_a_guest_let_in_by_a_code_makes_an_account(
    invite: Callable[..., Any], sink: Sink, as_: SignedIn, company: Company
) -> None:
    company.ben.is_guest = True
    invite("mia@example.org", "organiser")
    link = link_in(delivered(sink)[0])
    guest = as_("ben")
    assert "Choose a password for your account, mia@example.org." in guest.get(link).text
    guest.post(link, data=MIA)
    assert roles_of("mia@example.org") == [Role.ORGANISER]
    assert roles_of("ben@example.org") == [Role.PARTICIPANT]
    assert guest.get(MEMBERS).status_code == 200


@pytest.mark.usefixtures("sink")
def test_the_desk_says_the_same_whether_or_not_there_is_an_account(invite: Callable[..., Any]) -> None:
    known, unknown = invite("dov@example.org", "analyst").text, invite("nix@example.org", "analyst").text
    assert "The invitation to dov@example.org is on its way." in known
    assert "The invitation to nix@example.org is on its way." in unknown


def test_without_a_mail_server_the_letter_waits_and_the_outbox_shows_it(
    invite: Callable[..., Any], as_: SignedIn
) -> None:
    assert "waits in the outbox" in invite("mia@example.org", "analyst").text
    assert "mia@example.org" in as_("ana").get("/workshops/w/desk/outbox").text


def test_pending_invitations_stand_on_the_page_until_they_are_accepted(
    client: CheckedClient, link: str, as_: SignedIn
) -> None:
    page = as_("ana").get(MEMBERS).text
    assert "mia@example.org" in page
    assert "until " in page
    client.post(link, data=MIA)
    assert "No invitation is pending." in as_("ana").get(MEMBERS).text


def test_an_expired_link_says_whom_to_ask_and_can_be_sent_again(
    client: CheckedClient, link: str, as_: SignedIn, sink: Sink, company: Company
) -> None:
    row = invitation("mia@example.org")
    company.workshop.contact_email = "office@example.org"
    assert timedelta(days=13) < row.expires_at - now() <= timedelta(days=14)
    row.expire_link(now())
    page = client.get(link)
    assert page.status_code == 410
    assert "This invitation no longer works" in page.text
    assert "office@example.org" in page.text
    assert "expired" in as_("ana").get(MEMBERS).text
    as_("ana").post(f"{MEMBERS}/invitations/{row.id}/resend")
    newest = link_in(delivered(sink)[1])
    assert client.get(link).status_code == 404
    assert client.post(newest, data=MIA).status_code == 302


def test_a_revoked_link_opens_nothing_any_more(client: CheckedClient, link: str, as_: SignedIn) -> None:
    page = as_("ana").post(f"{MEMBERS}/invitations/{invitation('mia@example.org').id}/revoke", follow_redirects=True)
    assert "is revoked" in page.text
    assert client.post(link, data=MIA).status_code == 410
    assert roles_of("mia@example.org") == []


def test_an_invitation_of_another_workshop_cannot_be_touched(link: str, as_: SignedIn) -> None:
    number = invitation("mia@example.org").id
    for verb in ("resend", "revoke"):
        assert as_("oto").post(f"/workshops/other/desk/members/invitations/{number}/{verb}").status_code == 404


@pytest.mark.parametrize(
    ("email", "roles", "refusal"),
    [
        ("ben@example.org", ["participant"], "is a member with this role already"),
        ("mia@example.org", [], "Choose at least one role."),
        ("not an address", ["analyst"], "This is not an email address"),
        ("", ["analyst"], "Give an email address."),
    ],
)
def test_what_does_not_fit_is_refused_and_nobody_is_written_to(
    invite: Callable[..., Any], email: str, roles: list[str], refusal: str, sink: Sink
) -> None:
    assert refusal in invite(email, *roles).text
    assert delivered(sink) == []
    assert db.session.scalars(select(MemberInvitation)).all() == []


def test_an_address_is_invited_once_at_a_time(invite: Callable[..., Any], link: str, sink: Sink) -> None:
    assert "is invited already" in invite("mia@example.org", "organiser").text
    assert len(delivered(sink)) == 1


def test_with_the_workshop_its_invitations_are_gone(
    client: CheckedClient, link: str, as_: SignedIn, company: Company
) -> None:
    company.workshop.removed_at = now()
    assert client.get(link).status_code == 404


def test_an_archived_workshop_takes_no_new_members(
    client: CheckedClient, link: str, company: Company, invite: Callable[..., Any]
) -> None:
    company.workshop.visibility = Visibility.ARCHIVED
    assert client.post(link, data=MIA).status_code == 409
    assert roles_of("mia@example.org") == []


def test_what_happened_is_written_down_without_the_address(client: CheckedClient, link: str) -> None:
    client.post(link, data=MIA)
    found = db.session.execute(select(AuditEntry.verb, AuditEntry.subject).order_by(AuditEntry.id)).all()
    kept = [(verb, subject) for verb, subject in found if "invit" in verb]
    number = invitation("mia@example.org").id
    mia = db.session.scalars(select(User.id).where(User.email == "mia@example.org")).one()
    assert kept == [
        ("invite member", f"w: invitation {number}: analyst, translator"),
        ("accept invitation", f"w: invitation {number}: user {mia}: added analyst, translator"),
    ]


def test_an_administrator_invites_an_organiser_where_there_is_none(as_: SignedIn, company: Company, sink: Sink) -> None:
    orphan = make.workshop(series=company.workshop.series, slug="orphan", title=Words(en="Nobody's"))
    db.session.add(orphan)
    assert "no organiser" in as_("ida").get("/administration").text
    sent = as_("ida").post(
        "/administration/workshops/orphan/organisers", data={"email": "Dov@example.org"}, follow_redirects=True
    )
    assert "is on its way" in sent.text
    as_("dov").post(link_in(delivered(sink)[0]))
    assert as_("dov").get("/workshops/orphan/desk/").status_code == 200
    again = as_("ida").post(
        "/administration/workshops/orphan/organisers", data={"email": "ida@example.org"}, follow_redirects=True
    )
    assert "This workshop has an organiser." in again.text
    assert db.session.scalars(select(Membership).where(Membership.user == company.ida)).all() == []
