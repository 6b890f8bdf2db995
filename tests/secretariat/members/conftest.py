"""Inviting as Ana does it, and a mail server to which the letters go."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from tests.secretariat.accounts.conftest import mails
from tests.secretariat.accounts.test_mail import sink
from workshop.platform.db import db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.members.models import MemberInvitation
from workshop.secretariat.series.models import Membership, Role

__all__ = ["sink"]
MEMBERS = "/workshops/w/desk/members"
PASSWORD = "correct horse battery"


@pytest.fixture
def invite(as_: Any) -> Callable[..., Any]:
    """`invite("mia@example.org", "analyst")` sends the form; the page that follows."""

    def send(email: str, *roles: str, **typed: str) -> Any:
        data = {"email": email, "roles": list(roles), "language": "en", **typed}
        return as_("ana").post(f"{MEMBERS}/invite", data=data, follow_redirects=True)

    return send


def change_roles(client: Any, person: Any, *roles: str) -> Any:
    """Send the form of that member as the page shows it, with these roles ticked instead."""
    address = f"{MEMBERS}/{person.id}"
    found = re.search(r'name="seen"[^>]* value="([^"]*)"', client.get(address).text)
    assert found
    return client.post(address, data={"roles": list(roles), "seen": unescape(found[1])}, follow_redirects=True)


def link_in(letter: Any) -> str:
    """The path of the link in a letter that has arrived."""
    found = re.search(r"https://meeting\.example(/invitations/[^\s?]+)", letter.get_content())
    assert found, letter.get_content()
    return found[1]


def invitation(email: str) -> MemberInvitation:
    db.session.expire_all()
    return db.session.scalars(select(MemberInvitation).where(MemberInvitation.email == email)).one()


def roles_of(email: str) -> list[Role]:
    """What somebody is in the workshop "w"."""
    db.session.expire_all()
    found = select(Membership.role).join(Membership.user).join(Membership.workshop)
    return sorted(db.session.scalars(found.where(User.email == email, Membership.workshop.has(slug="w"))))


def delivered(sink: Any) -> list[Any]:
    """All letters, once everything that waits is done."""
    mails()
    letters: list[Any] = sink.received
    return letters
