"""Inviting speakers, on a real database."""

from typing import Any

from tests import factories as make
from workshop.db import db
from workshop.speakers.models import Invitation

DESK = "/workshops/w/desk/speakers"


def test_the_desk_says_who_is_invited(company: Any, as_: Any) -> None:
    session = make.session(workshop=company.workshop)
    invited, other = make.person(), make.person(given_name="Abel")
    session.appearances.extend(make.appearance(person=who) for who in (invited, other))
    db.session.add(session)
    db.session.add(Invitation(workshop=company.workshop, person=invited, email="ines@example.org", language="fr"))
    db.session.commit()
    page = as_("ana").get(DESK).text
    assert page.index("Ines Synthetic") < page.index("invited") < page.index("Abel Synthetic")
    assert "not invited yet" in page


def test_an_empty_agenda_says_where_to_begin(as_: Any) -> None:
    assert "/desk/agenda" in as_("ana").get(DESK).text
