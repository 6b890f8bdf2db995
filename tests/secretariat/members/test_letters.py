"""What the letter says, in four languages, and with each optional value empty."""

from itertools import product

import pytest

from tests import factories as make
from workshop.platform.db import Words
from workshop.secretariat.members import letters, rules
from workshop.secretariat.series.models import Role


def letter(language="en", *, inviter=True, **workshop):
    invitee = rules.Invitee("mia@example.org", workshop.pop("name", "Mia"), [Role.ORGANISER, Role.ANALYST], language)
    place = make.workshop(contact_name="The office", **workshop)
    by = make.user("ana") if inviter else None
    invitation, secret = rules.invite(place, invitee, memberships=(), pending=(), inviter=by, at=make.NOON)
    return letters.invitation(invitation, secret=secret, at=make.NOON)


def test_it_is_addressed_signed_and_says_what_to_do(app):
    mail = letter(contact_email="office@example.org", contact_phone="+41 22 000")
    assert mail.recipient == "mia@example.org"
    assert mail.subject == "Invitation to work on: A workshop on something"
    assert mail.text.splitlines() == [
        "Dear Mia,",
        "",
        "You are invited to work with us on this workshop:",
        "",
        "A workshop on something",
        "2–3 March 2026, Geneva",
        "",
        "Your roles: Organiser, Analyst",
        "",
        "Please accept the invitation here:",
        "",
        "[[link]]",
        "",
        "The link is for you only. It works once, until 16 March 2026. If you have an account on this site, sign in with "
        "it; otherwise the page asks for your name and a password.",
        "",
        "If you have a question, or did not expect this email, please contact us:",
        "office@example.org · +41 22 000",
        "",
        "Ana",
        "The office",
    ]
    assert mail.secret.startswith("https://meeting.example/invitations/")


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_with_every_optional_value_empty_it_still_reads_well(app, language):
    for name, place, inviter, office, telephone in product(
        ("Mia", ""), ("Geneva", ""), (True, False), *[("x", "")] * 2
    ):
        where = Words({"en": str(place)} if place else {})
        invitee = rules.Invitee("mia@example.org", name, [Role.ANALYST], language)
        by = make.user("ana") if inviter else None
        workshop = make.workshop(contact_name=office, contact_phone=telephone, place=where)
        invitation, secret = rules.invite(workshop, invitee, memberships=(), pending=(), inviter=by, at=make.NOON)
        text = letters.invitation(invitation, secret=secret, at=make.NOON).text
        assert "None" not in text
        assert "\n\n\n" not in text
        assert ", \n" not in text
        assert " ," not in text
        assert text.strip().splitlines()[-1]


def test_names_carry_no_link(app):
    mail = letter(name="http://evil.example Mia", title=Words(en="See www.evil.example"))
    assert "evil" not in mail.text + mail.subject
