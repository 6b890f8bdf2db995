"""Where a person goes after signing in."""

import re
from datetime import date

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.platform.db import Words, db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Series

# mine


def add_workshops(user: User, series: Series, number: int) -> None:
    for each in range(number):
        place = make.workshop(
            series=series,
            slug=f"w{each}",
            title=Words(en=f"Number {each}"),
            starts_on=date(2027 + each, 3, 2),
            ends_on=date(2027 + each, 3, 3),
        )
        db.session.add(Membership(user=user, workshop=place, role=Role.PARTICIPANT))
    db.session.commit()


def test_the_only_workshop_opens_by_itself(as_: SignedIn) -> None:
    assert as_("ben").get("/workshops/mine").location == "/workshops/w/desk/"


def test_several_are_listed_newest_first_with_the_roles_in_words(as_: SignedIn, company: Company) -> None:
    add_workshops(company.ana, company.workshop.series, 2)
    db.session.add(Membership(user=company.ana, workshop=company.workshop, role=Role.RAPPORTEUR))
    page = as_("ana").get("/workshops/mine").text
    assert re.findall(r'<h2><a href="([^"]+)">([^<]+)', page) == [
        ("/workshops/w1/desk/", "Number 1"),
        ("/workshops/w0/desk/", "Number 0"),
        ("/workshops/w/desk/", "A workshop on something"),
    ]
    assert "Organiser, Rapporteur" in page
    assert page.count("Participant") == 2


def test_who_has_no_part_in_any_is_told_how_to_get_one(as_: SignedIn) -> None:
    page = as_("dov").get("/workshops/mine")
    assert page.status_code == 200
    assert "You are not part of any workshop yet." in page.text


def test_who_is_not_signed_in_is_asked_to(as_: SignedIn) -> None:
    assert as_("nobody").get("/workshops/mine").location == "/sign-in?next=/workshops/mine"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_fixed_number_of_statements(as_: SignedIn, company: Company, number: int) -> None:
    add_workshops(company.ana, company.workshop.series, number)
    client = as_("ana")
    with count_statements() as statements:
        client.get("/workshops/mine")
    assert len(statements) == 4  # who reads, her workshops, whether she may begin one or bring one back
