"""Contacts who are invited to become members, all at once."""

from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import db
from workshop.platform.mail import Message
from workshop.secretariat.members.models import MemberInvitation
from workshop.secretariat.rosters.models import Contact

PAGE = "/workshops/w/desk/contacts/invite-as-members"


def contact(company: Company, name: str, email: str, language: str = "") -> Contact:
    row = Contact(workshop=company.workshop, person=make.person(given_name="", family_name=name), email=email)
    row.language = language
    db.session.add(row)
    db.session.commit()
    return row


def test_those_ticked_are_invited_with_the_roles_chosen_and_nobody_twice(as_: SignedIn, company: Company) -> None:
    first, second = (
        contact(company, "First", "First@example.org", "fr"),
        contact(company, "Second", "second@example.org"),
    )
    contact(company, "Third", "")
    ana = as_("ana")
    page = ana.get(PAGE).text
    assert "no email address" in page
    assert page.count('name="who"') == 2, "who has no address cannot be ticked"
    sent = {"who": [str(first.id), str(second.id)], "roles": ["rapporteur", "note_taker"]}
    assert ana.post(PAGE, data=sent).status_code == 302
    made = {each.email: set(each.roles) for each in db.session.scalars(select(MemberInvitation))}
    assert made == {email: {"rapporteur", "note_taker"} for email in ("first@example.org", "second@example.org")}
    mails = {each.recipient: each.text for each in db.session.scalars(select(Message))}
    assert set(mails) == set(made)
    assert "Madame, Monsieur" in mails["first@example.org"]
    assert "is invited already" in ana.post(PAGE, data=sent).text
    assert 'name="who"' not in ana.get(PAGE).text
    assert len(db.session.scalars(select(MemberInvitation)).all()) == 2


def test_nobody_ticked_and_no_role_chosen_are_said(as_: SignedIn, company: Company) -> None:
    who = contact(company, "First", "first@example.org")
    ana = as_("ana")
    assert "Select at least one person." in ana.post(PAGE, data={"roles": ["analyst"]}).text
    assert "Choose at least one role." in ana.post(PAGE, data={"who": str(who.id)}).text
    assert db.session.scalars(select(MemberInvitation)).all() == []
