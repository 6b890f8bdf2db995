"""A programme officer says who serves a session; what that opens, and what goes with it."""

from typing import Any

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import db
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.session_roles import rules
from workshop.programme.session_roles.models import SessionRole
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role

PAGE = "/workshops/w/desk/agenda/sessions/1/roles"


@pytest.fixture
def session(company: Company) -> Session:
    row = make.session(workshop=company.workshop)
    db.session.add(row)
    db.session.commit()
    return row


def memberships(user: User) -> dict[Role, bool]:
    rows = db.session.scalars(db.select(Membership).where(Membership.user_id == user.id))
    return {each.role: each.limited for each in rows}


def test_a_part_brings_the_role_in_the_workshop_limited_to_her_sessions(
    as_: SignedIn, company: Company, session: Session
) -> None:
    assert as_("ben").get("/workshops/w/desk/run-sheet").status_code == 403
    page = as_("ana").post(PAGE, data={"member": company.ben.id, "part": "chair"}, follow_redirects=True).text
    assert "<bdi>Ben</bdi></b> Chair" in page
    assert memberships(company.ben) == {Role.PARTICIPANT: False, Role.CHAIR: True}
    assert as_("ben").get("/workshops/w/desk/run-sheet").status_code == 302


def test_a_part_is_given_once(as_: SignedIn, company: Company, session: Session) -> None:
    ana, chosen = as_("ana"), {"member": company.ben.id, "part": "moderator"}
    ana.post(PAGE, data=chosen)
    assert "Ben is already moderator of this session." in ana.post(PAGE, data=chosen).text


def test_with_the_last_part_goes_the_role_that_came_with_it(as_: SignedIn, company: Company, session: Session) -> None:
    ana = as_("ana")
    ana.post(PAGE, data={"member": company.ben.id, "part": "chair"})
    ana.post(PAGE, data={"member": company.eva.id, "part": "chair"})
    for role in db.session.scalars(db.select(SessionRole)).all():
        assert "Removed." in ana.post(f"{PAGE}/{role.id}/remove", follow_redirects=True).text
    assert memberships(company.ben) == {Role.PARTICIPANT: False}
    assert memberships(company.eva) == {Role.CHAIR: False}  # she chairs the workshop, whatever her sessions


def test_a_limited_role_acts_where_it_was_given_only() -> None:
    first, second, eva = make.session(), make.session(number=2), make.user("eva")
    first.id, second.id, eva.id = 1, 2, 3
    part = SessionRole(session=first, user=eva, role=Part.CHAIR)
    part.session_id = 1
    hers: dict[str, Any] = {"roles": {Role.CHAIR}, "limited": {Role.CHAIR}, "own": [part]}
    assert rules.acts_in(first, [Role.CHAIR], **hers)
    assert not rules.acts_in(second, [Role.CHAIR], **hers)
    assert rules.acts_in(second, [Role.CHAIR], roles={Role.CHAIR}, limited=set(), own=[])
    assert rules.reads_before_public(first, **hers)
    assert not rules.reads_before_public(second, **hers)
